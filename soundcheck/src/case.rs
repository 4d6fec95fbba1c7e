//! A case: one file that puts one claim to the test.
//!
//! Owns the kinds of cases, the directives that each kind knows, and the checks
//! that need nothing but the file. What the corpus as a whole must satisfy is
//! in `corpus`.

use std::borrow::Cow;
use std::fs;
use std::str::FromStr;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::directive;
use crate::directive::Directive;
use crate::directive::Expectation;
use crate::directive::Header;
use crate::directive::Reason;
use crate::drivers;
use crate::problem::did_you_mean;
use crate::problem::Problem;
use crate::reason;
use crate::scan::Scan;
use crate::scan::Scans;
use crate::store;
use crate::store::Key;
use crate::target;
use crate::violation::Violation;

/// What a case is for; each kind has a folder of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A program that must not compile.
    Fail,
    /// A program that must run without a violation.
    Pass,
    /// A program that does a forbidden thing and must be caught.
    Necessity,
    /// A program whose constants assert facts about layouts.
    Layout,
    /// A program of safe code that shows a hole of the API.
    Hole,
    /// A program around a driver of the kernel.
    Driver,
    /// A program of the matrix that must compile; its files are generated.
    Allowed,
}

impl Kind {
    /// Every kind that people write.
    pub const ALL: [Kind; 6] = [
        Kind::Fail,
        Kind::Pass,
        Kind::Necessity,
        Kind::Layout,
        Kind::Hole,
        Kind::Driver,
    ];

    /// The folder of the kind, below the root of the workspace.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Fail => "ui-fail",
            Kind::Pass => "ui-pass",
            Kind::Necessity => "necessity",
            Kind::Layout => "layout",
            Kind::Hole => "holes",
            Kind::Driver => drivers::FOLDER,
            Kind::Allowed => "matrix",
        }
    }

    fn keys(self) -> &'static [&'static str] {
        match self {
            Kind::Fail => &["claim", "generations", "edition", "lane"],
            Kind::Pass | Kind::Driver => &["claim", "generations", "replay"],
            Kind::Necessity | Kind::Hole => &["claim", "generations", "violation"],
            Kind::Layout => &["claim", "generations"],
            Kind::Allowed => &["claim", "generations", "run", "replay"],
        }
    }
}

/// The company in which a case may be compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// With any other of its stage.
    Normal,
    /// With others whose errors appear last.
    Late,
    /// With others that need code generation.
    PostMono,
    /// With others that may end the analysis early.
    Semi,
    /// With others whose errors are about inference, if all of them are quiet.
    Inference,
    /// With nobody; its twin may join others.
    Apart,
    /// With nobody, and neither may its twin.
    Alone,
}

impl FromStr for Stage {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "normal" => Stage::Normal,
            "late" => Stage::Late,
            "postmono" => Stage::PostMono,
            "semi" => Stage::Semi,
            "inference" => Stage::Inference,
            "coherence" => Stage::Apart,
            "alone" => Stage::Alone,
            _ => return Err(()),
        })
    }
}

const STAGES: &[&str] = &[
    "normal",
    "late",
    "postmono",
    "semi",
    "inference",
    "coherence",
    "alone",
];

/// The generations of the API that a case may name.
const GENERATIONS: &[&str] = &["api", "devicectx-v1", "linux-7.2", "linux-7.3"];

/// A case as its file describes it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The path below the root without `.rs`: unique, and what filters match.
    pub id: String,
    /// What the case is for.
    pub kind: Kind,
    /// The path below the root.
    pub path: Utf8PathBuf,
    /// The absolute path.
    pub file: Utf8PathBuf,
    /// The text.
    pub text: String,
    /// Whether the text comes from a contract; its file is written when a
    /// compiler needs it.
    pub is_generated: bool,
    /// The hash of the files of its folder that are modules of programs.
    pub company: Key,
    /// What the case shows.
    pub sentence: String,
    /// The id of its claim.
    pub claim: String,
    /// The generations of the API that it speaks about.
    pub generations: Vec<String>,
    /// The Rust edition, if it is not the usual one.
    pub edition: Option<String>,
    /// The errors it must produce.
    pub expectations: Vec<Expectation>,
    /// The stage that its contract, or its author, puts it into.
    pub stage: Stage,
    /// Why it must be judged alone, if it must.
    pub alone: Option<Cow<'static, str>>,
    /// The violation that must be reported.
    pub violation: Option<Violation>,
    /// Whether a program that compiles is run too.
    pub run: bool,
    /// Whether the program is replayed with failing calls.
    pub replay: bool,
    /// Whether the file is Rust at all.
    pub parses: bool,
}

impl Case {
    /// Reads a case from the text of its file. Everything that is wrong with it
    /// is added to `problems`.
    pub fn parse(
        kind: Kind,
        root: &Utf8Path,
        path: &Utf8Path,
        text: &str,
        scans: &Scans,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let header = directive::parse(text);
        let mut case = Self::bare(kind, root, path, text, &header);
        let mut report = |line: usize, what: String, next: &str| {
            let problem = Problem::new(what, next).in_file(path);
            problems.push(problem.at_line(line));
        };
        case.read_directives(&header.directives, &mut report);
        case.check_header(&header, &mut report);
        let scan = scans.of(blake3::hash(text.as_bytes()).into(), text);
        case.apply_scan(scan, &mut report);
        case
    }

    fn bare(kind: Kind, root: &Utf8Path, path: &Utf8Path, text: &str, header: &Header) -> Self {
        Self {
            id: path.with_extension("").as_str().replace('\\', "/"),
            kind,
            path: path.to_owned(),
            file: root.join(path),
            text: text.to_owned(),
            is_generated: false,
            company: Key::default(),
            sentence: header.sentence.clone(),
            claim: String::new(),
            generations: vec!["api".to_owned()],
            edition: None,
            expectations: header.expectations.clone(),
            stage: derive_stage(&header.expectations),
            alone: None,
            violation: None,
            run: !matches!(kind, Kind::Fail | Kind::Layout),
            replay: true,
            parses: true,
        }
    }

    fn read_directives(&mut self, directives: &[Directive], report: &mut Report<'_>) {
        for (index, directive) in directives.iter().enumerate() {
            if directives[..index]
                .iter()
                .any(|earlier| earlier.key == directive.key)
            {
                let what = format!("directive `{}` is given twice", directive.key);
                report(directive.line, what, "keep one of them");
            }
            if let Err((what, next)) = self.apply(directive) {
                report(directive.line, what, next);
            }
        }
    }

    fn apply(&mut self, directive: &Directive) -> Result<(), (String, &'static str)> {
        let value = directive.value.as_str();
        match directive.key.as_str() {
            key if !self.kind.keys().contains(&key) => return Err(self.unknown_key(key)),
            "claim" => self.claim = value.to_owned(),
            "generations" => self.generations = parse_generations(value)?,
            "edition" => self.edition = Some(parse_edition(value)?),
            "lane" => self.stage = parse_stage(value)?,
            "violation" => self.violation = Some(parse_violation(value)?),
            "run" => self.run = parse_off("run", value)?,
            "replay" => self.replay = parse_off("replay", value)?,
            key => return Err(self.unknown_key(key)),
        }
        Ok(())
    }

    fn unknown_key(&self, key: &str) -> (String, &'static str) {
        let known = self.kind.keys().iter().copied();
        let what = format!("unknown directive `{key}`{}", did_you_mean(key, known));
        (what, "CONTRIBUTING.md lists the directives of a case")
    }

    fn check_header(&self, header: &Header, report: &mut Report<'_>) {
        for (line, fault) in &header.faults {
            report(
                *line,
                fault.clone(),
                "CONTRIBUTING.md shows the format of a case",
            );
        }
        if self.sentence.is_empty() {
            let next = "start the file with `//! What the case shows.`";
            report(1, "there is no `//!` sentence".to_owned(), next);
        }
        if self.claim.is_empty() {
            let next = "add `//@ claim: ID` with an id of contracts/claims.toml";
            report(1, "the case names no claim".to_owned(), next);
        }
        if self.kind == Kind::Fail && header.expectations.is_empty() && header.faults.is_empty() {
            let next = "mark the line that must not compile with `//~ E0277 words`";
            report(1, "the case declares no error".to_owned(), next);
        }
        if self.kind != Kind::Fail && !header.expectations.is_empty() {
            let next = "move the file to ui-fail, or remove the mark";
            let line = header.expectations[0].line;
            report(
                line,
                "a program that must compile expects an error".to_owned(),
                next,
            );
        }
        if self.kind == Kind::Hole && mentions_unsafe(&self.text) {
            let next = "show the hole in safe code; what needs `unsafe` is no hole";
            report(1, "the program says `unsafe`".to_owned(), next);
        }
        if self.kind == Kind::Necessity && self.violation.is_none() {
            let next = "add `//@ violation: NAME`";
            report(1, "the program names no violation".to_owned(), next);
        }
    }

    fn apply_scan(&mut self, scan: Scan, report: &mut Report<'_>) {
        self.parses = scan.parses;
        if matches!(self.kind, Kind::Fail | Kind::Allowed) {
            let edition = self.edition.as_ref().map(|_| "edition of its own");
            let stage = (self.stage == Stage::Alone).then_some("declared lane");
            self.alone = scan.alone.or(edition.or(stage).map(Cow::Borrowed));
            if self.stage == Stage::Inference && !scan.quiet {
                self.stage = Stage::Apart;
            }
            if let Some(fault) = scan.twin_fault.filter(|_| self.kind == Kind::Fail) {
                let next = "give the case the smallest legal change under `#[cfg(twin)]`";
                report(1, fault.into_owned(), next);
            }
        }
        if self.run && self.parses && !scan.has_public_main {
            let next = "write `pub fn main()`, which the generated program calls";
            report(1, "the program has no `pub fn main`".to_owned(), next);
        }
    }

    /// Writes the file of a case whose text comes from a contract.
    ///
    /// # Errors
    ///
    /// The target directory cannot be written.
    pub fn materialise(&self) -> anyhow::Result<()> {
        if !self.is_generated || self.is_untouched() {
            return Ok(());
        }
        store::replace(&self.file, self.text.as_bytes())
    }

    /// Whether the file still has the text that was read.
    pub fn is_untouched(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|now| now == self.text)
    }

    /// Whether nothing outside of the tool's sight goes into the program:
    /// neither other files nor the environment.
    pub fn is_self_contained(&self) -> bool {
        let is_open = |word: &&str| self.text.contains(*word);
        let modules = matches!(self.kind, Kind::Fail | Kind::Allowed)
            && self.alone.as_deref() == Some("module in another file");
        !modules && !["include", "env!"].iter().any(is_open)
    }

    /// Whether the file is in the repository, and not generated for a run.
    pub fn is_committed(&self) -> bool {
        !self.is_generated
    }

    /// Whether somebody reviewed what rustc says about it: only that about the
    /// API of the workspace is read by its users.
    pub fn has_snapshot(&self) -> bool {
        self.kind == Kind::Fail && self.is_committed() && self.speaks_about(target::WORKSPACE)
    }

    /// Whether the case speaks about a generation of the API.
    pub fn speaks_about(&self, generation: &str) -> bool {
        self.generations.iter().any(|known| known == generation)
    }
}

type Report<'a> = dyn FnMut(usize, String, &str) + 'a;

fn derive_stage(expectations: &[Expectation]) -> Stage {
    let codes = expectations.iter().filter_map(|mark| match &mark.reason {
        Reason::Code(code) => Some(code.as_str()),
        Reason::Text(_) => None,
    });
    let stage_of = |code: &str| match code {
        code if reason::is_inference(code) => Stage::Inference,
        code if reason::is_coherence(code) || reason::is_neighbourly(code) => Stage::Apart,
        code if reason::is_aborting(code) => Stage::Semi,
        code if reason::is_post_mono(code) => Stage::PostMono,
        code if reason::is_late(code) => Stage::Late,
        _ => Stage::Normal,
    };
    codes.map(stage_of).max().unwrap_or(Stage::Normal)
}

fn parse_generations(value: &str) -> Result<Vec<String>, (String, &'static str)> {
    let names: Vec<String> = value
        .split(',')
        .map(|name| name.trim().to_owned())
        .collect();
    for name in &names {
        if !GENERATIONS.contains(&name.as_str()) {
            let hint = did_you_mean(name, GENERATIONS.iter().copied());
            let next = "known are api, devicectx-v1, linux-7.2 and linux-7.3";
            return Err((format!("unknown generation `{name}`{hint}"), next));
        }
    }
    Ok(names)
}

fn parse_violation(value: &str) -> Result<Violation, (String, &'static str)> {
    let next = "write `//@ violation: NAME`, or `NAME, GENERATION: NAME`";
    let violation = Violation::parse(value).map_err(|fault| (fault, next))?;
    for name in violation.generations() {
        parse_generations(name)?;
    }
    Ok(violation)
}

fn parse_edition(value: &str) -> Result<String, (String, &'static str)> {
    if ["2015", "2018", "2021", "2024"].contains(&value) {
        return Ok(value.to_owned());
    }
    Err((
        format!("unknown edition `{value}`"),
        "write a year such as 2024",
    ))
}

fn parse_stage(value: &str) -> Result<Stage, (String, &'static str)> {
    value.parse().map_err(|()| {
        let hint = did_you_mean(value, STAGES.iter().copied());
        let next = "known are normal, late, postmono, semi, inference, coherence and alone";
        (format!("unknown lane `{value}`{hint}"), next)
    })
}

/// Whether code says `unsafe`, and not only a comment.
fn mentions_unsafe(text: &str) -> bool {
    let code = text
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default());
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut words = code.flat_map(|line| line.split(|letter| !is_word(letter)));
    words.any(|word| word == "unsafe")
}

/// What is on by default can be turned off with a reason.
fn parse_off(key: &str, value: &str) -> Result<bool, (String, &'static str)> {
    let reason = value.strip_prefix("off").unwrap_or_default();
    let reason = reason.trim_start_matches([' ', ',', ';', ':', '-', '(']);
    if reason.len() > 3 {
        return Ok(false);
    }
    let next = "write `off, REASON` there, or leave the directive out";
    Err((format!("{key} `{value}` is not `off` with a reason"), next))
}

#[cfg(test)]
#[path = "case_tests.rs"]
mod tests;
