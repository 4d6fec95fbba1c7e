//! What is refused of a `soundcheck.toml`, each with one line; and the page that explains its keys.

use std::collections::BTreeSet;

use super::*;

/// A workspace with a folder of cases, and some files.
fn root(files: &[(&str, &str)]) -> (tempfile::TempDir, Utf8PathBuf) {
    let root = tempfile::tempdir().expect("a temporary directory can be made");
    let path = Utf8PathBuf::try_from(root.path().to_owned()).expect("its path is UTF-8");
    fs::create_dir_all(path.join("tests/ui")).expect("a folder can be made");
    for (name, text) in files {
        fs::write(path.join(name), text).expect("a file can be written");
    }
    (root, path)
}

const CASES: &str = "[[cases]]\nfolder = \"tests/ui\"\nkind = \"fail\"\n";

/// The one line that is said about a `soundcheck.toml`.
#[track_caller]
fn refused(text: &str) -> String {
    refused_of(&[(FILE, text)])
}

#[track_caller]
fn refused_of(files: &[(&str, &str)]) -> String {
    let (_root, path) = root(files);
    let error = Manifest::open(&path).expect_err("it is refused");
    let [problem] = error.0.as_slice() else {
        panic!("one line is said: {error:?}");
    };
    let line = problem.to_string();
    assert!(!line.contains('\n'), "{line}");
    line
}

#[track_caller]
fn begins(line: &str, beginning: &str) {
    assert!(line.starts_with(beginning), "{line}");
}

#[test]
fn the_smallest_one_is_understood() {
    let text = format!("name = \"locks\"\npackage = \"locks\"\n{CASES}");
    let (_root, path) = root(&[(FILE, &text)]);
    let manifest = Manifest::open(&path).expect("it is in order");
    assert_eq!(manifest.crate_name(), "locks");
    assert_eq!(manifest.cases.len(), 1);
}

#[test]
fn an_unknown_key_has_a_line_and_a_suggestion() {
    let line = refused(&format!("name = \"a\"\npackge = \"a\"\n{CASES}"));
    begins(
        &line,
        "soundcheck.toml:2: unknown key `packge`, did you mean `package`?; next: ",
    );
    let line = refused("name = \"a\"\n[[cases]]\nfoldr = \"tests/ui\"\nkind = \"fail\"\n");
    begins(
        &line,
        "soundcheck.toml:3: unknown key `foldr`, did you mean `folder`?; next: ",
    );
}

#[test]
fn an_unknown_key_like_no_other_is_told_all_that_there_are() {
    let line = refused(&format!("name = \"a\"\nzebra = 1\n{CASES}"));
    begins(
        &line,
        "soundcheck.toml:2: unknown key `zebra`, the keys are extends, name, ",
    );
}

#[test]
fn an_unknown_kind_has_a_suggestion() {
    let line = refused("name = \"a\"\n[[cases]]\nfolder = \"tests/ui\"\nkind = \"fial\"\n");
    begins(&line, "soundcheck.toml:4: unknown variant `fial`");
    assert!(line.contains("did you mean `fail`?"), "{line}");
}

#[test]
fn a_value_of_the_wrong_type_has_its_line() {
    let line = refused(&format!("name = \"3\"\npackage = 3\n{CASES}"));
    begins(
        &line,
        "soundcheck.toml:2: invalid type: integer `3`, expected a string",
    );
    begins(&refused("extends = 1\n"), "soundcheck.toml:1: invalid type");
}

#[test]
fn a_name_is_required() {
    begins(&refused(CASES), "soundcheck.toml:1: missing key `name`");
    let line = refused("name = \"a\"\n\n[[cases]]\nkind = \"fail\"\n");
    begins(&line, "soundcheck.toml:3: missing key `folder`");
}

#[test]
fn broken_syntax_has_its_line() {
    begins(&refused("name = \"a\"\n[[cases]\n"), "soundcheck.toml:2: ");
}

#[test]
fn a_file_that_is_extended_must_be_there() {
    let line = refused(&format!("name = \"a\"\nextends = \"gone.toml\"\n{CASES}"));
    begins(
        &line,
        "soundcheck.toml:2: `gone.toml` cannot be read: No such file",
    );
}

#[test]
fn files_that_extend_each_other_are_refused() {
    begins(
        &refused("name = \"a\"\nextends = \"./soundcheck.toml\"\n"),
        "soundcheck.toml:2: `./soundcheck.toml` extends what extends it",
    );
    let line = refused_of(&[
        (FILE, "extends = \"one.toml\"\n"),
        ("one.toml", "\nextends = \"./tests/../two.toml\"\n"),
        ("two.toml", "extends = \"one.toml\"\n"),
    ]);
    assert!(line.contains("extends what extends it"), "{line}");
}

#[test]
fn a_mistake_is_told_of_the_file_that_has_it() {
    let line = refused_of(&[
        (
            FILE,
            &format!("extends = \"base.toml\"\nname = \"a\"\n{CASES}"),
        ),
        ("base.toml", "# What they share.\npackge = \"a\"\n"),
    ]);
    begins(&line, "base.toml:2: unknown key `packge`");
}

#[test]
fn a_key_replaces_that_of_the_file_below() {
    let (_root, path) = root(&[
        (
            FILE,
            &format!("extends = \"base.toml\"\nname = \"a\"\n{CASES}"),
        ),
        ("base.toml", "name = \"b\"\npackage = \"b\"\n"),
    ]);
    let manifest = Manifest::open(&path).expect("it is in order");
    assert_eq!(
        (manifest.name.as_str(), manifest.crate_name().as_str()),
        ("a", "b")
    );
}

#[test]
fn a_folder_of_cases_must_be_there() {
    let line = refused("name = \"a\"\n[[cases]]\nfolder = \"tests/uu\"\nkind = \"pass\"\n");
    begins(&line, "soundcheck.toml:3: there is no folder `tests/uu`");
}

#[test]
fn a_folder_of_cases_has_one_kind() {
    let again = CASES.replace("\"fail\"", "\"pass\"");
    let line = refused(&format!("name = \"a\"\n{CASES}{again}"));
    begins(
        &line,
        "soundcheck.toml:6: `tests/ui` is in `tests/ui`, whose cases have a kind already",
    );
    let above = again.replace("tests/ui", "tests");
    let line = refused(&format!("name = \"a\"\n{CASES}{above}"));
    begins(
        &line,
        "soundcheck.toml:3: `tests/ui` is in `tests`, whose cases have a kind already",
    );
}

#[test]
fn a_folder_of_cases_is_below_the_root() {
    for folder in ["/tmp", "../tests", "tests/../..", ""] {
        let text = format!("name = \"a\"\n[[cases]]\nfolder = \"{folder}\"\nkind = \"fail\"\n");
        let line = refused(&text);
        begins(
            &line,
            &format!("soundcheck.toml:3: `{folder}` is no folder below this file"),
        );
    }
}

#[test]
fn the_page_about_it_explains_every_key_and_no_other() {
    let page = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/soundcheck-toml.md");
    let page = fs::read_to_string(page).expect("the page is there");
    let tables = [
        ("Manifest", "key"),
        ("Cases", "key of `[[cases]]`"),
        ("Stub", "key of `[stub]`"),
        ("Mutants", "key of `[mutants]`"),
        ("Recognition", "key of `[kernel]`"),
        ("Crate", "key of `[[crates]]`"),
    ];
    let known = keys(include_str!("manifest.rs"));
    let named: BTreeSet<&str> = tables.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        known.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        named
    );
    for (name, head) in tables {
        assert_eq!(explained(&page, head), known[name], "{name}");
    }
}

/// The keys in the first columns of all tables of the page with a heading.
fn explained(page: &str, head: &str) -> BTreeSet<String> {
    let heading = format!("| {head} |");
    let mut keys = BTreeSet::new();
    let mut is_inside = false;
    for line in page.lines() {
        is_inside = line.starts_with(&heading)
            || is_inside && line.starts_with("| ")
            || is_inside && line.starts_with("|-");
        let cell = line.split('|').nth(1).unwrap_or_default();
        if is_inside && !line.starts_with(&heading) {
            let names = cell.split('`').skip(1).step_by(2);
            keys.extend(names.map(|name| name.trim_matches(['[', ']']).to_owned()));
        }
    }
    keys
}

/// The keys of every struct of a source that is read from a file.
fn keys(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let file = syn::parse_file(source).expect("the source is Rust");
    let structs = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Struct(item) => Some(item),
        _ => None,
    });
    structs
        .map(|item| {
            let keys = item.fields.iter().map(key).collect();
            (item.ident.to_string(), keys)
        })
        .collect()
}

/// The key of a field: what serde is told to call it, or its name.
fn key(field: &syn::Field) -> String {
    let mut renamed = None;
    for attribute in field.attrs.iter().filter(|it| it.path().is_ident("serde")) {
        let read = attribute.parse_nested_meta(|meta| {
            let value = meta
                .value()
                .and_then(syn::parse::ParseBuffer::parse::<syn::LitStr>);
            if meta.path.is_ident("rename") {
                renamed = value.ok().map(|text| text.value());
            }
            Ok(())
        });
        read.expect("serde understands it, too");
    }
    let name = field.ident.as_ref().map(ToString::to_string);
    renamed.unwrap_or_else(|| name.unwrap_or_default().replace('_', "-"))
}
