//! The names of items, and what a change of an item is, as rustdoc tells them
//! about small crates.

use std::fs;
use std::process::Command;

use super::*;

/// The public items of a crate whose module `drm` has a text.
fn read(text: &str) -> BTreeMap<String, Item> {
    let folder = tempfile::tempdir().expect("a directory can be made");
    fs::create_dir_all(folder.path().join("rust/kernel/drm")).expect("a folder can be made");
    let write = |path: &str, text: &str| {
        fs::write(folder.path().join(path), text).expect("a file can be written");
    };
    write("rust/kernel/lib.rs", "#![allow(unused)]\npub mod drm;");
    write("rust/kernel/drm/mod.rs", text);
    let output = Command::new("rustdoc")
        .args([
            "-Zunstable-options",
            "--output-format=json",
            "--crate-name=kernel",
        ])
        .arg(folder.path().join("rust/kernel/lib.rs"))
        .arg("--out-dir")
        .arg(folder.path())
        .env("RUSTC_BOOTSTRAP", "1")
        .output()
        .expect("rustdoc can be run");
    assert!(output.status.success(), "{output:?}");
    let text = fs::read_to_string(folder.path().join("kernel.json"));
    let surface = Surface::parse(&text.expect("rustdoc has written it"));
    surface.expect("it is readable").items
}

fn names(text: &str) -> Vec<String> {
    read(text).into_keys().collect()
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
fn a_macro_for_drivers_is_an_item_and_what_is_hidden_is_none() {
    let found = names(
        "#[macro_export] macro_rules! declare { () => {} } macro_rules! own { () => {} } \
         #[doc(hidden)] pub fn hidden() {}",
    );
    assert_eq!(found, ["declare!"]);
}

#[test]
fn a_body_or_a_comment_is_no_change_and_a_bound_is_one() {
    let promises = |code: &str| read(code)["drm::f"].promises.clone();
    let one = promises("/// Does.\npub fn f<T>(t: &T) -> Option<T> { None }");
    // What stands before it gives it other numbers.
    let other = "pub struct A; impl Clone for A { fn clone(&self) -> A { A } }\n\
        /// Does more.\n#[inline]\npub fn f<T>(t: &T) -> Option<T> { let _ = t; None }";
    assert_eq!(one, promises(other));
    for changed in [
        "pub fn f<T: Send>(t: &T) -> Option<T> { None }",
        "pub unsafe fn f<T>(t: &T) -> Option<T> { None }",
        "pub fn f<T>(t: &T) -> Result<T, ()> { Err(()) }",
    ] {
        assert_ne!(one, promises(changed), "{changed}");
    }
}

#[test]
fn an_impl_for_more_types_changes_its_members() {
    let promises = |code: &str| {
        let code = format!("pub struct D<C>(C); {code} {{ pub fn f(&self) {{}} }}");
        read(&code)["drm::D::f"].promises.clone()
    };
    let one = promises("impl D<u8>");
    assert_ne!(one, promises("impl<C> D<C>"));
    assert_ne!(promises("impl<C: Send> D<C>"), promises("impl<C> D<C>"));
}

#[test]
fn a_public_field_a_variant_and_an_associated_type_are_promises() {
    let promises = |name: &str, code: &str| read(code)[name].promises.clone();
    let field = |of: &str| promises("drm::D", &format!("pub struct D {{ pub f: {of}, g: u8 }}"));
    assert_ne!(field("u8"), field("u16"));
    let variant = |of: &str| promises("drm::E", &format!("pub enum E {{ A({of}) }}"));
    assert_ne!(variant("u8"), variant("u16"));
    let target = |of: &str| {
        let code = format!(
            "pub struct D({of}); impl core::ops::Deref for D {{ type Target = {of}; \
             fn deref(&self) -> &{of} {{ &self.0 }} }}"
        );
        promises("drm::D: Deref", &code)
    };
    assert_ne!(target("u8"), target("u16"));
}

#[test]
fn a_method_is_in_its_own_lines_and_in_those_of_its_impl() {
    let items = read("pub struct D;\n\nimpl D {\n    /// Does.\n    pub fn f(&self) {}\n}\n");
    let spans = &items["drm::D::f"].spans;
    let lines: Vec<_> = spans.iter().map(|span| span.lines.clone()).collect();
    assert_eq!(lines, [5..=5, 3..=6]);
    assert_eq!(spans[0].file, "rust/kernel/drm/mod.rs");
}
