//! Everything that is on disk to be judged: claims, cases, assertions.
//!
//! Owns the walk and the checks that need more than one file: unknown claims,
//! duplicate ids, orphan and missing snapshots, folders without cases. What a
//! contract adds comes from a floor above.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::key;
use crate::ground::key::Key;
use crate::ground::problem::did_you_mean;
use crate::ground::problem::Problem;
use crate::judge::assertion;
use crate::judge::assertion::Assertion;
use crate::judge::case::Case;
use crate::judge::claim;
use crate::judge::claim::Claims;
use crate::judge::directive::Declared;
use crate::judge::folder;
use crate::judge::folder::File;
use crate::judge::folder::Folder;
use crate::judge::kind::Kind;
use crate::judge::places::CaseFolder;
use crate::judge::places::Places;
use crate::judge::reason;
use crate::judge::scan::Scans;
use crate::judge::snapshot::Home;
use crate::judge::snapshot::Toolchains;

/// The cases and claims of a workspace.
#[derive(Debug, Default)]
pub struct Corpus {
    /// Where it came from.
    pub places: Places,
    /// The name of what is judged.
    pub subject: String,
    /// The claims by id.
    pub claims: Claims,
    /// The cases in the order of their ids.
    pub cases: Vec<Case>,
    /// The assertions that name a claim, in the sources of what is judged.
    pub assertions: Vec<Assertion>,
    /// Every case file that was found, before any was read.
    pub found: Vec<Utf8PathBuf>,
    /// What waits for a decision: cells of the matrix, and invariants.
    pub undecided: Vec<Undecided>,
    /// What rustc said about them when it was last reviewed.
    pub snapshots: Toolchains,
    /// The holes that are recorded for it.
    pub holes: Vec<KnownHole>,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
    /// Snapshots without a case, which `bless` removes.
    pub unblessed: Vec<Problem>,
    /// Cases without a `.stderr`, which `bless` writes.
    pub unreviewed: Vec<Problem>,
}

/// A hole that is recorded.
#[derive(Clone, Debug)]
pub struct KnownHole {
    /// The id of the smallest program that shows it.
    pub program: String,
    /// The ids of cases and programs whose claims do not hold because of it.
    pub excuses: Vec<String>,
}

/// Something that waits for a decision.
#[derive(Clone, Debug)]
pub struct Undecided {
    /// The beginning of the ids that its cases will have, or the file.
    pub id: String,
    /// The line that it stands on.
    pub problem: Problem,
}

impl Corpus {
    /// Reads the cases of a workspace that may speak about a subject. What is
    /// wrong is collected, not returned early.
    pub fn read(
        root: &Utf8Path,
        places: Places,
        subject: &str,
        scans: &Scans,
    ) -> anyhow::Result<Self> {
        let mut corpus = Self {
            subject: subject.to_owned(),
            ..Self::default()
        };
        corpus.load_claims(root, &places);
        for folder in &places.cases {
            corpus.load_folder(root, &places, folder, scans)?;
        }
        corpus.places = places;
        if corpus.is_own() {
            corpus.assertions = assertion::scan(root, &corpus.places.assertions)?;
        }
        corpus.check_claims();
        corpus.check_unique();
        corpus.check_places();
        corpus.check_snapshots(root)?;
        Ok(corpus)
    }

    /// Whether what is judged is the subject of the workspace.
    pub fn is_own(&self) -> bool {
        self.subject == self.places.name
    }

    /// The cases that speak about what is judged.
    pub fn spoken(&self) -> impl Iterator<Item = &Case> {
        let cases = self.cases.iter();
        cases.filter(|case| case.speaks_about(&self.subject))
    }

    /// The sentence of a claim.
    pub fn sentence(&self, claim: &str) -> String {
        let claim = self.claims.get(claim);
        claim.map_or(String::new(), |claim| claim.sentence.clone())
    }

    /// The claims that no case and no assertion puts to the test.
    pub fn unproven(&self) -> Vec<Problem> {
        let is_tried = |id: &str| {
            self.cases.iter().any(|case| case.claim == id)
                || self
                    .assertions
                    .iter()
                    .any(|assertion| assertion.claim == id)
        };
        let untried = self.claims.values().filter(|claim| !is_tried(&claim.id));
        let mut untried: Vec<_> = untried.collect();
        untried.sort_by_key(|claim| claim.line);
        untried
            .into_iter()
            .map(|claim| {
                let what = format!("unproven claim `{}`: {}", claim.id, claim.sentence);
                Problem::new(what, "add a case for it, or remove the claim")
                    .in_file(self.places.claims())
                    .at_line(claim.line)
            })
            .collect()
    }

    fn load_claims(&mut self, root: &Utf8Path, places: &Places) {
        let Some(path) = places.claims.as_deref() else {
            return;
        };
        let claims = match fs::read_to_string(root.join(path)) {
            Ok(text) => claim::parse(path, &text),
            Err(error) => {
                let what = format!("cannot be read: {error}");
                Err(Problem::new(what, "list the claims there").in_file(path))
            }
        };
        match claims {
            Ok(claims) => self.claims = claims,
            Err(problem) => self.problems.push(problem),
        }
    }

    fn load_folder(
        &mut self,
        root: &Utf8Path,
        places: &Places,
        CaseFolder { folder, kind }: &CaseFolder,
        scans: &Scans,
    ) -> anyhow::Result<()> {
        let Folder { cases, modules } = folder::read(root, folder, *kind, &mut self.problems)?;
        if cases.is_empty() && *kind == Kind::Fail {
            let problem = Problem::new("there are no cases", "add a case, or check --root");
            self.problems.push(problem.in_file(folder));
        }
        let company = hash(&modules);
        for File { path, text } in cases {
            // trybuild would not find it.
            if places.trybuild.is_some() && *kind == Kind::Fail && places.depth(&path) < 2 {
                let problem = Problem::new("a case outside of a claim folder", "move it into one");
                self.problems.push(problem.in_file(&path));
                continue;
            }
            let mut case =
                Case::parse(places, *kind, root, &path, &text, scans, &mut self.problems);
            case.company = company;
            self.cases.push(case);
            self.found.push(path);
        }
        Ok(())
    }

    fn check_claims(&mut self) {
        if self.claims.is_empty() {
            return;
        }
        let known = || self.claims.keys().map(String::as_str);
        let mut problems = Vec::new();
        for case in self.cases.iter().filter(|case| !case.claim.is_empty()) {
            match self.claims.get(&case.claim) {
                None => {
                    let hint = did_you_mean(&case.claim, known());
                    let what = format!("unknown claim `{}`{hint}", case.claim);
                    let problem =
                        Problem::new(what, format!("declare it in {}", self.places.claims()));
                    problems.push(problem.in_file(&case.path));
                }
                Some(claim) if !claim.naming => problems.extend(broken_marks(case)),
                Some(_) => {}
            }
        }
        for assertion in &self.assertions {
            if !self.claims.contains_key(&assertion.claim) {
                let hint = did_you_mean(&assertion.claim, known());
                let what = format!("unknown claim `{}`{hint}", assertion.claim);
                let problem = Problem::new(what, format!("declare it in {}", self.places.claims()));
                let problem = problem.in_file(&assertion.path);
                problems.push(problem.at_line(assertion.line));
            }
        }
        self.problems.extend(problems);
    }

    /// Snapshots have flat names, so the name of a file may be used once in
    /// the folder of those that fail; generated files of programs have the whole path in theirs.
    fn check_unique(&mut self) {
        let mut seen: BTreeMap<(Kind, String), &Utf8Path> = BTreeMap::new();
        for case in &self.cases {
            let name = match case.kind {
                Kind::Fail => case.path.file_stem().unwrap_or_default().to_lowercase(),
                _ => case.id.replace('/', "-").to_lowercase(),
            };
            if let Some(first) = seen.insert((case.kind, name.clone()), &case.path) {
                let what = format!("duplicate id `{name}`: {first} has the same name");
                let problem = Problem::new(what, "rename one of the files");
                self.problems.push(problem.in_file(&case.path));
            }
        }
    }

    /// trybuild compiles what lies in the folders of those that fail, and nothing
    /// in those below.
    fn check_places(&mut self) {
        if self.places.trybuild.is_none() {
            return;
        }
        let fails = self.cases.iter().filter(|case| case.kind == Kind::Fail);
        for case in fails {
            let is_below = self.places.depth(&case.path) > 2;
            let generations = case.generations.join(", ");
            let next = match (is_below, case.has_snapshot()) {
                (true, true) => "move it up, so that trybuild finds it",
                (false, false) => {
                    "move it one folder down, to GENERATION/GROUP, where no .stderr is due"
                }
                _ => continue,
            };
            let what = format!("a case about {generations} does not belong here");
            let problem = Problem::new(what, next);
            self.problems.push(problem.in_file(&case.path));
        }
    }

    fn check_snapshots(&mut self, root: &Utf8Path) -> anyhow::Result<()> {
        let Some(folder) = self.places.snapshots.clone() else {
            return Ok(());
        };
        self.snapshots = {
            let cases = self.places.folder(Kind::Fail).unwrap_or(Utf8Path::new(""));
            let home = Home {
                folder,
                cases: cases.to_owned(),
            };
            Toolchains::load(root, home, &mut self.problems)?
        };
        let reviewed = || self.cases.iter().filter(|case| case.has_snapshot());
        let ids = reviewed().map(|case| case.id.as_str()).collect();
        self.unblessed.extend(self.snapshots.orphans(&ids));
        if self.places.trybuild.is_some() {
            self.check_texts(root)?;
        }
        Ok(())
    }

    /// trybuild compares a file beside each case.
    fn check_texts(&mut self, root: &Utf8Path) -> anyhow::Result<()> {
        let reviewed = || self.cases.iter().filter(|case| case.has_snapshot());
        let paths: BTreeSet<&str> = reviewed().map(|case| case.path.as_str()).collect();
        let folders = self.places.cases.iter();
        let fails = folders.filter(|cases| cases.kind == Kind::Fail);
        let mut texts = Vec::new();
        for cases in fails {
            texts.extend(folder::snapshots(root, &cases.folder)?);
        }
        for path in texts {
            if !paths.contains(path.with_extension("rs").as_str()) {
                let what = "orphan snapshot: it has no case that speaks about the API here";
                let problem = Problem::new(what, "delete it");
                self.problems.push(problem.in_file(&path));
            }
        }
        for case in reviewed() {
            let snapshot = case.path.with_extension("stderr");
            if !root.join(&snapshot).is_file() {
                let what = format!("the snapshot {snapshot} is missing");
                let next = format!(
                    "`cargo soundcheck bless {}`, and read what it writes",
                    case.id
                );
                self.unreviewed
                    .push(Problem::new(what, next).in_file(&case.path));
            }
        }
        Ok(())
    }
}

fn hash(modules: &[File]) -> Key {
    let mut hasher = blake3::Hasher::new();
    for File { path, text } in modules {
        key::add(&mut hasher, path.as_str().as_bytes());
        key::add(&mut hasher, text.as_bytes());
    }
    hasher.finalize().into()
}

/// Marks that could only be met by a broken test.
fn broken_marks(case: &Case) -> Vec<Problem> {
    let broken = case.marks.iter().filter_map(|mark| match &mark.reason {
        Declared::Code(code) if reason::is_broken_test(code) => Some((mark.line, code)),
        _ => None,
    });
    broken
        .map(|(line, code)| {
            let what = format!("{code} says that a test is broken, and proves nothing");
            let next = "expect a reason of the API, or mark the claim `naming = true`";
            Problem::new(what, next).in_file(&case.path).at_line(line)
        })
        .collect()
}
