//! The twin of a case: the same file under `--cfg twin`.
//!
//! Owns the static check that a file has a twin and that the twin differs from
//! the case. Whether the twin compiles is judged by the twins lane.

use std::ops::Range;

use proc_macro2::TokenStream;
use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::spanned::Spanned as _;
use syn::visit_mut;
use syn::visit_mut::VisitMut;

use crate::judge::source::has;
use crate::judge::source::Source;

/// What is wrong with the twin of a file, if anything.
pub fn fault(source: &Source) -> Option<&'static str> {
    if !mentions_twin(source.tokens.clone()) {
        return Some("there is no twin: `#[cfg(twin)]` does not appear");
    }
    let case = stripped(&source.file, false);
    let twin = stripped(&source.file, true);
    // A `twin` that is left over is one that the stripping does not know, such
    // as one in the arguments of a macro: it does make a difference.
    let known = !mentions_twin(case.clone()) && !mentions_twin(twin.clone());
    (known && case.to_string() == twin.to_string()).then_some("the twin is equal to the case")
}

/// Whether a configuration asks for the twin. A name is no such question.
fn mentions_twin(tokens: TokenStream) -> bool {
    let mut is_asked = false;
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) if is_asked => has(group.stream(), "twin"),
        TokenTree::Group(group) => mentions_twin(group.stream()),
        TokenTree::Ident(word) => {
            is_asked = word == "cfg" || word == "cfg_attr";
            false
        }
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The text of a file as a compiler with or without `--cfg twin` keeps it.
pub fn alone(source: &Source, text: &str, twin: bool) -> String {
    let mut strip = Strip::new(twin);
    strip.visit_file_mut(&mut source.file.clone());
    let mut cut = strip.cut;
    cut.sort_by_key(|range| (range.start, range.end));
    let (mut kept, mut at) = (String::new(), 0);
    for range in cut {
        kept.push_str(text.get(at..range.start).unwrap_or_default());
        at = at.max(range.end);
    }
    kept.push_str(text.get(at..).unwrap_or_default());
    kept
}

/// The tokens of the file as a compiler with or without `--cfg twin` keeps them.
fn stripped(file: &syn::File, twin: bool) -> TokenStream {
    let mut file = file.clone();
    Strip::new(twin).visit_file_mut(&mut file);
    file.into_token_stream()
}

struct Strip {
    twin: bool,
    /// The bytes of what was removed.
    cut: Vec<Range<usize>>,
}

impl Strip {
    fn new(twin: bool) -> Self {
        let cut = Vec::new();
        Self { twin, cut }
    }

    /// Whether the attributes let a node stay; those about the twin are removed.
    fn keeps(&mut self, attributes: &mut Vec<syn::Attribute>) -> bool {
        let mut keeps = true;
        attributes.retain(|attribute| match wanted(attribute) {
            Some(wanted) => {
                keeps &= wanted == self.twin;
                self.cut.push(attribute.span().byte_range());
                false
            }
            None => true,
        });
        keeps
    }
}

/// For `#[cfg(twin)]` and `#[cfg(not(twin))]`: whether the twin is wanted.
fn wanted(attribute: &syn::Attribute) -> Option<bool> {
    let list = attribute.meta.require_list().ok()?;
    if !list.path.is_ident("cfg") {
        return None;
    }
    match list.tokens.to_string().replace(' ', "").as_str() {
        "twin" => Some(true),
        "not(twin)" => Some(false),
        _ => None,
    }
}

/// Removes the items of a list that the configuration rules out.
macro_rules! retain {
    ($strip:expr, $list:expr, $attributes:expr) => {
        $list.retain_mut(|node| {
            let keeps = match $attributes(node) {
                Some(attributes) => $strip.keeps(attributes),
                None => true,
            };
            if !keeps {
                $strip.cut.push(node.span().byte_range());
            }
            keeps
        })
    };
}

impl VisitMut for Strip {
    fn visit_file_mut(&mut self, file: &mut syn::File) {
        retain!(self, file.items, item_attributes);
        visit_mut::visit_file_mut(self, file);
    }

    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        if let Some((_, items)) = &mut module.content {
            retain!(self, items, item_attributes);
        }
        visit_mut::visit_item_mod_mut(self, module);
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        retain!(self, block.stmts, statement_attributes);
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_item_impl_mut(&mut self, item: &mut syn::ItemImpl) {
        retain!(self, item.items, impl_attributes);
        visit_mut::visit_item_impl_mut(self, item);
    }
}

fn item_attributes(item: &mut syn::Item) -> Option<&mut Vec<syn::Attribute>> {
    use syn::Item;
    Some(match item {
        Item::Const(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Macro(item) => &mut item.attrs,
        Item::Mod(item) => &mut item.attrs,
        Item::Static(item) => &mut item.attrs,
        Item::Struct(item) => &mut item.attrs,
        Item::Trait(item) => &mut item.attrs,
        Item::Type(item) => &mut item.attrs,
        Item::Union(item) => &mut item.attrs,
        Item::Use(item) => &mut item.attrs,
        _ => return None,
    })
}

fn impl_attributes(item: &mut syn::ImplItem) -> Option<&mut Vec<syn::Attribute>> {
    use syn::ImplItem;
    Some(match item {
        ImplItem::Const(item) => &mut item.attrs,
        ImplItem::Fn(item) => &mut item.attrs,
        ImplItem::Macro(item) => &mut item.attrs,
        ImplItem::Type(item) => &mut item.attrs,
        _ => return None,
    })
}

fn statement_attributes(statement: &mut syn::Stmt) -> Option<&mut Vec<syn::Attribute>> {
    use syn::Stmt;
    match statement {
        Stmt::Local(local) => Some(&mut local.attrs),
        Stmt::Item(item) => item_attributes(item),
        Stmt::Macro(item) => Some(&mut item.attrs),
        Stmt::Expr(expression, _) => expression_attributes(expression),
    }
}

fn expression_attributes(expression: &mut syn::Expr) -> Option<&mut Vec<syn::Attribute>> {
    use syn::Expr;
    Some(match expression {
        Expr::Assign(expression) => &mut expression.attrs,
        Expr::Block(expression) => &mut expression.attrs,
        Expr::Call(expression) => &mut expression.attrs,
        Expr::Macro(expression) => &mut expression.attrs,
        Expr::MethodCall(expression) => &mut expression.attrs,
        Expr::Path(expression) => &mut expression.attrs,
        Expr::Reference(expression) => &mut expression.attrs,
        Expr::Return(expression) => &mut expression.attrs,
        Expr::Unsafe(expression) => &mut expression.attrs,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<&'static str> {
        Source::look(text, super::fault).expect("the text is Rust")
    }

    #[test]
    fn a_file_needs_a_twin() {
        for text in [
            "fn main() {}",
            "fn f() { let twin = 1; }",
            "fn twin(_: u8) {}",
        ] {
            assert!(fault(text).is_some_and(|fault| fault.contains("no twin")));
        }
    }

    #[test]
    fn a_twin_that_differs_is_fine() {
        let text = "#[cfg(not(twin))] fn f() { a() } #[cfg(twin)] fn f() { b() } fn main() {}";
        assert_eq!(fault(text), None);
        assert_eq!(fault("fn f() { #[cfg(not(twin))] a(); b(); }"), None);
        assert_eq!(fault("m! { #[cfg(twin)] a }"), None);
        assert_eq!(fault("fn f(#[cfg(twin)] x: u8) {}"), None);
    }

    #[test]
    fn each_of_the_two_is_a_text_of_its_own() {
        let text = "// Kept.\n#[cfg(not(twin))]\nfn f() { a() }\n#[cfg(twin)]\nfn f() { b() }\nfn main() {\n    #[cfg(twin)]\n    c();\n}\n";
        let lines = |twin| {
            let alone = Source::look(text, |source| alone(source, text, twin));
            let text = alone.expect("the text is Rust");
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        let case = ["// Kept.", "fn f() { a() }", "fn main() {", "}"];
        assert_eq!(lines(false), case);
        let twin = ["// Kept.", "fn f() { b() }", "fn main() {", "c();", "}"];
        assert_eq!(lines(true), twin);
    }

    #[test]
    fn an_equal_twin_is_a_fault() {
        let equal = Some("the twin is equal to the case");
        assert_eq!(
            fault("#[cfg(not(twin))] fn f() { a() } #[cfg(twin)] fn f() { a() }"),
            equal
        );
        assert_eq!(
            fault("fn f() { #[cfg(not(twin))] a(); #[cfg(twin)] a(); }"),
            equal
        );
        assert_eq!(
            fault("impl S { #[cfg(not(twin))] fn f() {} #[cfg(twin)] fn f() {} }"),
            equal
        );
    }
}
