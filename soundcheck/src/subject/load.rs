//! The corpus of a target: the cases on disk, and what a contract adds to them.

use camino::Utf8Path;

use crate::ground::problem::Problem;
use crate::ground::workspace::Workspace;
use crate::judge::cache::Cache;
use crate::judge::case::Case;
use crate::judge::corpus::Corpus;
use crate::judge::corpus::Undecided;
use crate::judge::kind::Kind;
use crate::judge::runner::LaneRunner;
use crate::judge::scan::Scans;
use crate::judge::selection::Selection;
use crate::judge::subject::Subject;
use crate::subject::drivers;
use crate::subject::drivers::Driver;
use crate::subject::matrix;
use crate::subject::mutation::causes::Causes;
use crate::subject::target::Target;

/// Reads everything that may be judged of a target. What is wrong is collected.
///
/// # Errors
///
/// Something cannot be read.
pub fn corpus(workspace: &Workspace, cache: &Cache, target: &Target) -> anyhow::Result<Corpus> {
    let (root, places) = (workspace.root(), target.places.clone());
    let scans = cache.scans();
    let mut corpus = Corpus::read(root, places, &target.subject.name, &scans)?;
    add_drivers(&mut corpus, root);
    add_matrix(&mut corpus, workspace, target, &scans);
    if corpus.is_own() {
        let undecided = matrix::invariants(root, &corpus.places.assertions)?;
        corpus.undecided.extend(undecided);
    }
    add_causes(&mut corpus, root, target);
    scans.save();
    Ok(corpus)
}

/// Every id that lanes judge of a corpus.
pub fn ids(lanes: &[&dyn LaneRunner], corpus: &Corpus, subject: &Subject) -> Vec<String> {
    let everything = Selection::default();
    let ids = lanes
        .iter()
        .map(|lane| lane.ids(corpus, subject, &everything));
    ids.flatten().collect()
}

/// Reads what is known about drivers of the kernel. A program that none of them
/// has would never run.
fn add_drivers(corpus: &mut Corpus, root: &Utf8Path) {
    let drivers = match drivers::find(root, &corpus.places) {
        Ok(drivers) => drivers,
        Err(error) => return corpus.problems.extend(error.0),
    };
    let programs = corpus.cases.iter().filter(|case| case.kind == Kind::Guest);
    for case in programs {
        let has_it = |driver: &Driver| driver.program.as_ref() == Some(&case.path);
        if !drivers.iter().any(has_it) {
            let next = "name it as `program` in the specification of its driver";
            let problem = Problem::new("no driver has this program", next);
            corpus.problems.push(problem.in_file(&case.path));
        }
    }
}

/// Adds what waits for a cause. A case about another subject has none here.
fn add_causes(corpus: &mut Corpus, root: &Utf8Path, target: &Target) {
    let Some(path) = &target.manifest().mutants.causes else {
        return;
    };
    let causes = match Causes::read(root, path) {
        Ok(causes) => causes,
        Err(problem) => return corpus.problems.push(problem),
    };
    let written = |case: &&Case| case.kind == Kind::Fail && !case.is_generated;
    let written = corpus.spoken().filter(written);
    let faults = written.filter_map(|case| {
        let problem = causes.fault(case)?;
        let id = case.id.clone();
        Some(Undecided { id, problem })
    });
    let faults: Vec<Undecided> = faults.collect();
    corpus.undecided.extend(faults);
    let is_there = |id: &str| corpus.cases.iter().any(|case| case.id == id);
    let orphans: Vec<Problem> = causes.orphans(path, is_there).collect();
    corpus.problems.extend(orphans);
}

/// Adds the programs that the contract expands to, and what it records.
fn add_matrix(corpus: &mut Corpus, workspace: &Workspace, target: &Target, scans: &Scans) {
    let Some(file) = target.contract() else {
        return;
    };
    let contract = match matrix::load(workspace.root(), file, &corpus.claims) {
        Ok(Some(contract)) => contract,
        Ok(None) => return,
        Err(problems) => return corpus.problems.extend(problems),
    };
    match matrix::programs(&contract) {
        Ok(programs) => {
            let folder = target.programs(workspace);
            let places = &corpus.places;
            let problems = &mut corpus.problems;
            let cases = matrix::cases(workspace, places, &folder, &programs, scans, problems);
            corpus
                .found
                .extend(cases.iter().map(|case| case.path.clone()));
            corpus.cases.extend(cases);
        }
        Err(problem) => corpus.problems.push(problem),
    }
    corpus.undecided.extend(contract.undecided());
    corpus.holes = contract.holes.iter().map(matrix::Hole::known).collect();
    let mistakes = matrix::mistakes(corpus, &contract, file);
    corpus.problems.extend(mistakes);
}
