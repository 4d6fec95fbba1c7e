//! The names of items against those of the matrix, and what a change of an item
//! is.

use std::collections::BTreeMap;

use super::*;
use crate::subject::matrix;

fn read(text: &str) -> BTreeMap<String, Item> {
    let tree = tempfile::tempdir().expect("a directory can be made");
    let root = Utf8Path::from_path(tree.path()).expect("temporary paths are UTF-8");
    fs::create_dir_all(root.join("drm")).expect("a folder can be made");
    fs::write(root.join("drm/mod.rs"), text).expect("a file can be written");
    let items = Items::read(root, Utf8Path::new("drm")).expect("it is readable");
    assert_eq!(items.unread, [""; 0]);
    items.items
}

fn names(text: &str) -> Vec<String> {
    read(text).into_keys().collect()
}

/// What macros make of the API: it has these names, and no text does.
const MADE: [&str; 8] = [
    "drm::Device<T, Ioctl>: Deref",
    "drm::Device<T, Registered>: Deref",
    "drm::Driver::OwnerModule",
    "drm::Driver::USE_VTABLE_ATTR",
    "drm::Ioctl: DeviceContext",
    "drm::Normal: DeviceContext",
    "drm::Registered: DeviceContext",
    "drm::gem::Object<T, C>: HasPinData",
];

#[test]
fn items_have_the_names_that_the_contract_covers_them_by() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let items = Items::read(&root, Utf8Path::new("api/src/drm")).expect("it is readable");
    assert_eq!(items.unread, [""; 0]);
    let contract = matrix::load(&root, Utf8Path::new("contracts/api.toml"), &BTreeMap::new());
    let contract = contract.expect("it has no mistake").expect("it is there");
    let covered = contract.operations.iter().flat_map(|known| &known.covers);
    let exempt = contract.exempt.iter().flat_map(|known| &known.items);
    let wanted: BTreeSet<&str> = covered.chain(exempt).map(|name| name.as_str()).collect();
    let found: BTreeSet<&str> = items.items.keys().map(String::as_str).collect();
    let missing: Vec<_> = wanted.difference(&found).collect();
    let more: Vec<_> = found.difference(&wanted).collect();
    assert_eq!((missing, more), (MADE.iter().collect(), vec![]));
}

#[test]
fn exports_shorten_names() {
    let found = names(
        "mod device { pub struct Device<T>(T); pub struct Hidden; \
         impl<T> Device<T> { pub fn open(&self) {} fn own(&self) {} } \
         unsafe impl<T: Send> Send for Device<T> {} } \
         pub use self::device::Device;",
    );
    let expected = ["drm::Device", "drm::Device::open", "drm::Device<T>: Send"];
    assert_eq!(found, expected);
}

#[test]
fn an_export_of_everything_exports_what_is_public() {
    let found = names(
        "mod va { pub struct Va; struct Own; impl Va { pub fn addr(&self) {} } } pub use self::va::*;",
    );
    assert_eq!(found, ["drm::Va", "drm::Va::addr"]);
}

#[test]
fn a_macro_for_drivers_is_an_item() {
    let found =
        names("#[macro_export] macro_rules! declare { () => {} } macro_rules! own { () => {} }");
    assert_eq!(found, ["declare!"]);
}

#[test]
fn a_body_or_a_comment_is_no_change_and_a_bound_is_one() {
    let text = |code: &str| read(code)["drm::f"].text.clone();
    let one = text("/// Does.\npub fn f<T>(t: &T) { one() }");
    assert_eq!(one, text("/// Does more.\npub fn f<T>(t: &T) { two() }"));
    assert_ne!(one, text("pub fn f<T: Send>(t: &T) { one() }"));
    assert_ne!(one, text("pub unsafe fn f<T>(t: &T) { one() }"));
}

#[test]
fn an_impl_for_more_types_changes_its_members() {
    let text = |code: &str| read(code)["drm::D::f"].text.clone();
    let one = text("pub struct D<C>(C); impl D<u8> { pub fn f(&self) {} }");
    assert_ne!(
        one,
        text("pub struct D<C>(C); impl<C> D<C> { pub fn f(&self) {} }")
    );
}

#[test]
fn lines_are_those_of_the_file() {
    let items = read("pub struct D;\n\nimpl D {\n    /// Does.\n    pub fn f(&self) {}\n}\n");
    assert_eq!((items["drm::D"].line, items["drm::D::f"].line), (1, 4));
}
