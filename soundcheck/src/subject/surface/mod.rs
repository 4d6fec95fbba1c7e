//! The public items of `kernel::drm`, as rustdoc sees them.
//!
//! Owns what is known of an item: its name, what it promises, and where it is. What a contract says about it is for `matrix`.

pub mod lane;
pub mod listing;
mod name;
mod promise;
mod walk;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use anyhow::bail;
use anyhow::Context as _;
use camino::Utf8PathBuf;
use rustdoc_types::Crate;
use rustdoc_types::FORMAT_VERSION;

use crate::subject::target::AtHand;

/// The public items, by name.
#[derive(Clone, Debug, Default)]
pub struct Surface {
    /// The items.
    pub items: BTreeMap<String, Item>,
    /// What no contract speaks of by itself, and who reads the items must see:
    /// public fields, derived impls, and what may cross threads.
    pub beside: BTreeMap<String, Item>,
}

/// A public item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What it promises, to compare it by: a text for each declaration of that
    /// name, without documentation, bodies and places.
    pub promises: BTreeSet<String>,
    /// Where it is declared, the narrowest place first: a method has its own,
    /// and that of its impl.
    pub spans: Vec<Span>,
}

/// Some lines of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The file, below the root of its tree.
    pub file: Utf8PathBuf,
    /// The lines, counted from 1.
    pub lines: RangeInclusive<usize>,
}

impl Surface {
    /// Asks rustdoc about what is judged.
    ///
    /// # Errors
    ///
    /// It does not build, rustdoc fails, or it writes another format than this
    /// tool reads.
    pub fn of(at_hand: &AtHand<'_>) -> anyhow::Result<Self> {
        Self::parse(&at_hand.document()?)
    }

    /// Reads the output of rustdoc.
    ///
    /// # Errors
    ///
    /// It has another format than this tool reads.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let krate: Crate = serde_json::from_str(text).context("cannot read rustdoc's output")?;
        if krate.format_version != FORMAT_VERSION {
            let found = krate.format_version;
            bail!("rustdoc writes format {found}, and this tool reads {FORMAT_VERSION}");
        }
        Ok(walk::surface(&krate))
    }
}

#[cfg(test)]
mod tests;
