//! The static look at a case before any compiler sees it.
//!
//! Owns the list of things that a program may do to its whole crate: a case
//! that does one of them is judged alone. The scan is conservative: both sides
//! of a `cfg` count, and so do the tokens of macros.

use std::collections::BTreeSet;

use proc_macro2::Delimiter;
use proc_macro2::TokenStream;
use proc_macro2::TokenTree;
use syn::visit;
use syn::visit::Visit;

use crate::judge::source::Source;

/// Says why a case must be judged alone, or `None` if it may join a batch.
pub fn alone(source: &Source) -> Option<&'static str> {
    if source.file.attrs.iter().any(is_crate_attribute) {
        return Some("crate attribute");
    }
    let mut words = Words::default();
    words.scan(source.tokens.clone());
    words.reason.or_else(|| outside_impl(&source.file))
}

/// Whether a program says a name that only std has.
pub fn needs_std(source: &Source) -> bool {
    let mut words = Words::default();
    words.scan(source.tokens.clone());
    words.needs_std
}

/// Whether no other module can come to know of anything that the file
/// implements: it has no impl but of its own traits and on its own types, and
/// nothing that could expand to one.
pub fn is_quiet(file: &syn::File) -> bool {
    let mut loud = Loud {
        own: own_traits(file),
        found: false,
    };
    loud.visit_file(file);
    !loud.found
}

fn is_crate_attribute(attribute: &syn::Attribute) -> bool {
    !attribute.path().is_ident("doc")
}

/// Words that reach out of a module, wherever they stand.
const FAR_REACHING: &[(&str, &str)] = &[
    ("macro_export", "macro_export"),
    ("no_mangle", "no_mangle"),
    ("export_name", "export_name"),
    ("link_section", "link_section"),
    ("global_asm", "global_asm"),
    ("global_allocator", "global_allocator"),
    ("panic_handler", "panic_handler"),
    ("include", "include"),
    ("module_path", "module_path"),
];

/// Names that a program has from std without asking, and std itself. Batches may
/// be crates without std, in which they are not there.
const STD: &[&str] = &[
    "std",
    "Box",
    "String",
    "ToOwned",
    "ToString",
    "Vec",
    "dbg",
    "eprint",
    "eprintln",
    "format",
    "print",
    "println",
    "thread_local",
    "to_owned",
    "to_string",
    "to_vec",
    "vec",
];

/// The scan of all tokens, also those inside macros.
#[derive(Default)]
struct Words {
    reason: Option<&'static str>,
    needs_std: bool,
}

impl Words {
    fn scan(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.scan(group.stream()),
                TokenTree::Ident(word) => self.word(&word.to_string(), &tokens[index + 1..]),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    fn word(&mut self, word: &str, rest: &[TokenTree]) {
        self.needs_std |= STD.contains(&word);
        let reason = match word {
            "crate" if starts_with_colons(rest) => Some("crate:: path"),
            "super" if starts_with_colons(rest) => Some("super:: path"),
            "extern" if is_word(rest.first(), "crate") => Some("extern crate"),
            "mod" if is_punct(rest.get(1), ';') => Some("module in another file"),
            _ => FAR_REACHING
                .iter()
                .find(|(far, _)| *far == word)
                .map(|(_, reason)| *reason),
        };
        self.reason = self.reason.or(reason);
    }
}

/// A word by which a program leaves safe code, or takes in a text that is not
/// scanned with it. Comments and the insides of strings are no words.
pub fn unsafe_word(tokens: TokenStream) -> Option<&'static str> {
    let mut open = vec![tokens];
    while let Some(tokens) = open.pop() {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Ident(word) if word == "mod" && is_punct(tokens.get(index + 2), ';') => {
                    return Some("mod");
                }
                TokenTree::Ident(word) => {
                    if let Some(found) = UNSAFE.iter().find(|it| word == **it) {
                        return Some(found);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
    None
}

/// What safe code does not say.
const UNSAFE: &[&str] = &["unsafe", "include"];

fn starts_with_colons(tokens: &[TokenTree]) -> bool {
    is_punct(tokens.first(), ':') && is_punct(tokens.get(1), ':')
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

/// Finds an impl of which neither the self type nor the trait is declared in the
/// file: legal or not, it may change what other modules of the crate mean.
fn outside_impl(file: &syn::File) -> Option<&'static str> {
    let mut declared = Declared::default();
    declared.visit_file(file);
    let mut impls = Impls {
        own: own_traits(file),
        declared: declared.into_types(),
        reason: None,
    };
    impls.visit_file(file);
    impls.reason
}

/// The traits of the file itself. No other module can name them, so what
/// implements them means nothing there.
fn own_traits(file: &syn::File) -> BTreeSet<String> {
    let traits = file.items.iter().filter_map(|item| match item {
        syn::Item::Trait(item) => Some(item.ident.to_string()),
        _ => None,
    });
    traits.collect()
}

/// Whether an impl is of one of some traits, by its name alone.
fn is_of(item: &syn::ItemImpl, traits: &BTreeSet<String>) -> bool {
    let path = item.trait_.as_ref().map(|(_, path, _)| path);
    path.filter(|path| path.leading_colon.is_none() && path.segments.len() == 1)
        .is_some_and(|path| traits.contains(&path.segments[0].ident.to_string()))
}

/// The types that a file declares, also those that it has a macro declare: the
/// words in a macro call at item level that are names from nowhere else. A call
/// that is given an impl declares nothing.
#[derive(Default)]
struct Declared {
    types: BTreeSet<String>,
    in_macros: BTreeSet<String>,
    imported: BTreeSet<String>,
}

/// Types that a file may name without importing them.
const PRELUDE: &[&str] = &["Box", "KBox", "KVec", "Option", "Result", "String", "Vec"];

impl Declared {
    fn into_types(self) -> BTreeSet<String> {
        let is_own =
            |word: &&String| !self.imported.contains(*word) && !PRELUDE.contains(&word.as_str());
        let by_macro = self.in_macros.iter().filter(is_own).cloned();
        self.types.iter().cloned().chain(by_macro).collect()
    }
}

impl<'ast> Visit<'ast> for Declared {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.types.insert(item.ident.to_string());
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.types.insert(item.ident.to_string());
        visit::visit_item_enum(self, item);
    }

    fn visit_item_union(&mut self, item: &'ast syn::ItemUnion) {
        self.types.insert(item.ident.to_string());
        visit::visit_item_union(self, item);
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        if item.ident.is_none() && !mentions_impl(item.mac.tokens.clone()) {
            let words = item.mac.tokens.clone().into_iter();
            self.in_macros.extend(words.filter_map(|token| match token {
                TokenTree::Ident(word) => Some(word.to_string()),
                _ => None,
            }));
        }
    }

    fn visit_use_name(&mut self, name: &'ast syn::UseName) {
        self.imported.insert(name.ident.to_string());
    }

    fn visit_use_rename(&mut self, rename: &'ast syn::UseRename) {
        self.imported.insert(rename.rename.to_string());
    }
}

struct Impls {
    own: BTreeSet<String>,
    declared: BTreeSet<String>,
    reason: Option<&'static str>,
}

impl<'ast> Visit<'ast> for Impls {
    fn visit_file(&mut self, file: &'ast syn::File) {
        for item in &file.items {
            match item {
                // Further inside, the name may mean another trait.
                syn::Item::Impl(item) if is_of(item, &self.own) => {
                    visit::visit_item_impl(self, item);
                }
                item => self.visit_item(item),
            }
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if !self.is_declared(&item.self_ty) {
            self.reason = Some("impl for a type of another crate");
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_item_macro(&mut self, item: &'ast syn::ItemMacro) {
        // What a macro of the file makes of an impl is seen by nobody.
        let is_definition = item.ident.is_some();
        let tokens = item.mac.tokens.clone();
        if mentions_impl(tokens.clone()) && (is_definition || !self.are_declared(tokens)) {
            self.reason = Some("impl inside a macro");
        }
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        if mentions_impl(item.tokens.clone()) {
            self.reason = Some("impl inside a macro");
        }
    }
}

impl Impls {
    /// Whether a macro is given nothing but `impl … for Type … { … }`, each for a
    /// type of the file.
    fn are_declared(&self, tokens: TokenStream) -> bool {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut is_after_for = false;
        let mut ends = |token: &TokenTree| {
            is_after_for |= is_word(Some(token), "for");
            let ends = is_after_for && is_braces(token);
            is_after_for &= !ends;
            ends
        };
        let mut impls = tokens.split_inclusive(&mut ends);
        impls.all(|tokens| self.is_declared_impl(tokens))
    }

    fn is_declared_impl(&self, tokens: &[TokenTree]) -> bool {
        let goal = tokens.iter().position(|token| is_word(Some(token), "for"));
        let Some([goal, next, ..]) = goal.and_then(|at| tokens.get(at + 1..)) else {
            return false;
        };
        let inside = tokens.iter().skip(1).cloned().collect();
        is_word(tokens.first(), "impl")
            && self.declared.contains(&goal.to_string())
            && !is_punct(Some(next), ':')
            && !mentions_impl(inside)
    }

    fn is_declared(&self, self_type: &syn::Type) -> bool {
        match self_type {
            syn::Type::Path(path) => path
                .path
                .get_ident()
                .or_else(|| path.path.segments.last().map(|last| &last.ident))
                .is_some_and(|name| self.declared.contains(&name.to_string())),
            syn::Type::Reference(reference) => self.is_declared(&reference.elem),
            syn::Type::Paren(paren) => self.is_declared(&paren.elem),
            syn::Type::Group(group) => self.is_declared(&group.elem),
            _ => false,
        }
    }
}

fn is_braces(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Looks for anything that may implement what others know.
struct Loud {
    own: BTreeSet<String>,
    found: bool,
}

/// Attributes that expand to nothing.
const SILENT: &[&str] = &["allow", "cfg", "doc", "expect"];

impl<'ast> Visit<'ast> for Loud {
    fn visit_file(&mut self, file: &'ast syn::File) {
        for item in &file.items {
            match item {
                syn::Item::Impl(item) if is_of(item, &self.own) => {
                    visit::visit_item_impl(self, item);
                }
                item => self.visit_item(item),
            }
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.found |= item.trait_.is_some();
        visit::visit_item_impl(self, item);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let is_silent = |name: &&str| attribute.path().is_ident(name);
        self.found |= !SILENT.iter().any(is_silent);
    }

    fn visit_macro(&mut self, _: &'ast syn::Macro) {
        self.found = true;
    }
}

fn mentions_impl(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions_impl(group.stream()),
        TokenTree::Ident(word) => word == "impl",
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[cfg(test)]
#[path = "prescan_tests.rs"]
mod tests;
