//! The drivers lane: the kernel's own drivers, as they are in the tree, compile
//! over its kernel crate and over the API here, and run on the stub through
//! both, also with each of their fallible calls failing in turn.
//!
//! A driver that is known to lack something is waived with the list of what.

use std::fs;

use rayon::prelude::*;

use super::build_failure;
use super::linking;
use super::run;
use super::Context;
use super::Lane;
use super::LaneReport;
use crate::case::Case;
use crate::compiler::Compiler;
use crate::corpus::Corpus;
use crate::drivers;
use crate::drivers::missing;
use crate::drivers::Pair;
use crate::drivers::FOLDER;
use crate::event::Failure;
use crate::event::Judgement;
use crate::kernel::Tree;
use crate::program;
use crate::selection::Selection;
use crate::target::Target;
use crate::toolchain::Flavor;

/// The ids that the lane must judge.
pub fn ids(corpus: &Corpus, selection: &Selection) -> Vec<String> {
    let pairs = drivers::pairs(corpus);
    let ids = pairs.iter().flat_map(Pair::ids);
    ids.filter(|id| selection.matches(id)).collect()
}

/// Why the lane has nothing to judge in a tree, if it has not.
pub fn none(corpus: &Corpus) -> Option<String> {
    let why = || match &drivers::left_out(corpus)[..] {
        [] => format!("there is no {FOLDER}/*.toml"),
        left_out => left_out.join("; "),
    };
    drivers::pairs(corpus).is_empty().then(why)
}

/// Judges all drivers.
pub fn run(context: &Context<'_>) -> anyhow::Result<LaneReport> {
    let Some(kernel) = context.corpus.target.kernel() else {
        return Ok(LaneReport::default());
    };
    let is_wanted = |id: &str| context.selection.matches(id);
    let judged: Vec<Vec<Judgement>> = drivers::pairs(context.corpus)
        .into_par_iter()
        .filter(|pair| pair.ids().iter().any(|id| is_wanted(id)))
        .map(|pair| judge(context, &kernel.tree, &pair))
        .collect::<anyhow::Result<_>>()?;
    let judged = judged.into_iter().flatten();
    let judgements: Vec<Judgement> = judged
        .filter(|judgement| is_wanted(&judgement.id))
        .collect();
    let replays: usize = judgements.iter().map(|judgement| judgement.replays).sum();
    let mut remarks = vec![format!("{replays} replays with a failing call")];
    remarks.extend(drivers::left_out(context.corpus));
    Ok(LaneReport {
        judgements,
        remark: remarks.join("; "),
    })
}

/// Compiles a driver, and runs it if there is a program for it.
fn judge(context: &Context<'_>, tree: &Tree, pair: &Pair<'_>) -> anyhow::Result<Vec<Judgement>> {
    let compiler = match pair.target {
        Target::Workspace => context.builds.api(Flavor::Debug),
        Target::Kernel(_) => context.builds.compiler(Flavor::Debug),
    };
    let compiled = match &compiler {
        Ok(compiler) => compile(context, tree, pair, *compiler)?,
        Err(error) => {
            let expected = drivers::expectation(pair.driver, pair.target.generation());
            Err(build_failure(pair.target, error, &expected))
        }
    };
    let run = match (pair.program, &compiled, compiler) {
        (Some(case), Ok(_), Ok(compiler)) => Some(execute(context, pair, case, compiler)?),
        (Some(case), Err(failure), _) => Some(unborn(context, pair, case, failure)),
        _ => None,
    };
    let (waived, failure) = match compiled {
        Ok(waived) => (waived, None),
        Err(failure) => (None, Some(failure)),
    };
    let compiled = Judgement {
        failure,
        waived,
        ..judgement(pair)
    };
    let judgements: Vec<Judgement> = std::iter::once(compiled).chain(run).collect();
    (context.progress)(1);
    Ok(judgements)
}

/// A verdict about a driver as it is, which is in no case.
fn judgement(pair: &Pair<'_>) -> Judgement {
    Judgement {
        id: pair.id(),
        lane: Lane::Drivers,
        path: pair.driver.path(),
        claim: String::new(),
        sentence: String::new(),
        alone: None,
        cached: false,
        replays: 0,
        failure: None,
        waived: None,
    }
}

fn compile(
    context: &Context<'_>,
    tree: &Tree,
    pair: &Pair<'_>,
    compiler: Compiler<'_>,
) -> anyhow::Result<Result<Option<String>, Failure>> {
    let Pair { driver, target, .. } = pair;
    let scratch = context.scratch.join(pair.id());
    fs::create_dir_all(&scratch)?;
    let compilation = drivers::compile(compiler, driver, tree, &scratch)?;
    let own = missing::own_modules(&tree.source().join(&driver.root));
    let lacks = missing::missing(&compilation.errors, &own);
    Ok(drivers::verdict(
        driver,
        target.generation(),
        &compilation,
        &lacks,
    ))
}

/// What does not compile cannot run.
fn unborn(context: &Context<'_>, pair: &Pair<'_>, case: &Case, failure: &Failure) -> Judgement {
    Judgement {
        id: pair.id_of_run(),
        failure: Some(Failure {
            got: format!("it does not: see {}", pair.id()),
            ..failure.clone()
        }),
        ..context.judgement(Lane::Drivers, case)
    }
}

/// Links a driver and its program to the stub, and runs that. `init_module` is
/// one symbol, so each driver has a binary of its own; and functions of it that
/// nobody calls would call what the stub does not have.
fn execute(
    context: &Context<'_>,
    pair: &Pair<'_>,
    case: &Case,
    compiler: Compiler<'_>,
) -> anyhow::Result<Judgement> {
    let name = pair.driver.crate_name();
    let scratch = context.scratch.join(pair.id());
    let library = scratch.join(format!("lib{name}.rlib"));
    let artifacts = compiler.artifacts.with(name, library);
    let compiler = Compiler {
        artifacts: &artifacts,
        dead_code: false,
        ..compiler
    };
    let limit = context.options.timeout;
    let judgement = match program::link(compiler, &[case], &scratch.join("run"), limit)? {
        Ok(binary) => run::judge(context, Lane::Drivers, &binary, Flavor::Debug, case)?,
        Err(compilation) => Judgement {
            failure: Some(linking::failure(case, &compilation)),
            ..context.judgement(Lane::Drivers, case)
        },
    };
    Ok(Judgement {
        id: pair.id_of_run(),
        ..judgement
    })
}
