//! The public items of a module of a kernel crate, read from its sources.
//!
//! Owns their names, which are those that `matrix` gives them, and their
//! places. What a macro makes is not seen: nothing is compiled.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::fs;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use walkdir::WalkDir;

use super::skeleton;
use super::spelling;

/// A public item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The file, below the root of the source tree.
    pub file: Utf8PathBuf,
    /// The line that it begins on.
    pub line: usize,
    /// What it promises, without bodies and comments, to compare it by.
    pub text: String,
}

/// The public items of a module, by name.
#[derive(Clone, Debug, Default)]
pub struct Items {
    /// The items.
    pub items: BTreeMap<String, Item>,
    /// The files that are no Rust as far as this tool knows it.
    pub unread: Vec<Utf8PathBuf>,
}

/// A module by its path below the crate.
type Module = Vec<String>;

impl Items {
    /// Reads the module in a folder below the root of a source tree.
    ///
    /// # Errors
    ///
    /// A file cannot be read.
    pub fn read(source: &Utf8Path, folder: &Utf8Path) -> anyhow::Result<Self> {
        let mut sources = Sources::default();
        let mut unread = Vec::new();
        let root = source.join(folder);
        for entry in WalkDir::new(&root).sort_by_file_name() {
            let Ok(entry) = entry else { break };
            let path = Utf8Path::from_path(entry.path()).context("a path is not UTF-8")?;
            if path.extension() != Some("rs") {
                continue;
            }
            let file = path.strip_prefix(source)?.to_owned();
            match syn::parse_file(&fs::read_to_string(path)?) {
                Ok(parsed) => {
                    let module = module(folder, &file);
                    sources.add(&module, &file, parsed.items);
                }
                Err(_) => unread.push(file),
            }
        }
        let first = folder.file_name().unwrap_or_default().to_owned();
        let items = Walk::new(&sources).run(vec![first]);
        Ok(Self { items, unread })
    }
}

/// The module of a file: `drm/gem/mod.rs` is `drm::gem`.
fn module(folder: &Utf8Path, file: &Utf8Path) -> Module {
    let above = folder.parent().unwrap_or(folder);
    let path = file.strip_prefix(above).unwrap_or(file).with_extension("");
    let parts = path.components().map(|part| part.as_str().to_owned());
    let mut module: Module = parts.collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    module
}

/// Everything that is declared, public or not.
#[derive(Default)]
struct Sources {
    items: BTreeMap<Module, Vec<(Utf8PathBuf, syn::Item)>>,
}

impl Sources {
    fn add(&mut self, module: &Module, file: &Utf8Path, items: Vec<syn::Item>) {
        for item in items {
            if let syn::Item::Mod(inner) = &item {
                if let Some((_, content)) = &inner.content {
                    let inner = child(module, &inner.ident.to_string());
                    self.add(&inner, file, content.clone());
                }
            }
            let of = self.items.entry(module.clone()).or_default();
            of.push((file.to_owned(), item));
        }
    }

    fn of(&self, module: &Module) -> impl Iterator<Item = (&Utf8Path, &syn::Item)> {
        let items = self.items.get(module).into_iter().flatten();
        items.map(|(file, item)| (file.as_path(), item))
    }

    fn all(&self) -> impl Iterator<Item = (&Module, &Utf8Path, &syn::Item)> {
        self.items.iter().flat_map(|(module, items)| {
            let items = items.iter();
            items.map(move |(file, item)| (module, file.as_path(), item))
        })
    }
}

fn child(module: &Module, name: &str) -> Module {
    let mut module = module.clone();
    module.push(name.to_owned());
    module
}

/// The walk through the modules, the shallow ones first, so that each item gets
/// its shortest name.
struct Walk<'a> {
    sources: &'a Sources,
    /// The public names of types and traits, by module and name.
    names: BTreeMap<(Module, String), String>,
    items: BTreeMap<String, Item>,
}

impl<'a> Walk<'a> {
    fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            names: BTreeMap::new(),
            items: BTreeMap::new(),
        }
    }

    fn run(mut self, root: Module) -> BTreeMap<String, Item> {
        let mut seen = BTreeSet::new();
        let mut queue = VecDeque::from([(root.join("::"), root)]);
        while let Some((path, module)) = queue.pop_front() {
            if seen.insert(module.clone()) {
                self.module(&path, &module, &mut queue);
            }
        }
        for (module, file, item) in self.sources.all() {
            match item {
                syn::Item::Impl(item) => self.implementation(module, file, item),
                syn::Item::Macro(item) if skeleton::is_exported(item) => {
                    if let Some(name) = &item.ident {
                        let text = item.to_token_stream().to_string();
                        self.add(format!("{name}!"), file, item.span(), text);
                    }
                }
                _ => {}
            }
        }
        self.items
    }

    fn add(&mut self, name: String, file: &Utf8Path, at: proc_macro2::Span, text: String) {
        let item = Item {
            file: file.to_owned(),
            line: at.start().line,
            text,
        };
        let known = self.items.entry(name);
        known
            .and_modify(|known| known.text.push_str(&item.text))
            .or_insert(item);
    }

    fn module(&mut self, path: &str, module: &Module, queue: &mut VecDeque<(String, Module)>) {
        for (file, item) in self.sources.of(module) {
            let Some((name, visibility)) = skeleton::declared(item) else {
                continue;
            };
            if !matches!(visibility, syn::Visibility::Public(_)) || skeleton::is_hidden(item) {
                continue;
            }
            if let syn::Item::Use(item) = item {
                for (name, target) in spelling::exports(&item.tree, module) {
                    match name.as_str() {
                        spelling::GLOB => self.exported_all(path, &target),
                        name => self.exported(&format!("{path}::{name}"), target),
                    }
                }
                continue;
            }
            let public = format!("{path}::{name}");
            match item {
                syn::Item::Mod(_) => queue.push_back((public, child(module, &name))),
                _ => self.declared(public, module, &name, file, item),
            }
        }
    }

    /// An item under a shorter name than that of its module. What is exported
    /// may only be imported where it is exported from, and so on.
    fn exported(&mut self, public: &str, target: Module) {
        let (mut seen, mut queue) = (BTreeSet::new(), VecDeque::from([target]));
        while let Some(target) = queue.pop_front() {
            let Some((name, module)) = target.split_last() else {
                continue;
            };
            let module = module.to_vec();
            if !seen.insert(target.clone()) {
                continue;
            }
            for (file, item) in self.sources.of(&module) {
                match item {
                    syn::Item::Use(item) => queue.extend(spelling::imports(item, &module, name)),
                    item if skeleton::is_named(item, name) => {
                        self.declared(public.to_owned(), &module, name, file, item);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Everything public of a module under the name of another.
    fn exported_all(&mut self, path: &str, target: &Module) {
        for (_, item) in self.sources.of(target) {
            if let Some((name, syn::Visibility::Public(_))) = skeleton::declared(item) {
                self.exported(&format!("{path}::{name}"), child(target, &name));
            }
        }
    }

    fn declared(
        &mut self,
        public: String,
        module: &Module,
        name: &str,
        file: &Utf8Path,
        item: &syn::Item,
    ) {
        let key = (module.clone(), name.to_owned());
        if self.names.contains_key(&key) {
            return;
        }
        if let syn::Item::Trait(item) = item {
            for member in &item.items {
                if let Some(name) = skeleton::trait_member(member) {
                    let text = skeleton::of_trait_member(member);
                    self.add(format!("{public}::{name}"), file, member.span(), text);
                }
            }
        }
        self.names.insert(key, public.clone());
        self.add(public, file, item.span(), skeleton::of_item(item));
    }

    fn implementation(&mut self, module: &Module, file: &Utf8Path, item: &syn::ItemImpl) {
        let Some(own) = spelling::last(&item.self_ty) else {
            return;
        };
        let Some(public) = self.public(module, &own.ident.to_string()) else {
            return;
        };
        if let Some((_, path, _)) = &item.trait_ {
            if self.is_private(path) {
                return;
            }
            let generics = spelling::parameters(&item.generics);
            let arguments = spelling::arguments(own, &generics);
            let known = spelling::path(path, &generics);
            let known = known.replace("Self", &format!("{}{arguments}", own.ident));
            let name = format!("{public}{arguments}: {known}");
            return self.add(name, file, item.span(), skeleton::of_impl(item));
        }
        let members = item.items.iter();
        for member in members.filter(|member| !skeleton::is_hidden_member(member)) {
            if let Some(name) = skeleton::public_member(member) {
                let text = skeleton::of_member(item, member);
                self.add(format!("{public}::{name}"), file, member.span(), text);
            }
        }
    }

    /// Whether a trait is declared here and cannot be named by a driver.
    fn is_private(&self, path: &syn::Path) -> bool {
        let Some(last) = path.segments.last() else {
            return false;
        };
        let mut declared = self.sources.all();
        let is_here = declared.any(|(_, _, item)| match item {
            syn::Item::Trait(item) => item.ident == last.ident,
            _ => false,
        });
        let mut names = self.names.keys();
        last.ident == "Sealed" || is_here && !names.any(|(_, name)| last.ident == name)
    }

    /// The public name of a type that an impl names: of its own module, or of
    /// another one if the name is used once.
    fn public(&self, module: &Module, name: &str) -> Option<String> {
        let own = self.names.get(&(module.clone(), name.to_owned()));
        let mut others = self.names.iter().filter(|((_, known), _)| known == name);
        let only = || match (others.next(), others.next()) {
            (Some((_, public)), None) => Some(public),
            _ => None,
        };
        own.or_else(only).cloned()
    }
}

#[cfg(test)]
#[path = "items_tests.rs"]
mod tests;
