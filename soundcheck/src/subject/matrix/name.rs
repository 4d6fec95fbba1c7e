//! A name or a sentence in a contract, which knows where it stands.
//!
//! Owns nothing else: what it may say is checked in `check`, and `sources` turns
//! its place into a file and a line.

use std::fmt;
use std::ops::Deref;

use serde::Deserialize;
use toml::Spanned;

/// A text in a contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Name(Spanned<String>);

impl Name {
    /// The byte that it begins at.
    pub fn at(&self) -> usize {
        self.0.span().start
    }

    /// Its text, for as long as the contract lives.
    pub fn as_str(&self) -> &str {
        self.0.get_ref()
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

/// Whether a list of names has a name.
pub fn has(names: &[Name], name: &str) -> bool {
    names.iter().any(|known| **known == *name)
}

/// Whether a list of names has a name, or is empty and stands for all.
pub fn speaks_of(names: &[Name], name: &str) -> bool {
    names.is_empty() || has(names, name)
}
