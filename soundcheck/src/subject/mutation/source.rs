//! A parsed file: its text, its syntax with places in the text, and a walk over its items.

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
use crate::subject::mutation::syntax::squeeze;

/// A file whose code is mutated.
pub struct Source {
    /// The path, relative to the root of the sources.
    pub path: Utf8PathBuf,
    /// The text.
    pub text: String,
    /// The syntax.
    pub file: syn::File,
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
        self.collect(&self.file.items, "", true, &mut places);
        places
    }

    /// What a path says of a type with a state, if it does.
    pub fn in_state<'a>(&'a self, path: &'a syn::Path) -> Option<InState<'a>> {
        in_state(path, &self.stateful)
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
        let around = self.places().into_iter().filter(|place| match place.node {
            Node::Item(item) => self.range(item).contains(&at),
            Node::Impl(_, item) => self.range(item).contains(&at),
            Node::Trait(_, item) => self.range(item).contains(&at),
        });
        around.last().map(|place| place.path)
    }

    /// How code of this file names something that lies beside a type which `path` names here.
    ///
    /// What is in scope by itself needs nothing. Otherwise the type's own path says where it is,
    /// or that of its import.
    pub fn beside(&self, path: &syn::Path, name: &str) -> String {
        let mut names = BTreeMap::new();
        for item in &self.file.items {
            names.extend(declared(item));
        }
        let before: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        match (before.as_slice(), names.get(bare(name))) {
            (_, Some(_)) => name.to_owned(),
            ([before @ .., _], None) if !before.is_empty() => {
                format!("{}::{name}", before.join("::"))
            }
            ([first], None) => match names.get(first) {
                Some(Some(before)) => format!("{before}::{name}"),
                _ => name.to_owned(),
            },
            _ => name.to_owned(),
        }
    }

    fn collect<'a>(
        &'a self,
        items: &'a [Item],
        path: &str,
        is_open: bool,
        places: &mut Vec<Place<'a>>,
    ) {
        for item in items.iter().filter(|item| !is_test(item_attrs(item))) {
            let path = join(path, &self.name(item));
            places.push(Place {
                path: path.clone(),
                node: Node::Item(item),
                is_open,
            });
            match item {
                Item::Mod(module) => {
                    let is_open = is_open && !matches!(module.vis, syn::Visibility::Inherited);
                    let content = module.content.iter();
                    for (_, items) in content {
                        self.collect(items, &path, is_open, places);
                    }
                }
                Item::Impl(around) => places.extend(around.items.iter().map(|inner| Place {
                    path: join(&path, &self.name_in_impl(inner)),
                    node: Node::Impl(around, inner),
                    is_open,
                })),
                Item::Trait(around) => places.extend(around.items.iter().map(|inner| Place {
                    path: join(&path, &self.name_in_trait(inner)),
                    node: Node::Trait(around, inner),
                    is_open,
                })),
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

    fn name_in_impl(&self, item: &syn::ImplItem) -> String {
        match item {
            syn::ImplItem::Fn(item) => item.sig.ident.to_string(),
            syn::ImplItem::Const(item) => item.ident.to_string(),
            syn::ImplItem::Type(item) => item.ident.to_string(),
            _ => "item".to_owned(),
        }
    }

    fn name_in_trait(&self, item: &syn::TraitItem) -> String {
        match item {
            syn::TraitItem::Fn(item) => item.sig.ident.to_string(),
            syn::TraitItem::Const(item) => item.ident.to_string(),
            syn::TraitItem::Type(item) => item.ident.to_string(),
            _ => "item".to_owned(),
        }
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
