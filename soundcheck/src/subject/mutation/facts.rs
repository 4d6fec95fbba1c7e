//! What is true across all files: which types implement what, and which files are tests.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use syn::Attribute;
use syn::Item;

/// What operators ask about other files.
#[derive(Debug, Default)]
pub struct Facts {
    /// The traits of each type that has implementations, by last names.
    traits: BTreeMap<String, BTreeSet<String>>,
    /// The files that only tests use.
    tests: BTreeSet<Utf8PathBuf>,
}

impl Facts {
    /// Gathers them from files that are parsed.
    pub fn gather<'a>(files: impl Iterator<Item = (&'a Utf8Path, &'a syn::File)>) -> Self {
        let mut facts = Self::default();
        for (path, file) in files {
            facts.gather_items(path, &file.items);
        }
        facts
    }

    /// Whether a type implements a trait, in any of its forms.
    pub fn implements(&self, of: &str, what: &str) -> bool {
        self.traits.get(of).is_some_and(|all| all.contains(what))
    }

    /// The types that implement a trait.
    pub fn implementors<'a>(&'a self, what: &'a str) -> impl Iterator<Item = &'a str> {
        let of = self
            .traits
            .iter()
            .filter(move |(_, all)| all.contains(what));
        of.map(|(name, _)| name.as_str())
    }

    /// Whether only tests use a file.
    pub fn is_test(&self, path: &Utf8Path) -> bool {
        self.tests.contains(path)
    }

    fn gather_items(&mut self, path: &Utf8Path, items: &[Item]) {
        for item in items {
            match item {
                Item::Impl(item) => self.gather_impl(item),
                Item::Struct(item) => self.gather_derives(&item.ident, &item.attrs),
                Item::Enum(item) => self.gather_derives(&item.ident, &item.attrs),
                Item::Union(item) => self.gather_derives(&item.ident, &item.attrs),
                Item::Mod(item) => match &item.content {
                    Some((_, items)) => self.gather_items(path, items),
                    None if is_test(&item.attrs) => {
                        self.tests.extend(module_files(path, item));
                    }
                    None => {}
                },
                _ => {}
            }
        }
    }

    fn gather_impl(&mut self, item: &syn::ItemImpl) {
        if let (Some(of), Some((_, path, _))) = (head(&item.self_ty), &item.trait_) {
            let name = path.segments.last().map(|last| last.ident.to_string());
            self.traits.entry(of).or_default().extend(name);
        }
    }

    fn gather_derives(&mut self, ident: &syn::Ident, attrs: &[Attribute]) {
        let all = self.traits.entry(ident.to_string()).or_default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("derive")) {
            // What is no list of paths is no derive of the language.
            let _ = attr.parse_nested_meta(|meta| {
                let name = meta.path.segments.last();
                all.extend(name.map(|last| last.ident.to_string()));
                Ok(())
            });
        }
    }
}

/// Whether an item is there for tests only.
pub fn is_test(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        syn::Meta::List(list) if attr.path().is_ident("cfg") => list.tokens.to_string() == "test",
        _ => attr.path().is_ident("test"),
    })
}

/// The last name of a type's path: `Device` of `drm::Device<T>`, also behind a reference.
pub fn head(of: &syn::Type) -> Option<String> {
    match of {
        syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        syn::Type::Reference(reference) => head(&reference.elem),
        syn::Type::Paren(paren) => head(&paren.elem),
        syn::Type::Group(group) => head(&group.elem),
        _ => None,
    }
}

/// The files in which a module without a body may lie.
fn module_files(path: &Utf8Path, item: &syn::ItemMod) -> Vec<Utf8PathBuf> {
    let folder = path.parent().unwrap_or(Utf8Path::new(""));
    let literal = item.attrs.iter().find_map(|attr| match &attr.meta {
        syn::Meta::NameValue(pair) if attr.path().is_ident("path") => match &pair.value {
            syn::Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    if let Some(literal) = literal {
        return vec![folder.join(literal)];
    }
    let is_root = ["mod.rs", "lib.rs", "main.rs"].contains(&path.file_name().unwrap_or_default());
    let folder = match is_root {
        true => folder.to_owned(),
        false => folder.join(path.file_stem().unwrap_or_default()),
    };
    vec![
        folder.join(format!("{}.rs", item.ident)),
        folder.join(item.ident.to_string()).join("mod.rs"),
    ]
}
