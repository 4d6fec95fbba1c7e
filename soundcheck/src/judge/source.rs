//! The text of a case, parsed once for all that look at it.

use proc_macro2::TokenStream;
use proc_macro2::TokenTree;

/// Whether code says a word, and not only a comment or a text in it.
pub fn says(text: &str, word: &str) -> bool {
    let tokens: Result<TokenStream, _> = text.parse();
    tokens.is_ok_and(|tokens| has(tokens, word))
}

fn has(tokens: TokenStream, word: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == word,
        TokenTree::Group(group) => has(group.stream(), word),
        _ => false,
    })
}

/// A file that was parsed.
pub struct Source {
    /// Its tokens.
    pub tokens: TokenStream,
    /// Its items.
    pub file: syn::File,
}

impl Source {
    /// Parses a text, if it is Rust.
    pub fn parse(text: &str) -> Option<Self> {
        let tokens: TokenStream = text.parse().ok()?;
        let file = syn::parse2(tokens.clone()).ok()?;
        Some(Self { tokens, file })
    }
}
