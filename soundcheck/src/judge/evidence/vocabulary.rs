//! The names that the sources of what is judged declare, and where those are.
//!
//! Owns the reading of sources as words. It needs no compiler and no parser: a
//! name that is declared behind a macro is missing, and nothing depends on one.

use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;

/// What the sources of what is judged say.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// Types, traits, modules and macros.
    pub types: BTreeSet<String>,
    /// The modules among them.
    pub modules: BTreeSet<String>,
    /// Functions and methods.
    pub functions: BTreeSet<String>,
    folders: BTreeSet<Utf8PathBuf>,
}

/// Names of the prelude, which say nothing even if somebody declares his own.
const PRELUDE: &[&str] = &[
    "Box", "Clone", "Copy", "Drop", "Err", "Fn", "FnMut", "FnOnce", "None", "Ok", "Option",
    "Result", "Send", "Self", "Sized", "Some", "String", "Sync", "Vec",
];

impl Vocabulary {
    /// Reads all sources in some folders.
    pub fn of(folders: &BTreeSet<Utf8PathBuf>) -> Self {
        let mut vocabulary = Self {
            folders: folders.clone(),
            ..Self::default()
        };
        for folder in folders {
            vocabulary.read(folder);
        }
        vocabulary
    }

    /// Whether a compiler means a file of what is judged. It may name it from
    /// where it was compiled, which is any folder above.
    pub fn owns(&self, file: &Utf8Path) -> bool {
        let is_in = |folder: &Utf8PathBuf| {
            let mut above = folder.ancestors();
            match file.is_absolute() {
                true => file.starts_with(folder),
                false => above.any(|above| above.join(file).starts_with(folder)),
            }
        };
        self.folders.iter().any(is_in)
    }

    /// Whether a name is that of a type or the like.
    pub fn has_type(&self, name: &str) -> bool {
        self.types.contains(name)
    }

    /// Whether a name is declared at all.
    pub fn has(&self, name: &str) -> bool {
        self.types.contains(name) || self.functions.contains(name)
    }

    fn read(&mut self, path: &Utf8Path) {
        if let Ok(entries) = path.read_dir_utf8() {
            for entry in entries.flatten() {
                self.read(entry.path());
            }
        } else if path.extension() == Some("rs") {
            // What cannot be read was not compiled either.
            let text = fs::read_to_string(path).unwrap_or_default();
            self.read_text(&text);
        }
    }

    fn read_text(&mut self, text: &str) {
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            let words: Vec<&str> = words(line).collect();
            for pair in words.windows(2) {
                self.declare(pair[0], pair[1]);
            }
        }
    }

    fn declare(&mut self, keyword: &str, name: &str) {
        if PRELUDE.contains(&name) {
            return;
        }
        match keyword {
            "mod" => {
                self.modules.insert(name.to_owned());
                self.types.insert(name.to_owned());
            }
            "enum" | "macro_rules" | "struct" | "trait" | "type" | "union" => {
                self.types.insert(name.to_owned());
            }
            "fn" => {
                self.functions.insert(name.to_owned());
            }
            _ => {}
        }
    }
}

/// The words of a text that can be names.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let words = text.split(move |letter| !is_part(letter));
    words.filter(|word| word.starts_with(|first: char| first.is_alphabetic() || first == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_names_and_comments_are_not() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.read_text("pub struct Device<T>(T);\n// struct Gone;\nunsafe fn guard() {}");
        assert!(vocabulary.has_type("Device") && vocabulary.has("guard"));
        assert!(!vocabulary.has("Gone") && !vocabulary.has_type("guard"));
    }

    #[test]
    fn files_are_known_from_any_folder_above() {
        let folders = BTreeSet::from(["/w/api/src".into()]);
        let vocabulary = Vocabulary::of(&folders);
        let owns = |file: &str| vocabulary.owns(Utf8Path::new(file));
        assert!(owns("api/src/lib.rs") && owns("/w/api/src/lib.rs") && owns("src/lib.rs"));
        assert!(!owns("/w/cases/a.rs") && !owns("/rustc/0/library/core/src/lib.rs"));
    }
}
