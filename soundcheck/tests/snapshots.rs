//! The snapshot of a case does not depend on the company in which it was
//! compiled: in one crate with all others it has the text that it has alone.

use std::fs;

use camino::Utf8Path;
use rayon::prelude::*;
use soundcheck::ground::compiler::Compiler;
use soundcheck::ground::compiler::Depth;
use soundcheck::ground::diagnostic::Diagnostic;
use soundcheck::ground::flavor::Flavor;
use soundcheck::ground::toolchain::Toolchain;
use soundcheck::ground::workspace::Workspace;
use soundcheck::judge::batch::Batch;
use soundcheck::judge::builds::Builds;
use soundcheck::judge::cache::Cache;
use soundcheck::judge::case::Case;
use soundcheck::judge::case::Stage;
use soundcheck::judge::isolated;
use soundcheck::judge::peel::Judge as _;
use soundcheck::judge::snapshot;
use soundcheck::subject::load;
use soundcheck::subject::target::AtHand;
use soundcheck::subject::target::Target;

/// One case in this many is compiled alone; the committed snapshots, which are
/// of isolated compilations, stand for the others.
const SAMPLE: usize = 12;

/// How many texts may differ in how a name is written: rustc writes
/// `kernel::workqueue::Queue` where a neighbour has another `Queue`. The lane
/// compiles these cases alone, so more of them would cost time only.
const QUALIFIED: usize = 40;

#[test]
fn a_case_has_the_same_snapshot_alone_and_in_a_batch() {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let workspace = Workspace::open(Some(&root), None).expect("this is a workspace");
    let target = Target::open(&workspace, None).expect("it says what is judged");
    let corpus = load::corpus(&workspace, &Cache::none(), &target).expect("the cases can be read");
    let toolchain = Toolchain::resolve(&workspace).expect("there is a compiler");
    if !corpus.snapshots.is_pinned(&toolchain.label) {
        return;
    }
    let at_hand = AtHand {
        target: &target,
        workspace: &workspace,
        toolchain: &toolchain,
    };
    let builds = Builds::new(&workspace, &toolchain, &at_hand, false);
    let mut compiler = builds.compiler(Flavor::Debug).expect("the API builds");
    compiler.in_full = true;
    let scratch = workspace.scratch().expect("there is room");
    let scratch = Utf8Path::from_path(scratch.path()).expect("the path is UTF-8");
    let is_batched =
        |case: &&Case| case.has_snapshot() && case.alone.is_none() && case.stage == Stage::Normal;
    let cases: Vec<&Case> = corpus.spoken().filter(is_batched).collect();

    let texts = batched(compiler, &cases, scratch);
    let known = texts.iter().flatten().count();
    assert!(
        known > 300,
        "only {known} of {} cases have errors in a batch",
        cases.len()
    );
    let committed = |case: &Case| corpus.snapshots.get(&toolchain.label, &case.id);
    let texts = cases.iter().zip(&texts);
    let texts = texts.filter_map(|(case, text)| Some((*case, text.as_deref()?)));
    let differs: Vec<(&Case, &str)> = texts
        .filter(|(case, text)| committed(case) != Some(*text))
        .collect();
    for (case, text) in &differs {
        let committed = committed(case).map(unqualified);
        assert_eq!(committed, Some(unqualified(text)), "{}", case.id);
    }
    assert!(differs.len() <= QUALIFIED, "{} differ", differs.len());
    let sample: Vec<&Case> = cases.into_iter().step_by(SAMPLE).collect();
    sample.par_iter().for_each(|case| {
        let compilation = isolated::compile(compiler, case, false, scratch);
        let errors = compilation.expect("rustc runs").errors;
        let text = entry(compiler, case, &errors.iter().collect::<Vec<_>>());
        assert_eq!(Some(text.as_str()), committed(case), "{}", case.id);
    });
}

/// The texts of all cases that have an error when they are compiled as one crate.
fn batched(compiler: Compiler<'_>, cases: &[&Case], scratch: &Utf8Path) -> Vec<Option<String>> {
    let scratch = scratch.join("batch");
    fs::create_dir_all(&scratch).expect("a folder can be made");
    let accepts = |_: &Case, _: &[&Diagnostic]| true;
    let batch = Batch::new(compiler, cases, &scratch, Depth::Check, &accepts, false);
    let everybody: Vec<usize> = (0..cases.len()).collect();
    let compilation = batch.compile(&everybody).expect("rustc runs");
    let owners: Vec<_> = compilation
        .errors
        .iter()
        .map(|error| batch.owner(error))
        .collect();
    let errors_of = |case: usize| {
        let pairs = compilation.errors.iter().zip(&owners);
        let mine = pairs.filter(move |(_, owner)| **owner == Some(case));
        mine.map(|(error, _)| error).collect::<Vec<&Diagnostic>>()
    };
    let text = |(index, case): (usize, &&Case)| {
        let errors = errors_of(index);
        (!errors.is_empty()).then(|| entry(compiler, case, &errors))
    };
    cases.iter().enumerate().map(text).collect()
}

/// A text without the modules before the names in it.
fn unqualified(text: &str) -> String {
    let mut clean = String::new();
    for part in text.split_inclusive("::") {
        match part.strip_suffix("::") {
            Some(part) => {
                let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
                clean.push_str(part.trim_end_matches(is_word));
            }
            None => clean.push_str(part),
        }
    }
    clean
}

fn entry(compiler: Compiler<'_>, case: &Case, errors: &[&Diagnostic]) -> String {
    snapshot::entry(compiler.workspace.root(), case, errors)
}
