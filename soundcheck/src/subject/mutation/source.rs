//! A parsed file: its text, its syntax with places in the text, and a walk over its items.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use anyhow::Context as _;
use camino::Utf8PathBuf;
use syn::spanned::Spanned;
use syn::Item;

use crate::subject::mutation::facts::Facts;
use crate::subject::mutation::place::item_attrs;
use crate::subject::mutation::place::Node;
use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::stateful::bare;
use crate::subject::mutation::stateful::in_state;
use crate::subject::mutation::stateful::InState;
use crate::subject::mutation::stateful::Stateful;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::is_test;
use crate::subject::mutation::syntax::last_name;
use crate::subject::mutation::syntax::squeeze;

/// A file whose code is mutated.
pub struct Source {
    /// The path, relative to the root of the sources.
    pub path: Utf8PathBuf,
    /// The text.
    pub text: String,
    /// The syntax.
    pub file: syn::File,
    /// The paths of the items, in the order of the walk, once they are known.
    paths: OnceCell<Vec<String>>,
    /// The bytes of the items, likewise.
    ranges: OnceCell<Vec<Range<usize>>>,
    /// The names in its scope, each with the path that it is imported from.
    names: BTreeMap<String, Option<String>>,
    /// What is known about all files.
    pub facts: Rc<Facts>,
    /// The types of all files that have a state.
    pub stateful: Rc<Vec<Stateful>>,
}

impl Source {
    /// Parses files, and leaves out those that only tests use.
    ///
    /// # Errors
    ///
    /// Fails if a file is not Rust.
    pub fn parse_all(
        files: &[(Utf8PathBuf, String)],
        states: &States,
    ) -> anyhow::Result<Vec<Self>> {
        let mut parsed = Vec::new();
        for (path, text) in files {
            let file = syn::parse_file(text).with_context(|| format!("cannot parse {path}"))?;
            parsed.push((path, text, file));
        }
        let facts = Rc::new(Facts::gather(&parsed));
        let stateful = Rc::new(Stateful::gather(&parsed, states, &facts));
        let parsed = parsed.into_iter();
        let wanted = parsed.filter(|(path, _, file)| !facts.is_test(path) && !is_test(&file.attrs));
        let sources = wanted.map(|(path, text, file)| Self {
            path: path.clone(),
            text: text.clone(),
            paths: OnceCell::new(),
            ranges: OnceCell::new(),
            names: file.items.iter().flat_map(declared).collect(),
            file,
            facts: facts.clone(),
            stateful: stateful.clone(),
        });
        Ok(sources.collect())
    }

    /// The bytes of a piece of syntax.
    pub fn range(&self, node: &impl Spanned) -> Range<usize> {
        node.span().byte_range()
    }

    /// The text of a piece of syntax.
    pub fn text_of(&self, node: &impl Spanned) -> &str {
        &self.text[self.range(node)]
    }

    /// Every item outside of bodies and tests, in the order of the text.
    pub fn places(&self) -> Vec<Place<'_>> {
        let mut places = Vec::new();
        collect(&self.file.items, true, &mut places);
        let paths = self.paths.get_or_init(|| {
            let mut paths = Vec::new();
            self.name_all(&self.file.items, "", &mut paths);
            paths
        });
        for (place, path) in places.iter_mut().zip(paths) {
            place.path.clone_from(path);
        }
        places
    }

    /// What a path says of a type with a state, if it does.
    pub fn in_state<'a>(&'a self, path: &'a syn::Path) -> Option<InState<'a>> {
        let name = last_name(path);
        let mut likely: Vec<&Stateful> = self.stateful.iter().collect();
        likely.retain(|of| of.name == name);
        likely.sort_by_key(|of| std::cmp::Reverse(self.likeliness(path, of)));
        in_state(path, &likely)
    }

    /// How likely it is that a path of this file means a certain type of its name.
    fn likeliness(&self, path: &syn::Path, of: &Stateful) -> (bool, usize, bool) {
        let shared = of.file.components().zip(self.path.components());
        let shared = shared.take_while(|(one, other)| one == other).count();
        let before = path
            .segments
            .iter()
            .rev()
            .nth(1)
            .map(|part| part.ident.to_string());
        let imported = self.names.get(&of.name).and_then(Option::as_deref);
        let imported = imported.and_then(|path| path.rsplit("::").next());
        let module = before.as_deref().or(imported);
        let is_module = module.is_some() && module == of.file.file_stem();
        (of.file == self.path, shared, is_module)
    }

    /// Writes the default state out wherever it was left out, in all files near its declaration.
    pub fn written_out(&self, of: &Stateful, default: &str) -> Vec<Change> {
        let folder = of.file.parent();
        let uses = self.facts.uses.iter().filter(|used| {
            let is_state = |head: &String| self.is_some_state(head);
            used.name == of.name
                && used.types > 0
                && used.types + 1 == of.parameters
                && used.file.parent() == folder
                && !used.heads.iter().any(is_state)
        });
        let written =
            uses.map(|used| Change::insert(used.end, format!(", {default}")).in_file(&used.file));
        written.collect()
    }

    /// Whether some type has a state of this name.
    fn is_some_state(&self, name: &str) -> bool {
        let mut all = self.stateful.iter().flat_map(|of| &of.states);
        all.any(|state| bare(state) == name)
    }

    /// The path of the innermost item around a byte of the text.
    pub fn path_at(&self, at: usize) -> Option<String> {
        let places = self.places();
        let ranges = self.ranges.get_or_init(|| {
            let range = |place: &Place<'_>| match place.node {
                Node::Item(item) => self.range(item),
                Node::Impl(_, item) => self.range(item),
                Node::Trait(_, item) => self.range(item),
            };
            places.iter().map(range).collect()
        });
        let around = ranges.iter().zip(&places);
        let mut around = around.filter(|(range, _)| range.contains(&at));
        around.next_back().map(|(_, place)| place.path.clone())
    }

    /// How code of this file names a state or the bound of a type that `path` names here.
    ///
    /// What is in scope by itself needs nothing. Otherwise the type's own path says where it is,
    /// or the import of another state, or that of the type.
    pub fn beside(&self, path: &syn::Path, of: &Stateful, name: &str) -> String {
        let before: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        if self.names.contains_key(bare(name)) {
            return name.to_owned();
        }
        if let [before @ .., _] = before.as_slice() {
            if !before.is_empty() {
                return format!("{}::{name}", before.join("::"));
            }
        }
        let states = of.states.iter().map(|state| bare(state));
        let known = std::iter::once(of.bound.as_str())
            .chain(states)
            .chain([of.name.as_str()]);
        let mut imports = known.filter_map(|known| self.names.get(known)?.as_ref());
        match imports.next() {
            Some(before) => format!("{before}::{name}"),
            None => name.to_owned(),
        }
    }

    /// The paths of items, in the order of `collect`.
    fn name_all(&self, items: &[Item], around: &str, paths: &mut Vec<String>) {
        for item in items.iter().filter(|item| !is_test(item_attrs(item))) {
            let path = join(around, &self.name(item));
            paths.push(path.clone());
            match item {
                Item::Mod(module) => {
                    if let Some((_, items)) = &module.content {
                        self.name_all(items, &path, paths);
                    }
                }
                Item::Impl(item) => {
                    paths.extend(
                        item.items
                            .iter()
                            .map(|item| join(&path, &name_in_impl(item))),
                    );
                }
                Item::Trait(item) => {
                    paths.extend(
                        item.items
                            .iter()
                            .map(|item| join(&path, &name_in_trait(item))),
                    );
                }
                _ => {}
            }
        }
    }

    fn name(&self, item: &Item) -> String {
        match item {
            Item::Struct(item) => item.ident.to_string(),
            Item::Enum(item) => item.ident.to_string(),
            Item::Union(item) => item.ident.to_string(),
            Item::Trait(item) => item.ident.to_string(),
            Item::Type(item) => item.ident.to_string(),
            Item::Fn(item) => item.sig.ident.to_string(),
            Item::Mod(item) => item.ident.to_string(),
            Item::Const(item) => item.ident.to_string(),
            Item::Static(item) => item.ident.to_string(),
            Item::Macro(item) => match &item.ident {
                Some(ident) => format!("{ident}!"),
                None => format!("{}!", squeeze(self.text_of(&item.mac.path))),
            },
            Item::Impl(item) => {
                let of = squeeze(self.text_of(&item.self_ty));
                match &item.trait_ {
                    Some((_, path, _)) => {
                        format!("impl-{}-for-{of}", squeeze(self.text_of(path)))
                    }
                    None => format!("impl-{of}"),
                }
            }
            _ => "item".to_owned(),
        }
    }
}

/// Every item but those of tests; their paths are added later.
fn collect<'a>(items: &'a [Item], is_open: bool, places: &mut Vec<Place<'a>>) {
    let place = |node: Node<'a>| Place {
        path: String::new(),
        node,
        is_open,
    };
    for item in items.iter().filter(|item| !is_test(item_attrs(item))) {
        places.push(place(Node::Item(item)));
        match item {
            Item::Mod(module) => {
                let is_open = is_open && !matches!(module.vis, syn::Visibility::Inherited);
                if let Some((_, items)) = &module.content {
                    collect(items, is_open, places);
                }
            }
            Item::Impl(around) => {
                let inner = around.items.iter();
                places.extend(inner.map(|inner| place(Node::Impl(around, inner))));
            }
            Item::Trait(around) => {
                let inner = around.items.iter();
                places.extend(inner.map(|inner| place(Node::Trait(around, inner))));
            }
            _ => {}
        }
    }
}

fn name_in_impl(item: &syn::ImplItem) -> String {
    match item {
        syn::ImplItem::Fn(item) => item.sig.ident.to_string(),
        syn::ImplItem::Const(item) => item.ident.to_string(),
        syn::ImplItem::Type(item) => item.ident.to_string(),
        _ => "item".to_owned(),
    }
}

fn name_in_trait(item: &syn::TraitItem) -> String {
    match item {
        syn::TraitItem::Fn(item) => item.sig.ident.to_string(),
        syn::TraitItem::Const(item) => item.ident.to_string(),
        syn::TraitItem::Type(item) => item.ident.to_string(),
        _ => "item".to_owned(),
    }
}

/// The names that an item brings into scope, each with the path that it is imported from.
fn declared(item: &Item) -> Vec<(String, Option<String>)> {
    let ident = match item {
        Item::Use(item) => return imported(&item.tree, ""),
        Item::Struct(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return Vec::new(),
    };
    vec![(ident.to_string(), None)]
}

fn imported(tree: &syn::UseTree, before: &str) -> Vec<(String, Option<String>)> {
    match tree {
        syn::UseTree::Path(path) => imported(&path.tree, &join(before, &path.ident.to_string())),
        syn::UseTree::Name(name) if name.ident == "self" => Vec::new(),
        syn::UseTree::Name(name) => vec![(name.ident.to_string(), Some(before.to_owned()))],
        syn::UseTree::Group(group) => {
            let trees = group.items.iter();
            trees.flat_map(|tree| imported(tree, before)).collect()
        }
        _ => Vec::new(),
    }
}

fn join(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}::{name}"),
    }
}
