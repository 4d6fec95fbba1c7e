//! A walk over the tokens of a file, which sees into macros as well.

use std::ops::Range;

use proc_macro2::Delimiter;
use proc_macro2::Group;
use proc_macro2::TokenStream;
use proc_macro2::TokenTree;
use syn::Item;

use crate::subject::mutation::place::item_attrs;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::syntax::is_test;

/// Every row of sibling tokens of the macros of a file, with the path of the macro.
pub fn in_macros(source: &Source) -> Vec<(String, Vec<TokenTree>)> {
    let mut rows = Vec::new();
    for place in source.places() {
        if let Some(Item::Macro(item)) = place.item() {
            if !is_test(item_attrs(&Item::Macro(item.clone()))) {
                collect(&place.path, item.mac.tokens.clone(), &mut rows);
            }
        }
    }
    rows
}

/// Every row of sibling tokens of a stream, the stream's own first.
pub fn rows(path: &str, tokens: TokenStream) -> Vec<(String, Vec<TokenTree>)> {
    let mut found = Vec::new();
    collect(path, tokens, &mut found);
    found
}

fn collect(path: &str, tokens: TokenStream, rows: &mut Vec<(String, Vec<TokenTree>)>) {
    let row: Vec<TokenTree> = tokens.into_iter().collect();
    rows.push((path.to_owned(), row.clone()));
    for token in row {
        if let TokenTree::Group(group) = token {
            collect(path, group.stream(), rows);
        }
    }
}

/// Whether a token is a certain word.
pub fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

/// Whether a token is a certain sign.
pub fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// A token that is a group in certain brackets.
pub fn as_group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<&Group> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

/// The bytes from one token to another.
pub fn between(first: &TokenTree, last: &TokenTree) -> Range<usize> {
    first.span().byte_range().start..last.span().byte_range().end
}
