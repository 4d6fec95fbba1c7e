//! Mutants that somebody wrote: an edit in words, and the claim that it breaks.
//!
//! Owns the format of their files. They are for what no operator finds, such as
//! an edit of several places, and for claims that must be noticed in one way.

use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;
use serde::Deserialize;

use crate::ground::problem::Problem;
use crate::subject::mutation::mutant::Edit;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::mutant::Mutant;
use crate::subject::mutation::mutant::Texts;

/// A mutant that somebody wrote.
#[derive(Clone, Debug)]
pub struct ByHand {
    /// The mutant.
    pub mutant: Mutant,
    /// Who must notice it.
    pub expected: Expected,
}

/// Who must notice a mutant.
#[derive(Clone, Debug, Default)]
pub struct Expected {
    /// The claim that it breaks.
    pub claim: String,
    /// The lanes of which one must notice, for a case of that claim.
    pub lanes: Vec<String>,
    /// Texts of which one is in the id of that case; none means any.
    pub cases: Vec<String>,
    /// What the failure must say, where the claim alone would not tell.
    pub says: Option<String>,
    /// Whether programs run under AddressSanitizer.
    pub address_sanitizer: bool,
}

/// A file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    claim: String,
    what: String,
    lanes: Vec<String>,
    #[serde(default)]
    cases: Vec<String>,
    says: Option<String>,
    #[serde(default)]
    address_sanitizer: bool,
    #[serde(default)]
    subjects: Vec<String>,
    edit: Vec<Replacement>,
}

/// A replacement in a file, wherever `find` occurs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replacement {
    file: Utf8PathBuf,
    find: String,
    replace: String,
}

/// How the ids of such mutants begin.
const OPERATOR: &str = "by-hand";

/// The lane that a mutant without any effect on types is noticed by.
const LAYOUT: &str = "layout";
const RUN: &str = "run";

/// Reads the files in a folder that speak about a subject, by name. `text` gives
/// the text of a source; those that are edited are added to `texts`.
///
/// # Errors
///
/// Something is wrong with a file, or an edit does not fit.
pub fn read(
    root: &Utf8Path,
    folder: &Utf8Path,
    subject: &str,
    texts: &mut Texts,
    text: impl Fn(&Utf8Path) -> Option<String>,
) -> Result<Vec<ByHand>, Vec<Problem>> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for path in files(&root.join(folder)) {
        let inside = path.strip_prefix(root).unwrap_or(&path);
        let read = file(&path).and_then(|file| {
            let is_meant = file.subjects.is_empty() || file.subjects.iter().any(|it| it == subject);
            match is_meant {
                true => by_hand(inside, file, texts, &text).map(Some),
                false => Ok(None),
            }
        });
        match read {
            Ok(mutant) => found.extend(mutant),
            Err(problem) => problems.push(problem.in_file(inside)),
        }
    }
    match problems.is_empty() {
        true => Ok(found),
        false => Err(problems),
    }
}

fn files(folder: &Utf8Path) -> Vec<Utf8PathBuf> {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.into_path());
    let mut paths: Vec<Utf8PathBuf> = paths
        .filter(|path| path.extension() == Some("toml"))
        .collect();
    paths.sort();
    paths
}

fn file(path: &Utf8Path) -> Result<File, Problem> {
    let next = "CONTRIBUTING.md of soundcheck shows a mutant that is written by hand";
    let text = fs::read_to_string(path)
        .map_err(|error| Problem::new(format!("cannot be read: {error}"), "mend the file"))?;
    toml::from_str(&text).map_err(|error| Problem::new(error.message().replace('\n', " "), next))
}

fn by_hand(
    path: &Utf8Path,
    file: File,
    texts: &mut Texts,
    text: &impl Fn(&Utf8Path) -> Option<String>,
) -> Result<ByHand, Problem> {
    let mut edits = Vec::new();
    for replacement in &file.edit {
        if !texts.contains_key(&replacement.file) {
            let missing = || {
                let what = format!("there is no {}", replacement.file);
                Problem::new(what, "correct the path of the edit")
            };
            let text = text(&replacement.file).ok_or_else(missing)?;
            texts.insert(replacement.file.clone(), text);
        }
        edits.extend(replacement.edits(&texts[&replacement.file])?);
    }
    let effect = match file.lanes.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [LAYOUT] => Effect::Layout,
        [RUN] => Effect::Bodies,
        _ => Effect::Types,
    };
    let name = path.file_stem().unwrap_or_default();
    Ok(ByHand {
        mutant: Mutant {
            id: format!("{OPERATOR}@{name}"),
            operator: OPERATOR.to_owned(),
            effect,
            what: file.what,
            edits,
            adaptations: Vec::new(),
            claim: Some(file.claim.clone()),
        },
        expected: Expected {
            claim: file.claim,
            lanes: file.lanes,
            cases: file.cases,
            says: file.says,
            address_sanitizer: file.address_sanitizer,
        },
    })
}

impl Replacement {
    fn edits(&self, text: &str) -> Result<Vec<Edit>, Problem> {
        let places = text.match_indices(&self.find);
        let edit = |(start, found): (usize, &str)| Edit {
            file: self.file.clone(),
            range: start..start + found.len(),
            text: self.replace.clone(),
        };
        let edits: Vec<Edit> = places.map(edit).collect();
        match edits.is_empty() {
            true => Err(Problem::new(
                format!("{} has no `{}`", self.file, self.find.trim()),
                "the code has changed: write the edit anew",
            )),
            false => Ok(edits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "claim = 'c'\nwhat = 'w'\nlanes = ['run']\n[[edit]]\nfile = 'a.rs'\n";

    fn read_one(edit: &str) -> Result<Vec<ByHand>, Vec<Problem>> {
        let folder = tempfile::tempdir().expect("a temporary directory can be made");
        let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
        fs::create_dir(root.join("m")).expect("a folder can be made");
        fs::write(root.join("m/n.toml"), format!("{TEXT}{edit}")).expect("it can be written");
        let text = |_: &Utf8Path| Some("one two one".to_owned());
        read(root, "m".into(), "api", &mut Texts::new(), text)
    }

    #[test]
    fn a_text_is_replaced_wherever_it_occurs() {
        let found = read_one("find = 'one'\nreplace = '1'").expect("it is in order");
        let mutant = &found[0].mutant;
        assert_eq!(mutant.id, "by-hand@n");
        assert_eq!(mutant.effect, Effect::Bodies);
        assert_eq!(mutant.edits.len(), 2);
    }

    #[test]
    fn what_is_not_there_is_complained_about() {
        let problems = read_one("find = 'three'\nreplace = ''").expect_err("it is refused");
        assert!(problems[0].to_string().contains("a.rs has no `three`"));
        let problems = read_one("find = 'one'\nrepalce = ''").expect_err("it is refused");
        assert!(problems[0].to_string().contains("repalce"));
    }
}
