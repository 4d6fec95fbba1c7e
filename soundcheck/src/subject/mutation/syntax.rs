//! Small questions about syntax and text that several operators ask.

use syn::visit::Visit;
use syn::Attribute;
use syn::Block;
use syn::Expr;
use syn::GenericParam;
use syn::Generics;

/// Text without spaces: words that would run together get a hyphen.
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::new();
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    for word in text.split_whitespace() {
        let ends = squeezed.chars().next_back().is_some_and(is_word);
        if ends && word.starts_with(is_word) {
            squeezed.push('-');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// Text in one line, with single spaces, cut where it gets long.
pub fn one_line(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<&str>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(80) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// Whether an item is there for tests only.
pub fn is_test(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        syn::Meta::List(list) if attr.path().is_ident("cfg") => list.tokens.to_string() == "test",
        _ => attr.path().is_ident("test"),
    })
}

/// The last name of a path.
pub fn last_name(path: &syn::Path) -> String {
    let last = path.segments.last();
    last.map(|last| last.ident.to_string()).unwrap_or_default()
}

/// The last name of a type's path: `Device` of `drm::Device<T>`, also behind a reference.
pub fn head(of: &syn::Type) -> Option<String> {
    match of {
        syn::Type::Path(path) => Some(last_name(&path.path)),
        syn::Type::Reference(reference) => head(&reference.elem),
        syn::Type::Paren(paren) => head(&paren.elem),
        syn::Type::Group(group) => head(&group.elem),
        _ => None,
    }
}

/// The names of type parameters, lifetimes and constants, in the order of a type's arguments.
pub fn arguments(generics: &Generics) -> Vec<String> {
    let name = |param: &GenericParam| match param {
        GenericParam::Lifetime(param) => param.lifetime.to_string(),
        GenericParam::Type(param) => param.ident.to_string(),
        GenericParam::Const(param) => param.ident.to_string(),
    };
    generics.params.iter().map(name).collect()
}

/// Every expression of a body, outer ones first; not those of items in it.
pub fn expressions(block: &Block) -> Vec<&Expr> {
    let mut all = Collected::default();
    all.visit_block(block);
    all.expressions
}

/// Every block of a body, itself first.
pub fn blocks(block: &Block) -> Vec<&Block> {
    let mut all = Collected::default();
    all.visit_block(block);
    all.blocks
}

#[derive(Default)]
struct Collected<'a> {
    expressions: Vec<&'a Expr>,
    blocks: Vec<&'a Block>,
}

impl<'a> Visit<'a> for Collected<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        self.expressions.push(expr);
        syn::visit::visit_expr(self, expr);
    }

    fn visit_block(&mut self, block: &'a Block) {
        self.blocks.push(block);
        syn::visit::visit_block(self, block);
    }

    fn visit_item(&mut self, _: &'a syn::Item) {}
}
