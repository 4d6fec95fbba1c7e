//! Many programs in few binaries, for the lanes that run programs.
//!
//! Owns the binaries, and the verdict on a program that cannot be linked. One
//! that does not compile must not take its neighbours with it.

use camino::Utf8Path;
use camino::Utf8PathBuf;
use rayon::prelude::*;

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Compiler;
use crate::ground::compiler::Status;
use crate::ground::diagnostic::Diagnostic;
use crate::judge::batch;
use crate::judge::case::Case;
use crate::judge::context::Context;
use crate::judge::event::Judgement;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::lane::Lane;
use crate::judge::program;
use crate::judge::program::Binary;
use crate::judge::reason;

/// Programs that could be linked, and verdicts on those that could not.
#[derive(Default)]
pub struct Linked<'a> {
    /// Each program with the binary that it is in.
    pub runnable: Vec<(Binary, &'a Case)>,
    /// A failure for each program that does not compile, or that rustc gave no
    /// verdict on.
    pub failed: Vec<Judgement>,
}

/// Links all programs into binaries of many, one for each job if they do not
/// get too small.
pub fn linked<'a>(
    context: &Context<'_>,
    compiler: Compiler<'_>,
    lane: Lane,
    cases: &[&'a Case],
) -> anyhow::Result<Linked<'a>> {
    let scratch = context.scratch.join(lane.name());
    let linker = Linker {
        context,
        compiler,
        lane,
    };
    let parts: Vec<Linked<'a>> = batch::chunks(cases.len(), context.terms.jobs())
        .into_par_iter()
        .enumerate()
        .map(|(number, range)| linker.link(&cases[range], &scratch.join(format!("{number}"))))
        .collect::<anyhow::Result<_>>()?;
    Ok(together(parts))
}

fn together(parts: Vec<Linked<'_>>) -> Linked<'_> {
    let mut linked = Linked::default();
    for part in parts {
        linked.runnable.extend(part.runnable);
        linked.failed.extend(part.failed);
    }
    linked
}

struct Linker<'c> {
    context: &'c Context<'c>,
    compiler: Compiler<'c>,
    lane: Lane,
}

impl Linker<'_> {
    /// Links programs into one binary. If that is refused, those that the
    /// errors are in get a binary of their own, and the others are linked
    /// again; errors that are in no program are searched for by halves.
    fn link<'a>(&self, cases: &[&'a Case], scratch: &Utf8Path) -> anyhow::Result<Linked<'a>> {
        let limit = self.context.terms.timeout;
        let compilation = match program::link(self.compiler, cases, scratch, limit)? {
            Ok(binary) => return Ok(all(&binary, cases)),
            Err(compilation) => compilation,
        };
        if let [case] = cases {
            return Ok(self.refused(case, &compilation));
        }
        let (named, others): (Vec<&Case>, Vec<&Case>) =
            cases.iter().partition(|case| is_named(case, &compilation));
        let parts = match named.is_empty() || others.is_empty() {
            true => halves(cases, scratch),
            false => apart(named, others, scratch),
        };
        let parts: Vec<Linked<'a>> = parts
            .into_par_iter()
            .map(|(cases, scratch)| self.link(&cases, &scratch))
            .collect::<anyhow::Result<_>>()?;
        Ok(together(parts))
    }

    fn refused<'a>(&self, case: &Case, compilation: &Compilation) -> Linked<'a> {
        let judgement = Judgement {
            failure: Some(failure(case, compilation)),
            ..self.context.judgement(self.lane, case)
        };
        Linked {
            failed: vec![judgement],
            ..Linked::default()
        }
    }
}

fn all<'a>(binary: &Binary, cases: &[&'a Case]) -> Linked<'a> {
    let cases = cases.iter();
    Linked {
        runnable: cases.map(|case| (binary.clone(), *case)).collect(),
        ..Linked::default()
    }
}

/// Whether an error is in the file of a case.
fn is_named(case: &Case, compilation: &Compilation) -> bool {
    let errors = compilation.errors.iter();
    let mut places = errors.flat_map(|error| error.places.iter().flatten());
    places.any(|place| place.file == case.file)
}

/// Programs, and the directory that their binary is linked in.
type Part<'a> = (Vec<&'a Case>, Utf8PathBuf);

fn halves<'a>(cases: &[&'a Case], scratch: &Utf8Path) -> Vec<Part<'a>> {
    let (first, second) = cases.split_at(cases.len() / 2);
    vec![
        (first.to_vec(), scratch.join("a")),
        (second.to_vec(), scratch.join("b")),
    ]
}

fn apart<'a>(named: Vec<&'a Case>, others: Vec<&'a Case>, scratch: &Utf8Path) -> Vec<Part<'a>> {
    let own = |(number, case)| (vec![case], scratch.join(format!("own-{number}")));
    let named = named.into_iter().enumerate().map(own);
    named.chain([(others, scratch.join("others"))]).collect()
}

/// The failure of a program that does not compile.
pub fn failure(case: &Case, compilation: &Compilation) -> Failure {
    let mend = "mend the program, or the API if the program is right";
    let code = |error: &Diagnostic| error.code.as_deref().is_some_and(reason::is_broken_test);
    let kind = match compilation.errors.iter().any(code) {
        true => FailureKind::BrokenTest,
        false => FailureKind::Refused,
    };
    let refused = |got: &str| (kind, got.to_owned(), mend);
    let (kind, got, next) = match (&compilation.status, compilation.errors.first()) {
        (Status::Crashed(crash), _) => (FailureKind::NotJudged, crash.to_string(), crash.next()),
        (_, Some(error)) => refused(error.rendered.trim_end()),
        (_, None) => refused("no message"),
    };
    let mut places = compilation
        .errors
        .iter()
        .flat_map(|error| error.places.iter().flatten());
    let place = places.find(|place| place.file == case.file);
    Failure {
        kind,
        line: place.map(|place| place.line),
        expected: "the program compiles".to_owned(),
        got,
        next: next.to_owned(),
    }
}
