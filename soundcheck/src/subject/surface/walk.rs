//! The walk through what rustdoc says about a crate, which finds the public
//! items of `drm` and names them.
//!
//! Owns the names: `drm::Device::hotplug_event` for what is declared,
//! `drm::Device<T, Ioctl>: Deref` for a trait.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::collections::VecDeque;

use rustdoc_types::Attribute;
use rustdoc_types::Crate;
use rustdoc_types::Id;
use rustdoc_types::Item;
use rustdoc_types::ItemEnum;
use rustdoc_types::Type;
use rustdoc_types::Visibility;

use super::name;
use super::promise;
use super::promise::promise;
use super::Span;
use super::Surface;

/// The module that is covered.
const MODULE: &str = "drm";

/// Where the kernel crate is in its tree.
const KERNEL: &str = "/rust/kernel/";

/// The public items of a crate.
pub fn surface(krate: &Crate) -> Surface {
    let mut walk = Walk {
        krate,
        seen: HashSet::new(),
        queue: VecDeque::new(),
        items: BTreeMap::new(),
        beside: BTreeMap::new(),
    };
    walk.run();
    Surface {
        items: walk.items,
        beside: walk.beside,
    }
}

/// Whether an item is from a part of the kernel crate that is not covered.
fn is_of_the_rest(item: &Item) -> bool {
    let file = span(item).map(|span| span.file);
    file.is_some_and(|file| file.starts_with("rust/kernel") && !file.starts_with("rust/kernel/drm"))
}

/// The walk through the modules, the shallow ones first, so that each item gets
/// its shortest name.
struct Walk<'a> {
    krate: &'a Crate,
    seen: HashSet<Id>,
    queue: VecDeque<(String, Id)>,
    items: BTreeMap<String, super::Item>,
    beside: BTreeMap<String, super::Item>,
}

/// Traits without methods that a type has or lacks by what it is made of.
const AUTO: [&str; 3] = ["Send", "Sync", "Unpin"];

impl<'a> Walk<'a> {
    fn run(&mut self) {
        for item in self.children(self.krate.root) {
            match (&item.inner, item.name.as_deref()) {
                (ItemEnum::Module(_), Some(MODULE)) => {
                    self.queue.push_back((MODULE.to_owned(), item.id));
                }
                (ItemEnum::Macro(_), Some(name)) if !is_of_the_rest(item) => {
                    self.add(format!("{name}!"), &[item]);
                }
                _ => {}
            }
        }
        while let Some((path, id)) = self.queue.pop_front() {
            if self.seen.insert(id) {
                self.item(&path, id);
            }
        }
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
            ItemEnum::Struct(known) => {
                self.fields(path, &promise::parts(&item.inner));
                self.impls(path, id, &known.impls);
            }
            ItemEnum::Enum(known) => self.impls(path, id, &known.impls),
            ItemEnum::Union(known) => self.impls(path, id, &known.impls),
            ItemEnum::Trait(known) => self.members(path, None, &known.items, |_| true),
            _ => {}
        }
        self.add(path.to_owned(), &[item]);
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
            let (own, and) = match &known.for_ {
                Type::ResolvedPath(own) => (own, ""),
                Type::BorrowedRef { type_, .. } => match &**type_ {
                    Type::ResolvedPath(own) => (own, "&"),
                    _ => continue,
                },
                _ => continue,
            };
            if own.id != of || known.blanket_impl.is_some() {
                continue;
            }
            let derived = item.attrs.contains(&Attribute::AutomaticallyDerived);
            match &known.trait_ {
                Some(name) => {
                    let (arguments, name) = (name::arguments(own), name::of_path(name));
                    let not = if known.is_negative { "!" } else { "" };
                    let full = format!("{and}{path}{arguments}: {not}{name}");
                    match derived || known.is_synthetic {
                        true if derived || AUTO.contains(&name.as_str()) => {
                            self.add_beside(full, item);
                        }
                        true => {}
                        false => self.add(full, &[item]),
                    }
                }
                None => {
                    let is_public = |item: &Item| item.visibility == Visibility::Public;
                    self.members(path, Some(item), &known.items, is_public);
                }
            }
        }
    }

    /// The members of a trait, or of an impl: for which types it is, is a part of
    /// what they promise.
    fn members(
        &mut self,
        path: &str,
        of: Option<&Item>,
        ids: &[Id],
        wanted: impl Fn(&Item) -> bool,
    ) {
        let index = &self.krate.index;
        let members = ids.iter().filter_map(|id| index.get(id));
        for member in members.filter(|member| wanted(member)) {
            if let Some(name) = &member.name {
                let declared: Vec<&Item> = [member].into_iter().chain(of).collect();
                self.add(format!("{path}::{name}"), &declared);
            }
        }
    }

    fn fields(&mut self, path: &str, ids: &[Id]) {
        let index = &self.krate.index;
        let fields = ids.iter().filter_map(|id| index.get(id));
        for field in fields.filter(|field| field.visibility == Visibility::Public) {
            let name = field.name.as_deref().unwrap_or_default();
            self.add_beside(format!("{path}.{name}"), field);
        }
    }

    fn add_beside(&mut self, name: String, item: &Item) {
        let known = self.beside.entry(name).or_default();
        known.promises.insert(promise(self.krate, item));
        known.spans.extend(span(item));
    }

    /// Adds an item, with what it is declared in.
    fn add(&mut self, name: String, declared: &[&Item]) {
        let promises = declared.iter().map(|item| promise(self.krate, item));
        let promises = promises.collect::<Vec<_>>().concat();
        let spans: Vec<Span> = declared.iter().filter_map(|item| span(item)).collect();
        let known = self.items.entry(name).or_default();
        known.promises.insert(promises);
        known.spans.extend(spans);
    }
}

/// Where an item is. What is kept of a crate is kept wherever its tree lies, so
/// the root of the tree is not known.
fn span(item: &Item) -> Option<Span> {
    let span = item.span.as_ref()?;
    let file = span.filename.to_str()?;
    let below = file.rfind(KERNEL).map_or(file, |at| &file[at + 1..]);
    Some(Span {
        file: below.into(),
        lines: span.begin.0..=span.end.0,
    })
}
