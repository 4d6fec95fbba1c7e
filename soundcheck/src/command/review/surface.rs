//! What a patch does to the public items: new, changed or gone, and whether an
//! operation of the contract covers it.
//!
//! Owns the comparison. A new item that nothing covers is unproven: no program
//! was ever tried with it.

use std::collections::BTreeSet;

use super::items::Item;
use super::items::Items;
use super::place;
use super::place::Place;
use super::series::Patch;
use crate::subject::matrix::Contract;

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
    /// The nearest change.
    pub place: Option<Place>,
}

impl Novelty {
    /// Whether nothing was tried with what it promises now.
    pub fn is_unproven(&self) -> bool {
        self.fate != Fate::Gone && !self.is_covered
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
    before: &Items,
    after: &Items,
    patch: &Patch,
    covered: &BTreeSet<String>,
) -> Vec<Novelty> {
    let novelty = |fate: Fate, name: &str, item: &Item| Novelty {
        fate,
        name: name.to_owned(),
        is_covered: covered.contains(name),
        place: place(patch, fate, name, item),
    };
    let mut novelties = Vec::new();
    for (name, item) in &after.items {
        match before.items.get(name) {
            None => novelties.push(novelty(Fate::New, name, item)),
            Some(known) if known.text != item.text => {
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

/// A change that names the item, or else the one that is nearest to it.
fn place(patch: &Patch, fate: Fate, name: &str, item: &Item) -> Option<Place> {
    let word = word(name);
    let is_added = fate != Fate::Gone;
    let is_code = |text: &str| !text.trim_start().starts_with("//");
    let nearest = |wanted: &dyn Fn(&str, bool) -> bool| {
        place::nearest(patch, &item.file, item.line, |change| {
            wanted(&change.text, change.is_added) && is_code(&change.text)
        })
    };
    let by_name = nearest(&|text, added| added == is_added && has_word(text, word));
    by_name
        .or_else(|| nearest(&|_, added| added == is_added))
        .or_else(|| nearest(&|_, _| true))
}

/// The word of a name that its declaration is found by: of a trait impl, the
/// trait.
fn word(name: &str) -> &str {
    let last = name
        .rsplit_once(": ")
        .map_or(name, |(_, implemented)| implemented);
    let bare = last.split('<').next().unwrap_or(last);
    let bare = bare.rsplit("::").next().unwrap_or(bare);
    bare.trim_end_matches('!')
}

fn has_word(text: &str, word: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.split(|letter| !is_letter(letter))
        .any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use camino::Utf8Path;

    use super::super::series::Series;
    use super::*;

    const BEFORE: &str =
        "pub struct D;\nimpl D {\n    pub fn f(&self) {}\n    pub fn g(&self) {}\n}\n";
    const AFTER: &str = "pub struct D;\nimpl D {\n    pub fn f(&self, n: u8) {}\n    /// New.\n    pub fn h(&self) {}\n}\n";

    fn items(text: &str) -> Items {
        let tree = tempfile::tempdir().expect("a directory can be made");
        let root = Utf8Path::from_path(tree.path()).expect("temporary paths are UTF-8");
        fs::create_dir_all(root.join("drm")).expect("a folder can be made");
        fs::write(root.join("drm/mod.rs"), text).expect("a file can be written");
        Items::read(root, Utf8Path::new("drm")).expect("it is readable")
    }

    #[test]
    fn an_item_is_new_changed_or_gone_at_its_line_of_the_patch() {
        let mut options = diffy::DiffOptions::new();
        options.set_original_filename("a/drm/mod.rs");
        options.set_modified_filename("b/drm/mod.rs");
        let patch = options.create_patch(BEFORE, AFTER).to_string();
        let series = Series::parse("x.patch", patch.as_bytes()).expect("it is a patch");
        let covered = BTreeSet::from(["drm::D::f".to_owned()]);
        let found = difference(&items(BEFORE), &items(AFTER), &series.patches[0], &covered);
        let found: Vec<_> = found
            .iter()
            .map(|novelty| {
                let quote = novelty.place.as_ref().map(|place| place.quote.trim_start());
                (
                    novelty.fate,
                    novelty.name.as_str(),
                    novelty.is_unproven(),
                    quote,
                )
            })
            .collect();
        let expected = [
            (
                Fate::New,
                "drm::D::h",
                true,
                Some("+    pub fn h(&self) {}"),
            ),
            (
                Fate::Changed,
                "drm::D::f",
                false,
                Some("+    pub fn f(&self, n: u8) {}"),
            ),
            (
                Fate::Gone,
                "drm::D::g",
                false,
                Some("-    pub fn g(&self) {}"),
            ),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_word_of_an_impl_is_its_trait() {
        assert_eq!(word("drm::Device::open"), "open");
        assert_eq!(word("drm::Device<T>: AsRef<T::Parent<Bound>>"), "AsRef");
        assert_eq!(word("declare!"), "declare");
    }
}
