//! The layout lane: programs whose constants assert facts about layouts, with
//! code generation, in debug, release and with the order of fields randomised.
//!
//! Each program is linked against the stub and run in each mode. Over a kernel
//! tree it is compiled only, with all others: what asserts is evaluated then.

use camino::Utf8Path;
use rayon::prelude::*;

use super::build_failure;
use super::Context;
use super::Lane;
use super::LaneReport;
use crate::batch;
use crate::case::Case;
use crate::compiler::Compiler;
use crate::compiler::Depth;
use crate::compiler::Job;
use crate::compiler::Status;
use crate::compiler::EDITION;
use crate::event::Failure;
use crate::event::Judgement;
use crate::process;
use crate::process::Limits;
use crate::target::Target;
use crate::toolchain::BuildError;
use crate::toolchain::Flavor;

/// The builds in which layouts are looked at.
pub const MODES: [Flavor; 3] = [Flavor::Debug, Flavor::Release, Flavor::Randomized];

/// A layout program has one id for each mode.
pub fn ids(case: &Case) -> Vec<String> {
    MODES.iter().map(|mode| id(case, *mode)).collect()
}

/// Judges all layout programs in all modes.
pub fn run(context: &Context<'_>) -> anyhow::Result<LaneReport> {
    let cases = context.cases;
    let mut judgements = Vec::new();
    for mode in MODES {
        let compiler = context.builds.compiler(mode);
        if let (true, Ok(compiler)) = (is_kernel(context), &compiler) {
            if hold_together(context, *compiler)? {
                (context.progress)(cases.len());
                judgements.extend(cases.iter().map(|case| judgement(context, mode, case)));
                continue;
            }
        }
        let judged: Vec<Judgement> = cases
            .par_iter()
            .map(|case| judge(context, &compiler, mode, case))
            .collect::<anyhow::Result<_>>()?;
        judgements.extend(judged);
    }
    Ok(LaneReport {
        judgements,
        remark: "debug, release, randomized".to_owned(),
    })
}

fn id(case: &Case, mode: Flavor) -> String {
    format!("{}@{}", case.id, mode.name())
}

fn judge(
    context: &Context<'_>,
    compiler: &Result<Compiler<'_>, BuildError>,
    mode: Flavor,
    case: &Case,
) -> anyhow::Result<Judgement> {
    let expected = format!("it compiles and runs in {}", mode.name());
    let failure = match compiler {
        Ok(compiler) => attempt(context, *compiler, case)?.map(|(line, got)| Failure {
            line,
            expected,
            got,
            next: format!(
                "cargo soundcheck check{} --lane layout {}",
                context.corpus.target.options(),
                case.id
            ),
        }),
        Err(error) => Some(build_failure(&context.corpus.target, error, &expected)),
    };
    (context.progress)(1);
    Ok(Judgement {
        failure,
        ..judgement(context, mode, case)
    })
}

fn judgement(context: &Context<'_>, mode: Flavor, case: &Case) -> Judgement {
    Judgement {
        id: id(case, mode),
        ..context.judgement(Lane::Layout, case)
    }
}

fn is_kernel(context: &Context<'_>) -> bool {
    matches!(context.corpus.target, Target::Kernel(_))
}

/// Whether all programs compile as modules of one crate, code and all. If they
/// do not, each is judged alone.
fn hold_together(context: &Context<'_>, compiler: Compiler<'_>) -> anyhow::Result<bool> {
    let mode = compiler.flavor.name();
    let scratch = context.scratch.join("layout").join(mode);
    std::fs::create_dir_all(&scratch)?;
    let source = scratch.join("layouts.rs");
    let cases = context.cases.iter().copied().enumerate();
    std::fs::write(&source, batch::declare_modules(cases))?;
    let compilation = compiler.compile(Job {
        source: &source,
        cases: context.cases.len(),
        output: &scratch,
        name: "layouts",
        depth: Depth::Code,
        program: false,
        twin: false,
        edition: EDITION,
    })?;
    Ok(compilation.status == Status::Clean)
}

/// Compiles, links and runs a program; says on which line what went wrong.
fn attempt(
    context: &Context<'_>,
    compiler: Compiler<'_>,
    case: &Case,
) -> anyhow::Result<Option<(Option<usize>, String)>> {
    let name = id(case, compiler.flavor).replace(['/', '@'], "-");
    let scratch = context.scratch.join("layout").join(name);
    std::fs::create_dir_all(&scratch)?;
    let source = scratch.join("layout.rs");
    std::fs::write(&source, root(case))?;
    let compilation = compiler.compile(Job {
        source: &source,
        cases: 1,
        output: &scratch,
        name: "layout",
        depth: match is_kernel(context) {
            true => Depth::Code,
            false => Depth::Link,
        },
        program: true,
        twin: false,
        edition: EDITION,
    })?;
    match compilation.status {
        Status::Clean if is_kernel(context) => Ok(None),
        Status::Clean => execute(context, &scratch),
        Status::Crashed(crash) => Ok(Some((None, crash.to_string()))),
        Status::Refused => {
            let first = &compilation.errors[0];
            let mut places = first.places.iter().flatten();
            let place = places.find(|place| place.file == source);
            let generated = context.workspace.relative(&source).as_str();
            let got = first.rendered.replace(generated, case.path.as_str());
            let got = got.replace(source.as_str(), case.path.as_str());
            let line = place.map(|place| place.line);
            Ok(Some((line, got.trim_end().to_owned())))
        }
    }
}

/// The program itself, with a last line that links the stub. So its `main` may
/// be private and all lines keep their numbers.
fn root(case: &Case) -> String {
    format!("{}\nuse hw_stub as _;\n", case.text)
}

fn execute(
    context: &Context<'_>,
    scratch: &Utf8Path,
) -> anyhow::Result<Option<(Option<usize>, String)>> {
    let command = std::process::Command::new(scratch.join("layout"));
    let exit = process::run(command, &Limits::of(context.options.timeout))?;
    if exit.is_success() && exit.left == 0 {
        return Ok(None);
    }
    let got = format!(
        "the program {}\n{}",
        exit.describe(),
        exit.stderr.trim_end()
    );
    Ok(Some((None, got)))
}
