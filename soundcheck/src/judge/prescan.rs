//! The static look at a case before any compiler sees it.
//!
//! Owns the list of things that a program may do to its whole crate: a case
//! that does one of them is judged alone. The scan is conservative: both sides
//! of a `cfg` count, and so do the tokens of macros.

use std::collections::BTreeSet;

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

/// The scan of all tokens, also those inside macros.
#[derive(Default)]
struct Words {
    reason: Option<&'static str>,
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

/// Finds an impl whose self type is not declared in the file: legal or not, it
/// may change what other modules of the crate mean.
fn outside_impl(file: &syn::File) -> Option<&'static str> {
    let mut declared = Declared::default();
    declared.visit_file(file);
    let mut impls = Impls {
        declared: declared.into_types(),
        reason: None,
    };
    impls.visit_file(file);
    impls.reason
}

/// The types that a file declares, also those that it has a macro declare: the
/// words in a macro call at item level that are names from nowhere else.
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
        if item.ident.is_none() {
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
    declared: BTreeSet<String>,
    reason: Option<&'static str>,
}

impl<'ast> Visit<'ast> for Impls {
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if !self.is_declared(&item.self_ty) {
            self.reason = Some("impl for a type of another crate");
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        if mentions_impl(item.tokens.clone()) {
            self.reason = Some("impl inside a macro");
        }
    }
}

impl Impls {
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

fn mentions_impl(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions_impl(group.stream()),
        TokenTree::Ident(word) => word == "impl",
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(text: &str) -> Option<&'static str> {
        Source::look(text, super::alone).expect("the text is Rust")
    }

    fn unsafe_word(text: &str) -> Option<&'static str> {
        super::unsafe_word(text.parse().expect("the text has tokens"))
    }

    #[test]
    fn unsafe_code_is_found_wherever_it_stands() {
        for text in [
            "fn f() { \"//\"; unsafe {} }",
            "fn f() { r#\"/*\"#; unsafe {} }",
            "/* /* nested */ */ unsafe fn f() {}",
            "macro_rules! m { () => { { unsafe { f() } } } }",
            "m!(unsafe)",
            "#[unsafe(no_mangle)] fn f() {}",
        ] {
            assert_eq!(unsafe_word(text), Some("unsafe"), "{text}");
        }
        assert_eq!(unsafe_word("include!(\"other.rs\");"), Some("include"));
        assert_eq!(unsafe_word("mod m { mod other; }"), Some("mod"));
    }

    #[test]
    fn to_speak_of_unsafe_code_is_safe() {
        for text in [
            "//! No unsafe here.",
            "/// unsafe\nfn f() { /* unsafe /* unsafe */ unsafe */ }",
            "fn f() { \"unsafe\"; r##\"unsafe \"# {}\"##; b\"unsafe\"; }",
            "fn unsafe_call() {} // unsafe",
        ] {
            assert_eq!(unsafe_word(text), None, "{text}");
        }
    }

    #[test]
    fn an_ordinary_case_may_join_a_batch() {
        let text = "//! Doc.\nuse kernel::drm;\nstruct Mine;\nimpl Drop for Mine { fn drop(&mut self) {} }\npub(crate) fn f() {}\nfn main() {}";
        assert_eq!(alone(text), None);
    }

    #[test]
    fn things_that_reach_the_whole_crate_go_alone() {
        let reason = |text: &str| alone(text).expect("the case must go alone");
        assert_eq!(reason("#![no_std]\nfn main() {}"), "crate attribute");
        assert_eq!(reason("use crate::x;"), "crate:: path");
        assert_eq!(reason("m! { $crate::x }"), "crate:: path");
        assert_eq!(reason("use super::x;"), "super:: path");
        assert_eq!(reason("extern crate std;"), "extern crate");
        assert_eq!(reason("mod other;"), "module in another file");
        assert_eq!(reason("#[no_mangle] fn f() {}"), "no_mangle");
        assert_eq!(
            reason("#[macro_export] macro_rules! m { () => {} }"),
            "macro_export"
        );
    }

    #[test]
    fn an_impl_for_a_foreign_type_goes_alone() {
        let reason = Some("impl for a type of another crate");
        assert_eq!(alone("unsafe impl Send for drm::Device<Probe> {}"), reason);
        assert_eq!(
            alone("struct Data; impl core::ops::Add<Data> for u8 {}"),
            reason
        );
        assert_eq!(alone("impl<T> Mine for T {}"), reason);
        assert_eq!(alone("fn f() { impl Mine for u8 {} }"), reason);
        assert_eq!(alone("struct S<T>(T); impl<T> Mine for &S<T> {}"), None);
    }

    #[test]
    fn a_type_may_be_declared_by_a_macro() {
        let macros = "driver::make!(Gpu, Client, data: Vec, file: Remote);";
        let of = |more: &str| alone(&format!("use kernel::Remote; {macros} {more}"));
        assert_eq!(of("impl Gpu { fn f() {} }"), None);
        assert!(of("impl Mine for Remote {}").is_some());
        assert!(of("impl Mine for Vec<u8> {}").is_some());
        assert!(of("impl Mine for Other {}").is_some());
    }

    #[test]
    fn an_impl_inside_a_macro_goes_alone() {
        let text = "macro_rules! m { ($t:ty) => { impl Mine for $t {} } }";
        assert_eq!(alone(text), Some("impl inside a macro"));
    }
}
