//! Tests over all operators: on small sources, on ours, and against their documentation.

use std::collections::BTreeSet;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::subject::mutation::generate::mutants;
use crate::subject::mutation::generate::of_operator;
use crate::subject::mutation::mutant::apply;
use crate::subject::mutation::mutant::Mutant;
use crate::subject::mutation::mutant::Texts;
use crate::subject::mutation::operators::all;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::State;
use crate::subject::mutation::states::States;

/// What every small source stands behind: a type with three states.
const DOOR: &str = "
pub trait Known: Sealed + 'static {}
pub struct Any;
pub struct Shut;
pub struct Locked;
impl Known for Any {}
impl Known for Shut {}
impl Known for Locked {}
";

/// Every operator with a source, and lines that some mutant of it adds.
const EXAMPLES: &[(&str, &str, &[&str])] = &[
    ("add-clone", "pub struct Key { id: u8 }", &["impl Clone for Key {"]),
    (
        "add-conversion",
        "pub struct Door<C: Known = Any>(PhantomData<C>);",
        &["impl AsRef<Door<Locked>> for Door<Any> {"],
    ),
    ("add-copy", "pub struct Key<'a> { of: &'a u8 }", &["impl<'a> Copy for Key<'a> {}"]),
    ("add-default", "pub struct Key(u8);", &["impl Default for Key {"]),
    (
        "add-deref-mut",
        "impl Deref for Key { type Target = u8; fn deref(&self) -> &u8 { &self.0 } }",
        &["impl core::ops::DerefMut for Key {"],
    ),
    (
        "add-handle-conversion",
        "pub struct Door<C: Known = Any>(PhantomData<C>); pub struct Key(Arc<Door>);",
        &["    type Target = Door<Locked>;"],
    ),
    ("add-send", "pub struct Key(*mut u8);", &["unsafe impl Send for Key {}"]),
    ("add-sync", "pub struct Key(Cell<u8>);", &["unsafe impl Sync for Key {}"]),
    ("add-unpin", "pub struct Key(Opaque<u8>);", &["impl Unpin for Key {}"]),
    (
        "change-default-state",
        "pub struct Door<C: Known = Any>(PhantomData<C>);",
        &["pub struct Door<C: Known = Locked>(PhantomData<C>);", "pub struct Door<C: Known >(PhantomData<C>);"],
    ),
    (
        "change-variance",
        "struct Key<T>(PhantomData<fn(T) -> T>);",
        &["struct Key<T>(PhantomData<T>);"],
    ),
    ("drop-associated-bound", "trait Lock { type Key: Send + 'static; }", &["trait Lock { type Key: 'static; }"]),
    ("drop-auto-trait", "unsafe impl Send for Key {}", &[""]),
    ("drop-binding", "trait Lock { type Key: Fit<Of = Self>; }", &["trait Lock { type Key: Fit; }"]),
    ("drop-bound", "pub fn keep<T: Send + 'static>(t: T) {}", &["pub fn keep<T: 'static>(t: T) {}", "pub fn keep<T: Send>(t: T) {}"]),
    ("drop-must-use", "#[must_use] pub struct Key;", &[" pub struct Key;"]),
    ("drop-repr", "#[repr(C)] pub struct Key;", &[" pub struct Key;"]),
    ("drop-supertrait", "mod seal { pub trait Sealed {} } pub trait Lock: seal::Sealed {}", &["mod seal { pub trait Sealed {} } pub trait Lock:  {}"]),
    ("drop-unsafe", "pub unsafe fn open() {}", &["pub fn open() {}"]),
    ("empty-callback", "const T: Table = Table { close: Some(close) };", &["const T: Table = Table { close: None };"]),
    ("empty-drop", "impl Drop for Key { fn drop(&mut self) { free(); } }", &["impl Drop for Key { fn drop(&mut self) {} }"]),
    ("ignore-error", "fn open() -> Result { turn()?; Ok(()) }", &["fn open() -> Result { let _ = turn(); Ok(()) }"]),
    (
        "lengthen-lifetime",
        "pub fn of(&self) -> &u8 { &self.0 }",
        &["pub fn of(&self) -> &'static u8 { &self.0 }"],
    ),
    ("load-state", "pub struct Open;", &["pub struct Open(u8);", "#[repr(align(16))]"]),
    (
        "merge-lifetimes",
        "pub fn with<F: for<'a, 'b> Fn(&'a &'b u8)>(f: F) {}",
        &["pub fn with<F: for<'a> Fn(&'a &'a u8)>(f: F) {}"],
    ),
    ("negate-condition", "fn open(is_shut: bool) { if is_shut { turn() } }", &["fn open(is_shut: bool) { if !(is_shut) { turn() } }"]),
    ("open-field", "pub struct Key { id: u8 }", &["pub struct Key { pub id: u8 }"]),
    ("open-visibility", "impl Key { pub(crate) fn id(&self) {} }", &["impl Key { pub fn id(&self) {} }"]),
    ("relax-bound", "pub fn keep<T: Copy>(t: T) {}", &["pub fn keep<T: Clone>(t: T) {}"]),
    ("remove-assertion", "const _: () = assert!(true);", &["const _: () = ();"]),
    ("remove-assignment", "fn open(&mut self) { self.is_open = true; }", &["fn open(&mut self) {  }"]),
    ("remove-call", "fn open() { unlock(); }", &["fn open() {  }"]),
    ("remove-check", "fn open() { if is_shut() { return; } turn(); }", &["fn open() {  turn(); }"]),
    ("remove-guard", "fn open() { let _guard = lock(); }", &["fn open() { let _ = lock(); }"]),
    ("remove-loop", "fn open() { while is_shut() { wait(); } }", &["fn open() {  }"]),
    (
        "remove-marker",
        "struct Key(u8, NotThreadSafe); fn key() -> Key { Key(1, NotThreadSafe) }",
        &["struct Key(u8); fn key() -> Key { Key(1) }"],
    ),
    ("reorder-fields", "#[repr(C)] struct Key { id: u8, of: u16 }", &["#[repr(C)] struct Key { of: u16, id: u8 }"]),
    ("repeat-call", "fn open() { put(); }", &["        put(); }"]),
    ("shrink-allocation", "fn room() -> usize { size_of::<Key>() }", &["fn room() -> usize { size_of::<*const ()>() }"]),
    ("swap-callee", "fn close() { bindings::key_put(); }", &["fn close() { bindings::key_get(); }"]),
    ("swap-macro-state", "doors!(Open);", &["doors!(Closed);"]),
    (
        "swap-state",
        "pub struct Door<C: Known = Any>(PhantomData<C>); pub fn open(door: &Door<Shut>) {}",
        &["pub struct Door<C: Known = Any>(PhantomData<C>); pub fn open(door: &Door<Locked>) {}"],
    ),
    ("swap-statements", "fn open() { turn(); push(); }", &["fn open() { push(); turn(); }"]),
    ("take-by-reference", "pub fn open(key: Key) {}", &["pub fn open(key: &Key) {"]),
    ("turn-arithmetic", "fn next(id: u8) -> u8 { id + 1 }", &["fn next(id: u8) -> u8 { id - 1 }"]),
    ("turn-boolean", "fn is_open() -> bool { true }", &["fn is_open() -> bool { false }"]),
    ("turn-comparison", "fn fits(id: u8) -> bool { id < 3 }", &["fn fits(id: u8) -> bool { id <= 3 }"]),
    ("turn-drop", "fn close(key: Key) { drop(key); }", &["fn close(key: Key) { core::mem::forget(key); }"]),
    (
        "unquantify",
        "pub fn with<F: for<'a> Fn(&'a u8)>(f: F) {}",
        &["pub fn with<F: Fn(&'static u8)>(f: F) {}", "pub fn with<'a, F: Fn(&'a u8)>(f: F) {}"],
    ),
    ("untie-lifetime", "pub fn of<'a>(key: &'a u8) -> &'a u8 { key }", &["pub fn of<'a>(key: & u8) -> &'a u8 { key }"]),
    (
        "widen-impl",
        "pub struct Door<C: Known = Any>(PhantomData<C>); impl Door<Shut> {}",
        &["pub struct Door<C: Known = Any>(PhantomData<C>); impl<AnyState: Known> Door<AnyState> {}"],
    ),
];

#[test]
fn every_operator_finds_its_example() {
    let names: Vec<&str> = all().iter().map(|operator| operator.name()).collect();
    let shown: Vec<&str> = EXAMPLES.iter().map(|(name, ..)| *name).collect();
    assert_eq!(
        shown, names,
        "each operator has its example, in their order"
    );
    for (name, text, expected) in EXAMPLES {
        let added = added(name, text);
        for line in *expected {
            assert!(
                added.contains(*line),
                "{name} adds no {line:?}, but {added:#?}"
            );
        }
    }
}

#[test]
fn what_says_nothing_is_left_alone() {
    for (name, text) in [
        ("add-clone", "#[derive(Clone)] pub struct Key { id: u8 }"),
        ("add-copy", "pub struct Key(Arc<u8>);"),
        ("add-send", "pub struct Key(u8);"),
        ("drop-unsafe", "unsafe extern \"C\" fn close() {}"),
        ("open-visibility", "pub fn open() {}"),
        ("remove-call", "#[cfg(test)] mod tests { fn f() { g(); } }"),
        ("swap-statements", "fn f() { let a = g(); h(a); }"),
        ("drop-bound", "pub fn keep<T: ?Sized>(t: &T) {}"),
        ("load-state", "pub struct Key;"),
    ] {
        assert_eq!(added(name, text), BTreeSet::new(), "{name} on {text}");
    }
}

#[test]
fn names_are_those_of_files_and_each_stands_for_something() {
    for operator in all() {
        let file = format!("operators/{}.rs", operator.name().replace('-', "_"));
        let folder = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("src/subject/mutation");
        assert!(folder.join(&file).exists(), "there is no {file}");
        assert!(
            operator.stands_for().ends_with('.'),
            "{file} stands for no sentence"
        );
    }
}

#[test]
fn every_mutant_of_our_sources_is_rust_and_differs() {
    let files = ours();
    let mutants = mutants(&files, &states()).expect("our sources are Rust");
    assert!(
        mutants.len() > 1500,
        "there are {} mutants only",
        mutants.len()
    );
    let ids: BTreeSet<&str> = mutants.iter().map(|mutant| mutant.id.as_str()).collect();
    assert_eq!(ids.len(), mutants.len(), "two mutants have one id");
    let texts: Texts = files.into_iter().collect();
    mutants.par_iter().for_each(|mutant| check(mutant, &texts));
}

#[test]
fn mutants_have_a_stable_order() {
    let files = ours();
    let once = mutants(&files, &states()).expect("our sources are Rust");
    let again = mutants(&files, &states()).expect("our sources are Rust");
    assert!(once == again);
    let operators: BTreeSet<&str> = once.iter().map(|mutant| mutant.operator.as_str()).collect();
    let unused: Vec<&str> = all().iter().map(|operator| operator.name()).collect();
    let unused: Vec<&&str> = unused
        .iter()
        .filter(|name| !operators.contains(**name))
        .collect();
    // Nothing of ours keeps a guard under a name that begins with an underscore.
    assert_eq!(unused, [&"remove-guard"]);
}

#[test]
fn the_documentation_has_the_table_of_operators() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = root.join("docs/mutation-operators.md");
    let page = std::fs::read_to_string(page).expect("the page is there");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let expected = all().into_iter().map(|operator| {
        let defect = operator.defect().unwrap_or_default();
        format!(
            "| `{}` | {} | {defect} |",
            operator.name(),
            operator.stands_for()
        )
        .replace("|  |", "| |")
    });
    let rows: Vec<&str> = rows.collect();
    let expected: Vec<String> = expected.collect();
    assert_eq!(rows, expected, "write this:\n{}", expected.join("\n"));
}

#[test]
fn defects_name_programs_that_are_there() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for defect in all().iter().filter_map(|operator| operator.defect()) {
        let quoted = defect.split('`').skip(1).step_by(2);
        let programs: Vec<&str> = quoted.filter(|text| text.contains('/')).collect();
        assert!(!programs.is_empty(), "no program shows it: {defect}");
        for program in programs {
            assert!(root.join(program).exists(), "there is no {program}");
        }
    }
}

fn check(mutant: &Mutant, texts: &Texts) {
    let id = &mutant.id;
    assert!(!id.contains(char::is_whitespace), "{id:?} has a space");
    let changed = apply(&mutant.edits, texts).expect("the edits fit");
    assert!(!changed.is_empty(), "{id} changes nothing");
    for (file, text) in &changed {
        assert!(*text != texts[file], "{id} changes nothing in {file}");
        let parsed = syn::parse_file(text);
        assert!(parsed.is_ok(), "{id} is no Rust: {:?}", parsed.err());
    }
    for index in 0..mutant.adaptations.len() {
        let edits = mutant.edits_with(Some(index));
        assert!(
            apply(&edits, texts).is_ok(),
            "adaptation {index} of {id} does not fit"
        );
    }
}

/// The lines that the mutants of one operator add to a small source.
fn added(name: &str, text: &str) -> BTreeSet<String> {
    let files = [(Utf8PathBuf::from("lib.rs"), format!("{text}\n{DOOR}"))];
    let texts: Texts = files.iter().cloned().collect();
    let operators = all();
    let mut operators = operators.iter();
    let operator = operators.find(|operator| operator.name() == name);
    let operator = operator.expect("there is such an operator");
    let mut lines = BTreeSet::new();
    for source in Source::parse_all(&files, &states()).expect("it is Rust") {
        let mutants = of_operator(*operator, &source, &states()).into_iter();
        for mutant in mutants.filter(|mutant| mutant.edits[0].range.start <= text.len()) {
            let changed = apply(&mutant.edits, &texts).expect("the edits fit");
            let after = changed.into_values().next().unwrap_or_default();
            // What the examples stand before is the same in all.
            let own = after.split(DOOR.trim_end()).take(1).flat_map(str::lines);
            lines.extend(own.filter(|line| *line != text).map(str::to_owned));
        }
    }
    lines
}

/// The states of a door, and two that no source declares.
fn states() -> States {
    let state = |name: &str, weakens_to: &[&str]| State {
        name: name.to_owned(),
        weakens_to: weakens_to.iter().map(|name| (*name).to_owned()).collect(),
    };
    States {
        states: vec![
            state("Normal", &[]),
            state("Ioctl", &["Normal"]),
            state("Registered", &["Normal"]),
            state("Open", &[]),
            state("Closed", &["Open"]),
        ],
        bound: None,
    }
}

/// Our API and its shim.
fn ours() -> Vec<(Utf8PathBuf, String)> {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = ["api/src", "kernel-shim/src"].map(|folder| root.join(folder));
    let entries = folders
        .iter()
        .flat_map(|folder| WalkDir::new(folder).sort_by_file_name());
    let paths = entries.map(|entry| entry.expect("the entry is readable").into_path());
    let paths = paths.map(|path| Utf8PathBuf::try_from(path).expect("paths are UTF-8"));
    let files = paths
        .filter(|path| path.extension() == Some("rs"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("the file is readable");
            let inner = path.strip_prefix(&root).expect("it is inside");
            (inner.to_owned(), text)
        });
    files.collect()
}
