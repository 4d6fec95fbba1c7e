//! The text of a case, parsed once for all that look at it.

use proc_macro2::TokenStream;
use proc_macro2::TokenTree;

use crate::judge::depth;
use crate::judge::depth::Depth;

/// Whether code says a word, and not only a comment or a text in it.
pub fn says(text: &str, word: &str) -> bool {
    let tokens: Result<TokenStream, _> = text.parse();
    tokens.is_ok_and(|tokens| has(tokens, word))
}

/// Whether tokens have a word, also in brackets.
pub fn has(tokens: TokenStream, word: &str) -> bool {
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
    /// Parses a text, if it is Rust, and looks at it.
    pub fn look<T: Send>(text: &str, look: impl FnOnce(&Self) -> T + Send) -> Option<T> {
        let tokens: TokenStream = text.parse().ok()?;
        Self::look_at(text, &tokens, depth::of(tokens.clone()), look)
    }

    /// Does the same with the tokens of the text, whose depth is known. What is
    /// deep is parsed, and dropped, where there is room for it.
    pub fn look_at<T: Send>(
        text: &str,
        tokens: &TokenStream,
        depth: Depth,
        look: impl FnOnce(&Self) -> T + Send,
    ) -> Option<T> {
        if depth.beyond.is_some() {
            return None;
        }
        if depth.is_ordinary() {
            return Self::new(tokens.clone()).map(|source| look(&source));
        }
        depth::with_room(|| {
            let source = Self::new(text.parse().ok()?);
            source.map(|source| look(&source))
        })
    }

    fn new(tokens: TokenStream) -> Option<Self> {
        let file = syn::parse2(tokens.clone()).ok()?;
        Some(Self { tokens, file })
    }
}
