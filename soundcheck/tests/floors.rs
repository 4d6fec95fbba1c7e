//! The floors of the tool: imports go down only, no two files import each other,
//! and the judge knows nobody by name.
//!
//! All of it is derived from the sources, tests in them left out.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use proc_macro2::Delimiter;
use proc_macro2::TokenStream;
use proc_macro2::TokenTree;
use walkdir::WalkDir;

/// The floors from the ground up; those of one row do not know each other.
const FLOORS: &[&[&str]] = &[
    &["ground"],
    &["judge"],
    &["subject", "report"],
    &["command"],
];

/// What the judge must not know: our packages, and what they are about.
const NAMES: &[&str] = &[
    "bindings",
    "drm",
    "drm-api",
    "driver",
    "hw-stub",
    "hw_stub",
    "kernel",
    "kernel-shim",
    "LocalModule",
    "pinned_init",
    "ui-fail",
    "ui-pass",
];

/// The modules of the tool, by their paths.
struct House {
    files: BTreeMap<String, File>,
}

/// A file of the tool.
struct File {
    path: Utf8PathBuf,
    tokens: Vec<TokenTree>,
}

impl House {
    fn read() -> Self {
        let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(&root).sort_by_file_name() {
            let path = entry.expect("the entry is readable").into_path();
            let path = Utf8PathBuf::try_from(path).expect("paths are UTF-8");
            let inner = path.strip_prefix(&root).expect("it is inside").to_owned();
            if path.extension() == Some("rs") && !is_test(&inner) {
                let text = fs::read_to_string(&path).expect("the file is readable");
                files.insert(
                    module(&inner),
                    File {
                        path: inner,
                        tokens: without_tests(&text),
                    },
                );
            }
        }
        Self { files }
    }

    /// The files that each file imports from.
    fn imports(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let of = |(module, file): (&'_ String, &'_ File)| {
            let mut paths = Vec::new();
            collect(&file.tokens, &mut paths);
            let found = paths.iter().filter_map(|path| self.owner(module, path));
            found
                .filter(|found| *found != module)
                .map(str::to_owned)
                .collect()
        };
        let mut imports = BTreeMap::new();
        for (module, file) in &self.files {
            let owners: BTreeSet<String> = of((module, file));
            let owners = owners.iter().map(|owner| self.key(owner)).collect();
            imports.insert(module.as_str(), owners);
        }
        imports
    }

    fn key(&self, module: &str) -> &str {
        self.files.get_key_value(module).expect("it is a module").0
    }

    /// The file that a path leads to, as far as it names modules.
    fn owner(&self, from: &str, path: &[String]) -> Option<&str> {
        let mut full: Vec<&str> = match path[0].as_str() {
            "crate" => Vec::new(),
            "super" => parts(from).split_last()?.1.to_vec(),
            _ => parts(from),
        };
        let above = path
            .iter()
            .skip(1)
            .take_while(|part| *part == "super")
            .count();
        full.truncate(full.len().saturating_sub(above));
        full.extend(path.iter().skip(1 + above).map(String::as_str));
        let lengths = (1..=full.len()).rev();
        let mut prefixes = lengths.map(|length| full[..length].join("::"));
        let found = prefixes.find(|prefix| self.files.contains_key(prefix))?;
        Some(self.key(&found))
    }
}

fn parts(module: &str) -> Vec<&str> {
    module.split("::").collect()
}

fn is_test(path: &Utf8Path) -> bool {
    let stem = path.file_stem().unwrap_or_default();
    // The run that every reporter is tested with.
    stem == "tests" || stem.ends_with("_tests") || path == "report/recorded.rs"
}

fn module(path: &Utf8Path) -> String {
    let path = path.with_extension("");
    let path = path.as_str();
    path.strip_suffix("/mod").unwrap_or(path).replace('/', "::")
}

/// The tokens of a file, without the items that only tests see.
fn without_tests(text: &str) -> Vec<TokenTree> {
    let tokens: TokenStream = text.parse().expect("the file is Rust");
    let mut tokens = tokens.into_iter().peekable();
    let mut kept = Vec::new();
    while let Some(token) = tokens.next() {
        let is_test = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#')
            && tokens
                .peek()
                .is_some_and(|next| next.to_string().replace(' ', "") == "[cfg(test)]");
        if !is_test {
            kept.push(token);
            continue;
        }
        // The item ends with its first block, or before one with a semicolon.
        for token in tokens.by_ref() {
            let ends = match &token {
                TokenTree::Punct(punct) => punct.as_char() == ';',
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                _ => false,
            };
            if ends {
                break;
            }
        }
    }
    kept
}

/// Every path that begins with `crate`, `super` or `self`, also in macros.
fn collect(tokens: &[TokenTree], paths: &mut Vec<Vec<String>>) {
    let mut index = 0;
    while index < tokens.len() {
        match &tokens[index] {
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                collect(&inner, paths);
            }
            TokenTree::Ident(first)
                if ["crate", "super", "self"].contains(&first.to_string().as_str()) =>
            {
                index = follow(tokens, index, vec![], paths);
                continue;
            }
            _ => {}
        }
        index += 1;
    }
}

/// Follows a path, into groups of imports too, and gives the index behind it.
fn follow(
    tokens: &[TokenTree],
    mut index: usize,
    mut path: Vec<String>,
    paths: &mut Vec<Vec<String>>,
) -> usize {
    let is_colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    loop {
        match tokens.get(index) {
            Some(TokenTree::Ident(ident)) => path.push(ident.to_string()),
            Some(TokenTree::Group(group)) if !path.is_empty() => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let mut at = 0;
                while at < inner.len() {
                    at = follow(&inner, at, path.clone(), paths) + 1;
                }
                return index + 1;
            }
            _ => break,
        }
        index += 1;
        if !(is_colon(tokens.get(index)) && is_colon(tokens.get(index + 1))) {
            break;
        }
        index += 2;
    }
    if path.len() > 1 {
        paths.push(path);
    }
    index.max(1)
}

/// The floor of a module; what is on top of all has none.
fn floor(module: &str) -> Option<usize> {
    let first = module.split("::").next();
    FLOORS
        .iter()
        .position(|row| row.iter().any(|floor| Some(*floor) == first))
}

fn upward(imports: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<String> {
    let mut upward = Vec::new();
    for (from, owners) in imports {
        for to in owners {
            let same = from.split("::").next() == to.split("::").next();
            if let (Some(low), Some(high)) = (floor(from), floor(to)) {
                if high > low || (high == low && !same) {
                    upward.push(format!("{from} imports {to}"));
                }
            }
        }
    }
    upward
}

/// The files that can be reached from each other, in groups of more than one.
fn circles(imports: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<Vec<String>> {
    let reachable = |from: &str| {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = imports.get(from).into_iter().flatten().copied().collect();
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                open.extend(imports.get(next).into_iter().flatten());
            }
        }
        seen
    };
    let reach: BTreeMap<&str, BTreeSet<&str>> = imports
        .keys()
        .map(|module| (*module, reachable(module)))
        .collect();
    let mut circles: BTreeSet<Vec<String>> = BTreeSet::new();
    for (module, seen) in reach.iter().filter(|(module, seen)| seen.contains(*module)) {
        let back = seen.iter().filter(|other| reach[**other].contains(module));
        circles.insert(back.map(|other| (*other).to_owned()).collect());
    }
    circles.into_iter().collect()
}

#[test]
fn imports_go_down_only() {
    let house = House::read();
    let upward = upward(&house.imports());
    assert!(upward.is_empty(), "{upward:#?}");
}

#[test]
fn no_two_files_import_each_other() {
    let house = House::read();
    let circles = circles(&house.imports());
    assert!(circles.is_empty(), "{circles:#?}");
}

#[test]
fn the_judge_knows_nobody_by_name() {
    let house = House::read();
    let floors = ["judge", "ground"];
    let mut known = Vec::new();
    for file in house.files.values() {
        if floors.iter().any(|floor| file.path.starts_with(floor)) {
            let mut words = BTreeSet::new();
            names(&file.tokens, &mut words);
            known.extend(
                words
                    .into_iter()
                    .map(|word| format!("{}: {word}", file.path)),
            );
        }
    }
    assert!(known.is_empty(), "{known:#?}");
}

/// The names that a file knows: in its code, its texts and its documentation.
fn names(tokens: &[TokenTree], found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                names(&inner, found);
            }
            TokenTree::Punct(_) => {}
            other => {
                let text = other.to_string();
                let is_word = |letter: char| letter.is_alphanumeric() || "_-".contains(letter);
                let words = text.split(|letter| !is_word(letter));
                let is_name = |word: &&str| NAMES.contains(word);
                found.extend(words.filter(is_name).map(str::to_owned));
            }
        }
    }
}

#[test]
fn what_is_planted_is_found() {
    let mut house = House::read();
    let mut plant = |module: &str, text: &str| {
        let tokens: TokenStream = text.parse().expect("it is Rust");
        let file = house.files.get_mut(module).expect("there is such a module");
        file.tokens.extend(tokens);
    };
    plant("ground::process", "use crate::judge::case::Case;");
    plant(
        "judge::case",
        "fn f() { assert!(crate::judge::corpus::x()); }",
    );
    plant("judge::tally", "const NAME: &str = \"a hw-stub of ours\";");
    let imports = house.imports();
    assert!(upward(&imports).contains(&"ground::process imports judge::case".to_owned()));
    let circle = circles(&imports).concat();
    assert!(circle.contains(&"judge::corpus".to_owned()), "{circle:?}");
    let mut words = BTreeSet::new();
    names(&house.files["judge::tally"].tokens, &mut words);
    assert_eq!(words, BTreeSet::from(["hw-stub".to_owned()]));
}
