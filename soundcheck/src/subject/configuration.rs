//! What cargo is told beside the manifests: by files and by the call.
//!
//! Owns the list of files from which cargo takes its configuration, and the
//! settings that no such file may change, because they decide what a program
//! does.

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use toml::Value;

/// What a program does when it is built without optimisation.
const DEV: &[(&str, &str)] = &[
    ("codegen-units", "256"),
    ("debug", "2"),
    ("debug-assertions", "true"),
    ("lto", "false"),
    ("opt-level", "0"),
    ("overflow-checks", "true"),
    ("panic", "\"unwind\""),
    ("strip", "\"none\""),
];

/// What it does otherwise; the level is that of the workspace.
const RELEASE: &[(&str, &str)] = &[
    ("codegen-units", "16"),
    ("debug", "0"),
    ("debug-assertions", "false"),
    ("lto", "\"off\""),
    ("opt-level", "1"),
    ("overflow-checks", "false"),
    ("panic", "\"unwind\""),
    ("strip", "\"none\""),
];

/// The arguments that settle both profiles, whatever a file or a variable says.
pub fn arguments() -> Vec<String> {
    let of = |profile: &str, settings: &[(&str, &str)]| {
        let setting = |(key, value): &(&str, &str)| {
            [
                "--config".to_owned(),
                format!("profile.{profile}.{key}={value}"),
            ]
        };
        settings.iter().flat_map(setting).collect::<Vec<_>>()
    };
    [of("dev", DEV), of("release", RELEASE)].concat()
}

/// The files from which cargo takes its configuration in a folder, in the order
/// of their names. Some of them may not be there.
pub fn files(folder: &Utf8Path, cargo_home: Option<&Utf8Path>) -> BTreeSet<Utf8PathBuf> {
    let above = folder.ancestors().map(|folder| folder.join(".cargo"));
    let homes = above.chain(cargo_home.map(Utf8Path::to_owned));
    let mut files = BTreeSet::new();
    for home in homes {
        for name in ["config.toml", "config"] {
            add(home.join(name), &mut files);
        }
    }
    files
}

/// Adds a file, and those that it includes.
fn add(path: Utf8PathBuf, files: &mut BTreeSet<Utf8PathBuf>) {
    if !files.insert(path.clone()) {
        return;
    }
    let text = fs::read_to_string(&path).unwrap_or_default();
    // What cargo cannot read, it complains about itself.
    let Ok(table) = text.parse::<toml::Table>() else {
        return;
    };
    let folder = path.parent().unwrap_or(&path);
    for included in table.get("include").into_iter().flat_map(included) {
        add(folder.join(included), files);
    }
}

/// The files that an `include` names, in each of the ways to write one.
fn included(value: &Value) -> Vec<&str> {
    match value {
        Value::String(path) => vec![path],
        Value::Array(values) => values.iter().flat_map(included).collect(),
        Value::Table(table) => table.get("path").into_iter().flat_map(included).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_above_and_the_home_of_cargo_count() {
        let files = files("/a/b".into(), Some("/home/.cargo".into()));
        for path in [
            "/.cargo/config",
            "/.cargo/config.toml",
            "/a/.cargo/config.toml",
            "/a/b/.cargo/config",
            "/home/.cargo/config",
            "/home/.cargo/config.toml",
        ] {
            assert!(files.contains(Utf8Path::new(path)), "{path}");
        }
        assert_eq!(files.len(), 8);
    }

    #[test]
    fn what_a_file_includes_counts_too() {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let folder = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        let home = folder.join("home");
        fs::create_dir(&home).expect("a folder can be made");
        let write = |name: &str, text: &str| {
            fs::write(home.join(name), text).expect("a file can be written");
        };
        write(
            "config.toml",
            "include = [\"one.toml\", { path = \"two.toml\" }]",
        );
        write("one.toml", "include = \"config.toml\"");
        write("two.toml", "include = \"gone.toml\"");
        let files = files(folder, Some(&home));
        for name in ["one.toml", "two.toml", "gone.toml"] {
            assert!(files.contains(&home.join(name)), "{name}");
        }
    }
}
