//! What is true across all files: who implements what, what is open, and what is a test.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use syn::spanned::Spanned as _;
use syn::visit::Visit;
use syn::Attribute;
use syn::Item;

use crate::subject::mutation::syntax::head;
use crate::subject::mutation::syntax::is_test;
use crate::subject::mutation::syntax::last_name;

/// What operators ask about other files.
#[derive(Debug, Default)]
pub struct Facts {
    /// The traits of each type that has implementations, by last names.
    traits: BTreeMap<String, BTreeSet<String>>,
    /// The implementations in all files.
    pub impls: Vec<ImplFact>,
    /// Every type that names another one with arguments.
    pub uses: Vec<Use>,
    /// The traits that are declared: name, file, whether it has no items.
    pub declared: Vec<TraitFact>,
    /// The traits that the parameters of each struct must implement, by last names.
    demanded: BTreeMap<String, BTreeSet<String>>,
    /// The modules that are not public, and those that are exported as a whole.
    modules: BTreeMap<String, bool>,
    /// The files that only tests use.
    tests: BTreeSet<Utf8PathBuf>,
}

/// An implementation of a trait.
#[derive(Debug)]
pub struct ImplFact {
    /// The file.
    pub file: Utf8PathBuf,
    /// The last name of the trait.
    pub what: String,
    /// What implements it, as written.
    pub of: String,
    /// Where it says `unsafe`, with the space behind.
    pub unsafety: Option<Range<usize>>,
    /// The same for each of its functions.
    pub unsafe_functions: BTreeMap<String, Range<usize>>,
}

/// A path of a type with arguments.
#[derive(Debug)]
pub struct Use {
    /// The file.
    pub file: Utf8PathBuf,
    /// The last name of the type.
    pub name: String,
    /// How many types are among its arguments.
    pub types: usize,
    /// The last names of these types.
    pub heads: Vec<String>,
    /// Where its last argument ends.
    pub end: usize,
}

/// A declaration of a trait.
#[derive(Debug)]
pub struct TraitFact {
    /// The file.
    pub file: Utf8PathBuf,
    /// The name.
    pub name: String,
    /// Whether it demands nothing by itself and lies in a module that is not public.
    pub is_seal: bool,
}

impl Facts {
    /// Gathers them from files that are parsed.
    pub fn gather(files: &[(&Utf8PathBuf, &String, syn::File)]) -> Self {
        let mut facts = Self::default();
        for (path, text, file) in files {
            facts.gather_items(path, text, &file.items, false);
            let mut uses = Uses {
                path,
                found: Vec::new(),
            };
            uses.visit_file(file);
            facts.uses.extend(uses.found);
        }
        facts
    }

    /// Whether a type implements a trait, in any of its forms.
    pub fn implements(&self, of: &str, what: &str) -> bool {
        self.traits.get(of).is_some_and(|all| all.contains(what))
    }

    /// Whether some type that a text names demands a trait of its parameters.
    pub fn demands(&self, text: &str, what: &str) -> bool {
        let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let mut words = text.split(|letter| !is_word(letter));
        words.any(|word| {
            self.demanded
                .get(word)
                .is_some_and(|all| all.contains(what))
        })
    }

    /// Whether a trait is there to keep others from implementing its subtraits.
    pub fn is_seal(&self, name: &str) -> bool {
        self.declared
            .iter()
            .any(|fact| fact.is_seal && fact.name == name)
    }

    /// Whether only tests use a file.
    pub fn is_test(&self, path: &Utf8Path) -> bool {
        self.tests.contains(path)
    }

    /// Whether what a file makes public can be named from outside.
    pub fn is_open(&self, path: &Utf8Path) -> bool {
        let name = match path.file_stem() {
            Some("mod") => path.parent().and_then(Utf8Path::file_name),
            name => name,
        };
        *self.modules.get(name.unwrap_or_default()).unwrap_or(&true)
    }

    fn gather_items(&mut self, path: &Utf8Path, text: &str, items: &[Item], is_hidden: bool) {
        for item in items {
            match item {
                Item::Impl(item) if !is_test(&item.attrs) => self.gather_impl(path, text, item),
                Item::Struct(item) => {
                    self.gather_derives(&item.ident, &item.attrs);
                    self.gather_demands(item);
                }
                Item::Enum(item) => self.gather_derives(&item.ident, &item.attrs),
                Item::Union(item) => self.gather_derives(&item.ident, &item.attrs),
                Item::Trait(item) => self.declared.push(TraitFact {
                    file: path.to_owned(),
                    name: item.ident.to_string(),
                    is_seal: is_hidden && item.items.is_empty() && item.supertraits.is_empty(),
                }),
                Item::Use(item) if matches!(item.vis, syn::Visibility::Public(_)) => {
                    self.gather_glob(&item.tree, None);
                }
                Item::Mod(item) => self.gather_module(path, text, item),
                _ => {}
            }
        }
    }

    fn gather_module(&mut self, path: &Utf8Path, text: &str, item: &syn::ItemMod) {
        let is_public = matches!(item.vis, syn::Visibility::Public(_));
        match &item.content {
            _ if is_test(&item.attrs) => self.tests.extend(module_files(path, item)),
            Some((_, items)) => self.gather_items(path, text, items, !is_public),
            None => {
                let open = self.modules.entry(item.ident.to_string()).or_default();
                *open |= is_public;
            }
        }
    }

    /// `pub use some::module::*` opens a module.
    fn gather_glob(&mut self, tree: &syn::UseTree, last: Option<&syn::Ident>) {
        match tree {
            syn::UseTree::Path(path) => self.gather_glob(&path.tree, Some(&path.ident)),
            syn::UseTree::Glob(_) => {
                let name = last.map(|last| (last.to_string(), true));
                self.modules.extend(name);
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.gather_glob(tree, last);
                }
            }
            _ => {}
        }
    }

    fn gather_impl(&mut self, path: &Utf8Path, text: &str, item: &syn::ItemImpl) {
        let (Some(of), Some((_, what, _))) = (head(&item.self_ty), &item.trait_) else {
            return;
        };
        let what = last_name(what);
        self.traits.entry(of).or_default().insert(what.clone());
        let functions = item.items.iter().filter_map(|item| match item {
            syn::ImplItem::Fn(item) => {
                let keyword = item.sig.unsafety?;
                Some((item.sig.ident.to_string(), with_space(keyword.span())))
            }
            _ => None,
        });
        self.impls.push(ImplFact {
            file: path.to_owned(),
            what,
            of: text[item.self_ty.span().byte_range()].to_owned(),
            unsafety: item.unsafety.map(|keyword| with_space(keyword.span())),
            unsafe_functions: functions.collect(),
        });
    }

    fn gather_demands(&mut self, item: &syn::ItemStruct) {
        let all = self.demanded.entry(item.ident.to_string()).or_default();
        for param in item.generics.type_params() {
            all.extend(param.bounds.iter().filter_map(|bound| match bound {
                syn::TypeParamBound::Trait(bound) => Some(last_name(&bound.path)),
                _ => None,
            }));
        }
    }

    fn gather_derives(&mut self, ident: &syn::Ident, attrs: &[Attribute]) {
        let all = self.traits.entry(ident.to_string()).or_default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("derive")) {
            // What is no list of paths is no derive of the language.
            let _ = attr.parse_nested_meta(|meta| {
                all.insert(last_name(&meta.path));
                Ok(())
            });
        }
    }
}

/// A walk over the types of a file.
struct Uses<'a> {
    path: &'a Utf8Path,
    found: Vec<Use>,
}

impl<'a> Visit<'a> for Uses<'_> {
    fn visit_type_path(&mut self, of: &'a syn::TypePath) {
        if let Some(last) = of.path.segments.last() {
            if let syn::PathArguments::AngleBracketed(arguments) = &last.arguments {
                let types = arguments.args.iter().filter_map(|argument| match argument {
                    syn::GenericArgument::Type(of) => Some(head(of).unwrap_or_default()),
                    _ => None,
                });
                let heads: Vec<String> = types.collect();
                self.found.push(Use {
                    file: self.path.to_owned(),
                    name: last.ident.to_string(),
                    types: heads.len(),
                    heads,
                    end: arguments.args.span().byte_range().end,
                });
            }
        }
        syn::visit::visit_type_path(self, of);
    }
}

/// A keyword and the space behind it.
fn with_space(span: proc_macro2::Span) -> Range<usize> {
    let range = span.byte_range();
    range.start..range.end + 1
}

/// The files in which a module without a body may lie.
fn module_files(path: &Utf8Path, item: &syn::ItemMod) -> Vec<Utf8PathBuf> {
    let folder = path.parent().unwrap_or(Utf8Path::new(""));
    let mut literals = item.attrs.iter().filter_map(|attr| match &attr.meta {
        syn::Meta::NameValue(syn::MetaNameValue {
            path,
            value:
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }),
            ..
        }) if path.is_ident("path") => Some(text.value()),
        _ => None,
    });
    if let Some(literal) = literals.next() {
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
