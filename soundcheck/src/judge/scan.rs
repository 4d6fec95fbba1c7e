//! The static look at a file, and a store for what it found.
//!
//! Owns the one parse that `prescan` and `twin` share. A parse costs more than
//! anything else that a run without changes does, so its result is kept under
//! the hash of the text.

use std::borrow::Cow;

use proc_macro2::TokenStream;
use serde::Deserialize;
use serde::Serialize;

use crate::ground::facts::Facts;
use crate::ground::key::Key;
use crate::judge::depth;
use crate::judge::prescan;
use crate::judge::source::Source;
use crate::judge::twin;

/// What can be said about a file without a compiler.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scan {
    /// Whether it consists of tokens, as a file of Rust does.
    pub has_tokens: bool,
    /// The line that is nested too deeply to look any further, if there is one.
    pub too_deep: Option<usize>,
    /// Whether it is Rust at all.
    pub parses: bool,
    /// Why a case must be judged alone, if it must.
    pub alone: Option<Cow<'static, str>>,
    /// Whether nothing that it implements is known to another file.
    pub quiet: bool,
    /// Whether it needs what only std has.
    pub needs_std: bool,
    /// What is wrong with its twin, if anything.
    pub twin_fault: Option<Cow<'static, str>>,
    /// Whether it has a `pub fn main`.
    pub has_public_main: bool,
    /// The word by which it leaves safe code, or takes in a text that is not
    /// scanned.
    pub unsafe_word: Option<Cow<'static, str>>,
}

impl Scan {
    /// Looks at a text.
    pub fn of(text: &str) -> Self {
        let Ok(tokens) = text.parse::<TokenStream>() else {
            return Self::unread("does not parse");
        };
        let depth = depth::of(tokens.clone());
        let scan = match Source::look_at(text, &tokens, depth, Self::of_source) {
            Some(scan) => scan,
            None if depth.beyond.is_some() => Self::unread("nested too deeply"),
            None => Self::unread("does not parse"),
        };
        Self {
            has_tokens: true,
            too_deep: depth.beyond,
            unsafe_word: prescan::unsafe_word(tokens).map(Cow::Borrowed),
            ..scan
        }
    }

    fn of_source(source: &Source) -> Self {
        Self {
            parses: true,
            alone: prescan::alone(source).map(Cow::Borrowed),
            quiet: prescan::is_quiet(&source.file),
            needs_std: prescan::needs_std(source),
            twin_fault: twin::fault(source).map(Cow::Borrowed),
            has_public_main: has_public_main(&source.file),
            ..Self::default()
        }
    }

    fn unread(why: &'static str) -> Self {
        Self {
            alone: Some(Cow::Borrowed(why)),
            ..Self::default()
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
    store: Facts<Scan>,
}

impl Scans {
    /// What earlier runs found, kept in a store.
    pub fn new(store: Facts<Scan>) -> Self {
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
