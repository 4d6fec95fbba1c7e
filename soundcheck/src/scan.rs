//! The static look at a file, and a store for what it found.
//!
//! Owns the one parse that `prescan` and `twin` share. A parse costs more than
//! anything else that a run without changes does, so its result is kept under
//! the hash of the text.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use serde::Deserialize;
use serde::Serialize;

use crate::prescan;
use crate::store::Key;
use crate::store::Store;
use crate::twin;

/// What can be said about a file without a compiler.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// Whether it is Rust at all.
    pub parses: bool,
    /// Why a case must be judged alone, if it must.
    pub alone: Option<Cow<'static, str>>,
    /// Whether nothing that it implements is known to another file.
    pub quiet: bool,
    /// What is wrong with its twin, if anything.
    pub twin_fault: Option<Cow<'static, str>>,
    /// Whether it has a `pub fn main`.
    pub has_public_main: bool,
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

impl Scan {
    /// Looks at a text.
    pub fn of(text: &str) -> Self {
        let Some(source) = Source::parse(text) else {
            return Self {
                parses: false,
                alone: Some(Cow::Borrowed("does not parse")),
                quiet: false,
                twin_fault: None,
                has_public_main: false,
            };
        };
        Self {
            parses: true,
            alone: prescan::alone(&source).map(Cow::Borrowed),
            quiet: prescan::is_quiet(&source.file),
            twin_fault: twin::fault(&source).map(Cow::Borrowed),
            has_public_main: has_public_main(&source.file),
        }
    }
}

fn has_public_main(file: &syn::File) -> bool {
    file.items.iter().any(|item| match item {
        syn::Item::Fn(function) => {
            function.sig.ident == "main" && matches!(function.vis, syn::Visibility::Public(_))
        }
        _ => false,
    })
}

/// Scans that are remembered from run to run.
pub struct Scans {
    store: Store<Scan>,
}

impl Scans {
    /// What earlier runs found, kept in a store.
    pub fn new(store: Store<Scan>) -> Self {
        Self { store }
    }

    /// The scan of a text whose hash is known.
    pub fn of(&self, key: Key, text: &str) -> Scan {
        if let Some(known) = self.store.get(&key) {
            return known;
        }
        let scan = Scan::of(text);
        self.store.put(key, scan.clone());
        scan
    }

    /// Keeps what was new. A store that cannot be written costs time only.
    pub fn save(self) {
        drop(self.store.save());
    }
}
