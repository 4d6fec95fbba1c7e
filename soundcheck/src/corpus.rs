//! Everything that is on disk to be judged: claims, cases, assertions.
//!
//! Owns the walk and the checks that need more than one file: unknown claims,
//! duplicate ids, orphan and missing snapshots, folders without cases.

use std::collections::BTreeMap;
use std::fs;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::assertion;
use crate::assertion::Assertion;
use crate::cache;
use crate::cache::Cache;
use crate::case::Case;
use crate::case::Kind;
use crate::claim;
use crate::claim::Claims;
use crate::drivers;
use crate::drivers::Driver;
use crate::folder;
use crate::folder::File;
use crate::folder::Folder;
use crate::hole;
use crate::hole::Hole;
use crate::matrix;
use crate::problem::did_you_mean;
use crate::problem::Problem;
use crate::reason;
use crate::scan::Scans;
use crate::snapshot::Toolchains;
use crate::store::Key;
use crate::target::Target;
use crate::workspace::Workspace;

/// The file with the claims, below the root.
pub const CLAIMS: &str = "contracts/claims.toml";

/// The cases and claims of a workspace.
#[derive(Debug, Default)]
pub struct Corpus {
    /// The claims by id.
    pub claims: Claims,
    /// The cases in the order of their ids.
    pub cases: Vec<Case>,
    /// The drivers of the kernel that are known here.
    pub drivers: Vec<Driver>,
    /// The assertions in the API that name a claim.
    pub assertions: Vec<Assertion>,
    /// Every case file that was found, before any was read.
    pub found: Vec<Utf8PathBuf>,
    /// What waits for a decision: cells of the matrix, and invariants.
    pub undecided: Vec<matrix::Undecided>,
    /// What rustc said about them when it was last reviewed.
    pub snapshots: Toolchains,
    /// What is judged.
    pub target: Target,
    /// The holes that are recorded for it.
    pub holes: Vec<Hole>,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
    /// What `bless` mends: snapshots without a case, cases without a `.stderr`.
    pub unblessed: Vec<Problem>,
}

impl Corpus {
    /// Reads a whole workspace. What is wrong is collected, not returned early.
    pub fn load(workspace: &Workspace, cache: &Cache, target: Target) -> anyhow::Result<Self> {
        let root = workspace.root();
        let scans = cache.scans();
        let mut corpus = Self {
            target,
            ..Self::default()
        };
        corpus.load_claims(root);
        for kind in Kind::ALL {
            corpus.load_kind(root, kind, &scans)?;
        }
        if let Target::Workspace = corpus.target {
            corpus.assertions = assertion::scan(root)?;
        }
        corpus.load_drivers(root);
        corpus.check_claims();
        corpus.check_unique();
        corpus.check_places();
        corpus.check_snapshots(root)?;
        corpus.load_matrix(workspace, &scans);
        if let Target::Workspace = corpus.target {
            corpus.undecided.extend(matrix::invariants(root)?);
        }
        scans.save();
        Ok(corpus)
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
                    .in_file(Utf8Path::new(CLAIMS))
                    .at_line(claim.line)
            })
            .collect()
    }

    fn load_claims(&mut self, root: &Utf8Path) {
        let path = Utf8Path::new(CLAIMS);
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

    fn load_kind(&mut self, root: &Utf8Path, kind: Kind, scans: &Scans) -> anyhow::Result<()> {
        let Folder { cases, modules } = folder::read(root, kind, &mut self.problems)?;
        if cases.is_empty() && kind == Kind::Fail {
            let problem = Problem::new("there are no cases", "add a case, or check --root");
            self.problems
                .push(problem.in_file(Utf8Path::new(kind.folder())));
        }
        let company = hash(&modules);
        for File { path, text } in cases {
            let mut case = Case::parse(kind, root, &path, &text, scans, &mut self.problems);
            case.company = company;
            self.cases.push(case);
            self.found.push(path);
        }
        Ok(())
    }

    /// Reads what is known about drivers of the kernel. A program that none of
    /// them has would never run.
    fn load_drivers(&mut self, root: &Utf8Path) {
        match drivers::find(root) {
            Ok(drivers) => self.drivers = drivers,
            Err(error) => return self.problems.extend(error.0),
        }
        let programs = self.cases.iter().filter(|case| case.kind == Kind::Driver);
        for case in programs {
            let has_it = |driver: &Driver| driver.program.as_ref() == Some(&case.path);
            if !self.drivers.iter().any(has_it) {
                let next = "name it as `program` in the specification of its driver";
                let problem = Problem::new("no driver has this program", next);
                self.problems.push(problem.in_file(&case.path));
            }
        }
    }

    /// Adds the programs that the contract expands to.
    fn load_matrix(&mut self, workspace: &Workspace, scans: &Scans) {
        let (root, target) = (workspace.root(), &self.target);
        let contract = match matrix::load(root, target.contract(), &self.claims) {
            Ok(Some(contract)) => contract,
            Ok(None) => return,
            Err(problems) => return self.problems.extend(problems),
        };
        match matrix::programs(&contract) {
            Ok(programs) => {
                let folder = target.programs(workspace);
                let cases = matrix::cases(workspace, &folder, &programs, scans, &mut self.problems);
                self.found
                    .extend(cases.iter().map(|case| case.path.clone()));
                self.cases.extend(cases);
            }
            Err(problem) => self.problems.push(problem),
        }
        self.undecided.extend(contract.undecided());
        self.holes.clone_from(&contract.holes);
        let mistakes = hole::mistakes(self, &contract.sources);
        self.problems.extend(mistakes);
    }

    fn check_claims(&mut self) {
        if self.claims.is_empty() {
            return;
        }
        let known = || self.claims.keys().map(String::as_str);
        for case in self.cases.iter().filter(|case| !case.claim.is_empty()) {
            match self.claims.get(&case.claim) {
                None => {
                    let hint = did_you_mean(&case.claim, known());
                    let what = format!("unknown claim `{}`{hint}", case.claim);
                    let problem = Problem::new(what, format!("declare it in {CLAIMS}"));
                    self.problems.push(problem.in_file(&case.path));
                }
                Some(claim) if !claim.naming => self.problems.extend(broken_contract(case)),
                Some(_) => {}
            }
        }
        for assertion in &self.assertions {
            if !self.claims.contains_key(&assertion.claim) {
                let hint = did_you_mean(&assertion.claim, known());
                let what = format!("unknown claim `{}`{hint}", assertion.claim);
                let problem = Problem::new(what, format!("declare it in {CLAIMS}"));
                let problem = problem.in_file(&assertion.path);
                self.problems.push(problem.at_line(assertion.line));
            }
        }
    }

    /// Snapshots have flat names, so the name of a file may be used once in
    /// `ui-fail`; generated files of programs have the whole path in theirs.
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

    /// trybuild compiles what lies in the folders of `ui-fail`, and nothing in
    /// those below, over the API of the workspace.
    fn check_places(&mut self) {
        let fails = self.cases.iter().filter(|case| case.kind == Kind::Fail);
        for case in fails {
            let is_below = case.path.components().count() > 3;
            let generations = case.generations.join(", ");
            let next = match (is_below, case.has_snapshot()) {
                (true, true) => "move it up, so that `cargo test -p ui-fail` finds it",
                (false, false) => "move it into ui-fail/GENERATION/GROUP, where no .stderr is due",
                _ => continue,
            };
            let what = format!("a case about {generations} does not belong here");
            let problem = Problem::new(what, next);
            self.problems.push(problem.in_file(&case.path));
        }
    }

    fn check_snapshots(&mut self, root: &Utf8Path) -> anyhow::Result<()> {
        self.snapshots = Toolchains::load(root, &mut self.problems)?;
        let reviewed = || self.cases.iter().filter(|case| case.has_snapshot());
        let ids = reviewed().map(|case| case.id.as_str()).collect();
        self.unblessed.extend(self.snapshots.orphans(&ids));
        for path in folder::snapshots(root, Kind::Fail)? {
            let is_of = |case: &Case| case.path == path.with_extension("rs");
            if !reviewed().any(is_of) {
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
                self.unblessed
                    .push(Problem::new(what, next).in_file(&case.path));
            }
        }
        Ok(())
    }
}

fn hash(modules: &[File]) -> Key {
    let mut hasher = blake3::Hasher::new();
    for File { path, text } in modules {
        cache::add(&mut hasher, path.as_str().as_bytes());
        cache::add(&mut hasher, text.as_bytes());
    }
    hasher.finalize().into()
}

/// A contract that could only be met by a broken test.
fn broken_contract(case: &Case) -> Vec<Problem> {
    use crate::directive::Reason;
    let broken = case
        .expectations
        .iter()
        .filter_map(|mark| match &mark.reason {
            Reason::Code(code) if reason::is_broken_test(code) => Some((mark.line, code)),
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
