//! A case as a program of its own: the verdict that counts.
//!
//! Owns the isolated compilation of a case or of its twin. The root of the
//! crate is the case file itself, as it is for trybuild.

use camino::Utf8Path;

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Compiler;
use crate::ground::compiler::Depth;
use crate::ground::compiler::Job;
use crate::ground::compiler::EDITION;
use crate::judge::case::Case;
use crate::judge::case::Stage;
use crate::judge::directive::Declared;
use crate::judge::reason;

/// Compiles a case, or its twin, alone.
pub fn compile(
    compiler: Compiler<'_>,
    case: &Case,
    twin: bool,
    scratch: &Utf8Path,
) -> anyhow::Result<Compilation> {
    let output = scratch.join(case.id.replace('/', "-"));
    std::fs::create_dir_all(&output)?;
    compiler.compile(Job {
        source: &case.file,
        cases: 1,
        output: &output,
        name: "case",
        depth: if twin { Depth::Code } else { depth(case) },
        program: true,
        twin,
        edition: case.edition.as_deref().unwrap_or(EDITION),
    })
}

/// How far a case must be compiled for its errors to appear.
pub fn depth(case: &Case) -> Depth {
    let needs_code = case.marks.iter().any(|mark| match &mark.reason {
        Declared::Code(code) => reason::is_post_mono(code),
        Declared::Text(_) => false,
    });
    if needs_code || case.stage == Stage::PostMono {
        Depth::Code
    } else {
        Depth::Check
    }
}
