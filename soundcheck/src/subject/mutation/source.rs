//! A parsed file: its text, its syntax with places in the text, and a walk over its items.

use std::ops::Range;
use std::rc::Rc;

use anyhow::Context as _;
use camino::Utf8PathBuf;
use syn::spanned::Spanned;
use syn::Item;

use crate::subject::mutation::facts::is_test;
use crate::subject::mutation::facts::Facts;
use crate::subject::mutation::place::item_attrs;
use crate::subject::mutation::place::Node;
use crate::subject::mutation::place::Place;
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
}

impl Source {
    /// Parses files, and leaves out those that only tests use.
    ///
    /// # Errors
    ///
    /// Fails if a file is not Rust.
    pub fn parse_all(files: &[(Utf8PathBuf, String)]) -> anyhow::Result<Vec<Self>> {
        let mut parsed = Vec::new();
        for (path, text) in files {
            let file = syn::parse_file(text).with_context(|| format!("cannot parse {path}"))?;
            parsed.push((path, text, file));
        }
        let borrowed = parsed.iter().map(|(path, _, file)| (path.as_path(), file));
        let facts = Rc::new(Facts::gather(borrowed));
        let parsed = parsed.into_iter();
        let wanted = parsed.filter(|(path, _, file)| !facts.is_test(path) && !is_test(&file.attrs));
        let sources = wanted.map(|(path, text, file)| Self {
            path: path.clone(),
            text: text.clone(),
            file,
            facts: facts.clone(),
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

fn join(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}::{name}"),
    }
}
