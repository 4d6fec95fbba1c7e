//! What a patch does to the public items: new, changed or gone, and whether an
//! operation of the contract covers it.
//!
//! Owns the comparison. A new item that nothing covers is unproven: no program
//! was ever tried with it.

use std::collections::BTreeSet;

use super::change::Change;
use super::change::Hunk;
use crate::subject::matrix::Contract;
use crate::subject::surface::Item;
use crate::subject::surface::Span;
use crate::subject::surface::Surface;

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It was not there before.
    New,
    /// It promises something else.
    Changed,
    /// It is not there any more.
    Gone,
}

/// An item that a patch changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Novelty {
    /// What became of it.
    pub fate: Fate,
    /// Its name, as `matrix` has it.
    pub name: String,
    /// Whether the contract covers it.
    pub is_covered: bool,
    /// The changed lines that declare it, if the patch has them.
    pub changes: Vec<Change>,
}

impl Novelty {
    /// Whether nothing was tried with what it promises now.
    pub fn is_unproven(&self) -> bool {
        self.fate != Fate::Gone && !self.is_covered
    }

    /// The word that programs name it by: of an impl, the trait.
    pub fn word(&self) -> &str {
        let last = self
            .name
            .rsplit_once(": ")
            .map_or(self.name.as_str(), |(_, of)| of);
        let bare = last.split('<').next().unwrap_or(last);
        let bare = bare.rsplit("::").next().unwrap_or(bare);
        bare.trim_end_matches('!')
    }

    /// Whether it makes a type a context.
    pub fn is_context(&self) -> bool {
        self.name.ends_with(": DeviceContext")
    }
}

/// Everything that a contract says something about.
pub fn covered(contract: &Contract) -> BTreeSet<String> {
    let operations = contract.operations.iter();
    let names = operations.flat_map(|operation| &operation.covers);
    let exempt = contract.exempt.iter().flat_map(|exempt| &exempt.items);
    let names = names.chain(exempt).map(ToString::to_string);
    names.collect()
}

/// What a patch does to the items.
pub fn difference(
    before: &Surface,
    after: &Surface,
    hunks: &[Hunk],
    covered: &BTreeSet<String>,
) -> Vec<Novelty> {
    let novelty = |fate: Fate, name: &str, item: &Item| Novelty {
        fate,
        name: name.to_owned(),
        is_covered: covered.contains(name),
        changes: declaring(hunks, fate != Fate::Gone, item),
    };
    let mut novelties = Vec::new();
    for (name, item) in &after.items {
        match before.items.get(name) {
            None => novelties.push(novelty(Fate::New, name, item)),
            Some(known) if known.promises != item.promises || is_rewritten(name, item, hunks) => {
                novelties.push(novelty(Fate::Changed, name, item));
            }
            Some(_) => {}
        }
    }
    let gone = before.items.iter();
    let gone = gone.filter(|(name, _)| !after.items.contains_key(*name));
    novelties.extend(gone.map(|(name, item)| novelty(Fate::Gone, name, item)));
    novelties.sort_by_key(|novelty| (novelty.fate, !novelty.is_unproven()));
    novelties
}

/// Whether the text of a macro was changed: its users compile all of it, and
/// rustdoc tells only its patterns.
fn is_rewritten(name: &str, item: &Item, hunks: &[Hunk]) -> bool {
    name.ends_with('!') && !declaring(hunks, true, item).is_empty()
}

/// The changed lines that declare an item: the first one in the narrowest place
/// that has any, with what it replaces.
fn declaring(hunks: &[Hunk], is_there: bool, item: &Item) -> Vec<Change> {
    let changes = || hunks.iter().flat_map(|hunk| &hunk.changes);
    let found = |wanted: &dyn Fn(&Change, &Span) -> bool| {
        let mut spans = item.spans.iter();
        spans.find_map(|span| changes().find(|change| wanted(change, span)))
    };
    // Where lines are only taken out, they were before what is there now.
    let first = found(&|change, span| change.is_added == is_there && change.is_in(span))
        .or_else(|| found(&|change, span| is_there && change.is_gone_from(span)));
    let Some(first) = first else {
        return Vec::new();
    };
    let replaces = |other: &&Change| {
        first.is_added && !other.is_added && other.file == first.file && other.new == first.new
    };
    let pair = changes().find(replaces).into_iter().chain([first]);
    pair.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(promise: &str, lines: &[(usize, usize)]) -> Item {
        let span = |(first, last): &(usize, usize)| Span {
            file: "f.rs".into(),
            lines: *first..=*last,
        };
        Item {
            promises: BTreeSet::from([promise.to_owned()]),
            spans: lines.iter().map(span).collect(),
        }
    }

    fn change(quote: &str, old: usize, new: usize) -> Change {
        Change {
            file: "f.rs".into(),
            is_added: quote.starts_with('+'),
            quote: quote.to_owned(),
            old,
            new,
            input: 1,
        }
    }

    fn surface(items: &[(&str, Item)]) -> Surface {
        let items = items.iter().cloned();
        Surface {
            items: items.map(|(name, item)| (name.to_owned(), item)).collect(),
            ..Surface::default()
        }
    }

    #[test]
    fn an_item_is_new_changed_or_gone_at_its_lines_of_the_patch() {
        let changes = [
            change("-impl D<u8> {", 2, 2),
            change("+impl<C> D<C> {", 3, 2),
            change("-pub fn g();", 4, 4),
            change("+pub fn h();", 5, 4),
        ];
        let hunk = Hunk {
            file: "f.rs".into(),
            lines: 1..=6,
            changes: changes.to_vec(),
        };
        let before = [
            ("drm::D::f", item("for u8", &[(3, 3), (2, 5)])),
            ("drm::D::g", item("g", &[(4, 4), (2, 5)])),
            ("drm::E", item("e", &[(9, 9)])),
        ];
        let after = [
            ("drm::D::f", item("for all", &[(3, 3), (2, 5)])),
            ("drm::D::h", item("h", &[(4, 4), (2, 5)])),
            ("drm::E", item("e", &[(9, 9)])),
        ];
        let covered = BTreeSet::from(["drm::D::f".to_owned()]);
        let found = difference(&surface(&before), &surface(&after), &[hunk], &covered);
        let found: Vec<_> = found
            .iter()
            .map(|known| {
                let quotes = known.changes.iter().map(|change| change.quote.as_str());
                let quotes = quotes.collect::<Vec<_>>().join("|");
                (known.fate, known.name.as_str(), known.is_unproven(), quotes)
            })
            .collect();
        let expected = [
            (Fate::New, "drm::D::h", true, "-pub fn g();|+pub fn h();"),
            (
                Fate::Changed,
                "drm::D::f",
                false,
                "-impl D<u8> {|+impl<C> D<C> {",
            ),
            (Fate::Gone, "drm::D::g", false, "-pub fn g();"),
        ];
        assert_eq!(
            found,
            expected.map(|(fate, name, is_unproven, quotes)| {
                (fate, name, is_unproven, quotes.to_owned())
            })
        );
    }

    #[test]
    fn a_macro_is_changed_where_its_text_is() {
        let hunk = Hunk {
            file: "f.rs".into(),
            lines: 1..=6,
            changes: vec![change("-    let _: for<'a> fn(&'a _) = $f;", 4, 4)],
        };
        let at = |first, last| surface(&[("declare!", item("(..) => {..}", &[(first, last)]))]);
        let found = |first, last| {
            let (before, after) = (at(first, last + 1), at(first, last));
            difference(
                &before,
                &after,
                std::slice::from_ref(&hunk),
                &BTreeSet::new(),
            )
        };
        assert_eq!(found(2, 6)[0].changes, hunk.changes);
        assert_eq!(found(5, 6), []);
    }

    #[test]
    fn the_word_of_an_impl_is_its_trait() {
        let word = |name: &str| {
            let name = name.to_owned();
            Novelty {
                fate: Fate::New,
                name,
                is_covered: true,
                changes: Vec::new(),
            }
            .word()
            .to_owned()
        };
        assert_eq!(word("drm::Device::open"), "open");
        assert_eq!(word("drm::Device<T>: AsRef<T::Parent<Bound>>"), "AsRef");
        assert_eq!(word("declare!"), "declare");
    }
}
