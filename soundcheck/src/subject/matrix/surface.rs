//! The public items of `kernel::drm`, as rustdoc sees them.
//!
//! Owns the names of items: `drm::Device::hotplug_event`
//! for what is declared, `drm::Device<T, Ioctl>: Deref` for a trait.

use std::collections::BTreeSet;
use std::collections::HashSet;
use std::collections::VecDeque;

use anyhow::bail;
use anyhow::Context as _;
use rustdoc_types::Attribute;
use rustdoc_types::Crate;
use rustdoc_types::GenericArg;
use rustdoc_types::GenericArgs;
use rustdoc_types::Id;
use rustdoc_types::Item;
use rustdoc_types::ItemEnum;
use rustdoc_types::Path;
use rustdoc_types::Type;
use rustdoc_types::Visibility;
use rustdoc_types::FORMAT_VERSION;

use crate::subject::target::AtHand;

/// The module that is covered.
const MODULE: &str = "drm";

/// The public items, by name.
#[derive(Clone, Debug, Default)]
pub struct Surface {
    /// The names.
    pub items: BTreeSet<String>,
}

impl Surface {
    /// Asks rustdoc about what is judged.
    ///
    /// # Errors
    ///
    /// It does not build, rustdoc fails, or it writes another format than this
    /// tool reads.
    pub fn of(at_hand: &AtHand<'_>) -> anyhow::Result<Self> {
        Self::parse(&at_hand.document()?)
    }

    /// Reads the output of rustdoc.
    ///
    /// # Errors
    ///
    /// It has another format than this tool reads.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let krate: Crate = serde_json::from_str(text).context("cannot read rustdoc's output")?;
        if krate.format_version != FORMAT_VERSION {
            let found = krate.format_version;
            bail!("rustdoc writes format {found}, and this tool reads {FORMAT_VERSION}");
        }
        Ok(Walk::new(&krate).run())
    }
}

/// Whether an item is from a part of the kernel crate that is not covered.
fn is_of_the_rest(item: &Item) -> bool {
    let file = item
        .span
        .as_ref()
        .map(|span| span.filename.to_string_lossy());
    file.is_some_and(|file| file.contains("/rust/kernel/") && !file.contains("/rust/kernel/drm/"))
}

/// The walk through the modules, the shallow ones first, so that each item gets
/// its shortest name.
struct Walk<'a> {
    krate: &'a Crate,
    seen: HashSet<Id>,
    queue: VecDeque<(String, Id)>,
    items: BTreeSet<String>,
}

impl<'a> Walk<'a> {
    fn new(krate: &'a Crate) -> Self {
        Self {
            krate,
            seen: HashSet::new(),
            queue: VecDeque::new(),
            items: BTreeSet::new(),
        }
    }

    fn run(mut self) -> Surface {
        for item in self.children(self.krate.root) {
            match (&item.inner, item.name.as_deref()) {
                (ItemEnum::Module(_), Some(MODULE)) => {
                    self.queue.push_back((MODULE.to_owned(), item.id));
                }
                (ItemEnum::Macro(_), Some(name)) if !is_of_the_rest(item) => {
                    self.items.insert(format!("{name}!"));
                }
                _ => {}
            }
        }
        while let Some((path, id)) = self.queue.pop_front() {
            if self.seen.insert(id) {
                self.item(&path, id);
            }
        }
        Surface { items: self.items }
    }

    fn get(&self, id: Id) -> Option<&'a Item> {
        self.krate.index.get(&id)
    }

    fn children(&self, module: Id) -> Vec<&'a Item> {
        let ids = match self.get(module).map(|item| &item.inner) {
            Some(ItemEnum::Module(module)) => module.items.as_slice(),
            _ => &[],
        };
        ids.iter().filter_map(|id| self.get(*id)).collect()
    }

    fn item(&mut self, path: &str, id: Id) {
        let Some(item) = self.get(id) else { return };
        match &item.inner {
            ItemEnum::Module(_) => return self.module(path, id),
            ItemEnum::Struct(known) => self.impls(path, id, &known.impls),
            ItemEnum::Enum(known) => self.impls(path, id, &known.impls),
            ItemEnum::Union(known) => self.impls(path, id, &known.impls),
            ItemEnum::Trait(known) => self.members(path, &known.items, |_| true),
            _ => {}
        }
        self.items.insert(path.to_owned());
    }

    fn module(&mut self, path: &str, id: Id) {
        for child in self.children(id) {
            let (name, id) = match &child.inner {
                ItemEnum::Use(known) if child.visibility == Visibility::Public => {
                    (Some(known.name.as_str()), known.id)
                }
                ItemEnum::Use(_) => continue,
                _ => (child.name.as_deref(), Some(child.id)),
            };
            if let (Some(name), Some(id)) = (name, id) {
                self.queue.push_back((format!("{path}::{name}"), id));
            }
        }
    }

    fn impls(&mut self, path: &str, of: Id, ids: &[Id]) {
        let index = &self.krate.index;
        for item in ids.iter().filter_map(|id| index.get(id)) {
            let ItemEnum::Impl(known) = &item.inner else {
                continue;
            };
            // rustdoc also lists impls that only mention the type.
            let own = match &known.for_ {
                Type::ResolvedPath(own) if own.id == of => own,
                _ => continue,
            };
            let derived = item.attrs.contains(&Attribute::AutomaticallyDerived);
            if derived || known.is_synthetic || known.blanket_impl.is_some() {
                continue;
            }
            match &known.trait_ {
                Some(name) => {
                    let (arguments, name) = (arguments(own), path_name(name));
                    self.items.insert(format!("{path}{arguments}: {name}"));
                }
                None => {
                    let is_public = |item: &Item| item.visibility == Visibility::Public;
                    self.members(path, &known.items, is_public);
                }
            }
        }
    }

    fn members(&mut self, path: &str, ids: &[Id], wanted: impl Fn(&Item) -> bool) {
        let index = &self.krate.index;
        let members = ids.iter().filter_map(|id| index.get(id));
        for member in members.filter(|member| wanted(member)) {
            if let Some(name) = &member.name {
                self.items.insert(format!("{path}::{name}"));
            }
        }
    }
}

/// The last word of a path, with its arguments.
fn path_name(path: &Path) -> String {
    let name = path.path.rsplit("::").next().unwrap_or(&path.path);
    format!("{name}{}", arguments(path))
}

fn arguments(path: &Path) -> String {
    let Some(GenericArgs::AngleBracketed { args, .. }) = path.args.as_deref() else {
        return String::new();
    };
    let words: Vec<String> = args.iter().filter_map(argument).collect();
    match words.as_slice() {
        [] => String::new(),
        words => format!("<{}>", words.join(", ")),
    }
}

fn argument(argument: &GenericArg) -> Option<String> {
    match argument {
        GenericArg::Type(known) => Some(type_name(known)),
        GenericArg::Const(known) => Some(known.expr.clone()),
        GenericArg::Lifetime(_) | GenericArg::Infer => None,
    }
}

fn type_name(known: &Type) -> String {
    match known {
        Type::ResolvedPath(path) => path_name(path),
        Type::Generic(name) | Type::Primitive(name) => name.clone(),
        Type::BorrowedRef { type_, .. } => format!("&{}", type_name(type_)),
        Type::QualifiedPath {
            name,
            self_type,
            args,
            ..
        } => {
            let path = Path {
                path: name.clone(),
                id: Id(0),
                args: args.clone(),
            };
            format!("{}::{}", type_name(self_type), path_name(&path))
        }
        _ => "_".to_owned(),
    }
}
