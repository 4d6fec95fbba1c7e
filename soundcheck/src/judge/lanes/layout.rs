//! The layout lane: programs whose constants assert facts about layouts, with
//! code generation, in debug, release and with the order of fields randomised.
//!
//! Each program is linked against the stub and run in each mode. Where
//! a subject says so they are compiled only, all together: what asserts is
//! evaluated then.

use camino::Utf8Path;
use rayon::prelude::*;

use crate::ground::artifacts::BuildError;
use crate::ground::compiler::Compiler;
use crate::ground::compiler::Depth;
use crate::ground::compiler::Job;
use crate::ground::compiler::Status;
use crate::ground::compiler::EDITION;
use crate::ground::flavor::Flavor;
use crate::ground::process;
use crate::ground::process::Limits;
use crate::judge::batch;
use crate::judge::builds::build_failure;
use crate::judge::case::Case;
use crate::judge::context::Context;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::judge::runner::LaneRunner;
use crate::judge::terms::Terms;

/// The lane.
pub struct Layout;

impl LaneRunner for Layout {
    fn lane(&self) -> Lane {
        Lane::LAYOUT
    }

    fn judges(&self, case: &Case) -> bool {
        case.kind == Kind::Layout
    }

    fn ids_of(&self, case: &Case) -> Vec<String> {
        MODES.iter().map(|mode| id(case, *mode)).collect()
    }

    fn flavors(&self, _terms: &Terms) -> Vec<Flavor> {
        MODES.to_vec()
    }

    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport> {
        run(task)
    }

    fn hunt(&self, task: &Task<'_>) -> anyhow::Result<Option<Judgement>> {
        hunt(task)
    }
}

/// Compiles all programs together, and looks at each only if one is refused.
fn hunt(task: &Task<'_>) -> anyhow::Result<Option<Judgement>> {
    for mode in MODES {
        let compiler = task.context.builds.compiler(mode);
        if let Ok(compiler) = &compiler {
            if hold_together(task, *compiler)? {
                continue;
            }
        }
        for case in task.cases {
            let judgement = judge(task, &compiler, mode, case)?;
            if judgement.outcome() == Outcome::Fail {
                return Ok(Some(judgement));
            }
        }
    }
    Ok(None)
}

/// The builds in which layouts are looked at.
pub const MODES: [Flavor; 3] = [Flavor::Debug, Flavor::Release, Flavor::Randomized];

/// Judges all layout programs in all modes.
fn run(task: &Task<'_>) -> anyhow::Result<LaneReport> {
    let context = task.context;
    let cases = task.cases;
    let mut judgements = Vec::new();
    for mode in MODES {
        let compiler = context.builds.compiler(mode);
        if let (true, Ok(compiler)) = (!context.subject.runs_layouts, &compiler) {
            if hold_together(task, *compiler)? {
                (task.progress)(cases.len());
                judgements.extend(cases.iter().map(|case| judgement(context, mode, case)));
                continue;
            }
        }
        let judged: Vec<Judgement> = cases
            .par_iter()
            .map(|case| judge(task, &compiler, mode, case))
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
    task: &Task<'_>,
    compiler: &Result<Compiler<'_>, BuildError>,
    mode: Flavor,
    case: &Case,
) -> anyhow::Result<Judgement> {
    let context = task.context;
    let expected = format!("it compiles and runs in {}", mode.name());
    let failure = match compiler {
        Ok(compiler) => attempt(context, *compiler, case)?.map(|(kind, line, got)| Failure {
            kind,
            line,
            expected,
            got,
            next: format!(
                "cargo soundcheck check{} --lane layout {}",
                context.subject.options, case.id
            ),
        }),
        Err(error) => Some(build_failure(context.subject, error, &expected)),
    };
    (task.progress)(1);
    Ok(Judgement {
        failure,
        ..judgement(context, mode, case)
    })
}

fn judgement(context: &Context<'_>, mode: Flavor, case: &Case) -> Judgement {
    Judgement {
        id: id(case, mode),
        ..context.judgement(Lane::LAYOUT, case)
    }
}

/// Whether all programs compile as modules of one crate, code and all. If they
/// do not, each is judged alone.
fn hold_together(task: &Task<'_>, compiler: Compiler<'_>) -> anyhow::Result<bool> {
    let (context, mode) = (task.context, compiler.flavor.name());
    let scratch = context.scratch.join("layout").join(mode);
    std::fs::create_dir_all(&scratch)?;
    let source = scratch.join("layouts.rs");
    let cases = task.cases.iter().copied().enumerate();
    std::fs::write(&source, batch::root(&compiler.artifacts.manner, cases))?;
    let compilation = compiler.compile(Job {
        source: &source,
        cases: task.cases.len(),
        output: &scratch,
        name: "layouts",
        depth: Depth::Code,
        program: false,
        twin: false,
        edition: EDITION,
    })?;
    Ok(compilation.status == Status::Clean)
}

/// What is wrong with a program: what came of it, on which line, in words.
type Fault = (FailureKind, Option<usize>, String);

/// Compiles, links and runs a program; says on which line what went wrong.
fn attempt(
    context: &Context<'_>,
    compiler: Compiler<'_>,
    case: &Case,
) -> anyhow::Result<Option<Fault>> {
    let name = id(case, compiler.flavor).replace(['/', '@'], "-");
    let scratch = context.scratch.join("layout").join(name);
    std::fs::create_dir_all(&scratch)?;
    let source = scratch.join("layout.rs");
    std::fs::write(&source, root(compiler, case))?;
    let compilation = compiler.compile(Job {
        source: &source,
        cases: 1,
        output: &scratch,
        name: "layout",
        depth: match !context.subject.runs_layouts {
            true => Depth::Code,
            false => Depth::Link,
        },
        program: true,
        twin: false,
        edition: EDITION,
    })?;
    match compilation.status {
        Status::Clean if !context.subject.runs_layouts => Ok(None),
        Status::Clean => execute(context, &scratch),
        Status::Crashed(crash) => Ok(Some((FailureKind::NotJudged, None, crash.to_string()))),
        Status::Refused => {
            let first = &compilation.errors[0];
            let mut places = first.places.iter().flatten();
            let place = places.find(|place| place.file == source);
            let generated = context.workspace.relative(&source).as_str();
            let got = first.rendered.replace(generated, case.path.as_str());
            let got = got.replace(source.as_str(), case.path.as_str());
            let line = place.map(|place| place.line);
            Ok(Some((
                FailureKind::Refused,
                line,
                got.trim_end().to_owned(),
            )))
        }
    }
}

/// The program itself, with a last line that links the stub. So its `main` may
/// be private and all lines keep their numbers.
fn root(compiler: Compiler<'_>, case: &Case) -> String {
    match &compiler.artifacts.manner.stub {
        Some(stub) => format!("{}\nuse {} as _;\n", case.text, stub.name),
        None => case.text.clone(),
    }
}

fn execute(context: &Context<'_>, scratch: &Utf8Path) -> anyhow::Result<Option<Fault>> {
    let command = std::process::Command::new(scratch.join("layout"));
    let exit = process::run(command, &Limits::of(context.terms.timeout))?;
    if exit.is_success() && exit.left == 0 {
        return Ok(None);
    }
    let got = format!(
        "the program {}\n{}",
        exit.describe(),
        exit.stderr.trim_end()
    );
    Ok(Some((FailureKind::Misbehaved, None, got)))
}
