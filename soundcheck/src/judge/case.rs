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

use crate::ground::facts;
use crate::ground::key::Key;
use crate::ground::problem::did_you_mean;
use crate::ground::problem::Problem;
use crate::judge::cause::Cause;
use crate::judge::depth;
use crate::judge::directive;
use crate::judge::directive::Declared;
use crate::judge::directive::Directive;
use crate::judge::directive::Header;
use crate::judge::directive::Mark;
use crate::judge::kind::Kind;
use crate::judge::places::Places;
use crate::judge::reason;
use crate::judge::scan::Scan;
use crate::judge::scan::Scans;
use crate::judge::source;
use crate::judge::violation::Violation;

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
    pub marks: Vec<Mark>,
    /// The stage that its contract, or its author, puts it into.
    pub stage: Stage,
    /// Why it must be judged alone, if it must.
    pub alone: Option<Cow<'static, str>>,
    /// The violation that must be reported.
    pub violation: Option<Violation>,
    /// Why it is refused, if no edit of what is judged can change that.
    pub cause: Option<Cause>,
    /// Whether a program that compiles is run too.
    pub run: bool,
    /// Whether the program is replayed with failing calls.
    pub replay: bool,
    /// Whether the file is Rust at all.
    pub parses: bool,
    /// Whether people review what rustc says about it.
    pub is_reviewed: bool,
}

impl Case {
    /// Reads a case from the text of its file. Everything that is wrong with it
    /// is added to `problems`.
    pub fn parse(
        places: &Places,
        kind: Kind,
        root: &Utf8Path,
        path: &Utf8Path,
        text: &str,
        scans: &Scans,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let header = directive::parse(text);
        let mut case = Self::bare(places, kind, root, path, text, &header);
        let mut report = |line: usize, what: String, next: &str| {
            let problem = Problem::new(what, next).in_file(path);
            problems.push(problem.at_line(line));
        };
        case.read_directives(places, &header.directives, &mut report);
        case.is_reviewed = places.snapshots.is_some() && case.speaks_about(&places.name);
        case.check_header(places, &header, &mut report);
        let scan = scans.of(blake3::hash(text.as_bytes()).into(), text);
        case.apply_scan(places, scan, &mut report);
        case
    }

    fn bare(
        places: &Places,
        kind: Kind,
        root: &Utf8Path,
        path: &Utf8Path,
        text: &str,
        header: &Header,
    ) -> Self {
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
            generations: vec![places.name.clone()],
            is_reviewed: false,
            edition: None,
            marks: header.marks.clone(),
            stage: derive_stage(&header.marks),
            alone: None,
            violation: None,
            cause: None,
            run: !matches!(kind, Kind::Fail | Kind::Layout),
            replay: true,
            parses: true,
        }
    }

    fn read_directives(
        &mut self,
        places: &Places,
        directives: &[Directive],
        report: &mut Report<'_>,
    ) {
        for (index, directive) in directives.iter().enumerate() {
            if directives[..index]
                .iter()
                .any(|earlier| earlier.key == directive.key)
            {
                let what = format!("directive `{}` is given twice", directive.key);
                report(directive.line, what, "keep one of them");
            }
            if let Err((what, next)) = self.apply(places, directive) {
                report(directive.line, what, &next);
            }
        }
    }

    fn apply(&mut self, places: &Places, directive: &Directive) -> Result<(), Fault> {
        let value = directive.value.as_str();
        match directive.key.as_str() {
            key if !self.kind.directives().contains(&key) => return Err(self.unknown_key(key)),
            "claim" => self.claim = value.to_owned(),
            "generations" => self.generations = parse_generations(places, value)?,
            "edition" => self.edition = Some(parse_edition(value)?),
            "stage" => self.stage = parse_stage(value)?,
            "cause" => self.cause = Some(parse_cause(value)?),
            "violation" => self.violation = Some(parse_violation(places, value)?),
            "run" => self.run = parse_off("run", value)?,
            "replay" => self.replay = parse_off("replay", value)?,
            key => return Err(self.unknown_key(key)),
        }
        Ok(())
    }

    fn unknown_key(&self, key: &str) -> Fault {
        let known = self.kind.directives().iter().copied();
        let what = format!("unknown directive `{key}`{}", did_you_mean(key, known));
        (
            what,
            "CONTRIBUTING.md of soundcheck lists the directives of a case".to_owned(),
        )
    }

    fn check_header(&self, places: &Places, header: &Header, report: &mut Report<'_>) {
        for (line, fault) in &header.faults {
            report(
                *line,
                fault.clone(),
                "CONTRIBUTING.md of soundcheck shows the format of a case",
            );
        }
        if self.sentence.is_empty() {
            let next = "start the file with `//! What the case shows.`";
            report(1, "there is no `//!` sentence".to_owned(), next);
        }
        if let (true, Some(claims)) = (self.claim.is_empty(), &places.claims) {
            let next = format!("add `//@ claim: ID` with an id of {claims}");
            report(1, "the case names no claim".to_owned(), &next);
        }
        if self.kind == Kind::Fail && header.marks.is_empty() && header.faults.is_empty() {
            let next = "mark the line that must not compile with `//~ E0277 words`";
            report(1, "the case declares no error".to_owned(), next);
        }
        if self.kind != Kind::Fail && !header.marks.is_empty() {
            let folder = places
                .folder(Kind::Fail)
                .unwrap_or(Utf8Path::new("those that fail"));
            let next = format!("move the file to {folder}, or remove the mark");
            let line = header.marks[0].line;
            report(
                line,
                "a program that must compile expects an error".to_owned(),
                &next,
            );
        }
        if self.kind == Kind::Control && self.violation.is_none() {
            let next = "add `//@ violation: NAME`";
            report(1, "the program names no violation".to_owned(), next);
        }
    }

    fn apply_scan(&mut self, places: &Places, scan: Scan, report: &mut Report<'_>) {
        self.parses = scan.parses;
        if let Some(line) = scan.too_deep {
            let what = format!("nested deeper than {} brackets and operators", depth::LIMIT);
            report(line, what, "give the inner part a name of its own");
        }
        if self.kind == Kind::Hole {
            check_safe(&scan, report);
        }
        if matches!(self.kind, Kind::Fail | Kind::Allowed) {
            let edition = self.edition.as_ref().map(|_| "edition of its own");
            let stage = (self.stage == Stage::Alone).then_some("declared code or stage");
            let std = (scan.needs_std && places.no_std).then_some("std");
            let is_shallow = scan.too_deep.is_none();
            let lacks = || {
                is_shallow
                    .then(|| self.lacks(places))
                    .flatten()
                    .map(Cow::Owned)
            };
            let alone = scan.alone.or_else(lacks).or(std.map(Cow::Borrowed));
            self.alone = alone.or(edition.or(stage).map(Cow::Borrowed));
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

    /// What the case needs and would have in a batch only.
    fn lacks(&self, places: &Places) -> Option<String> {
        let lacks = |(word, need): &&(String, String)| {
            self.text.contains(word.as_str())
                && source::says(&self.text, word)
                && !source::says(&self.text, need)
        };
        let (word, need) = places.needs.iter().find(lacks)?;
        Some(format!("{word} without {need}"))
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
        facts::replace(&self.file, self.text.as_bytes())
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
        self.kind == Kind::Fail && self.is_committed() && self.is_reviewed
    }

    /// Whether the case speaks about a generation of the API.
    pub fn speaks_about(&self, generation: &str) -> bool {
        self.generations.iter().any(|known| known == generation)
    }
}

type Report<'a> = dyn FnMut(usize, String, &str) + 'a;

/// What is wrong with a directive, and what to do about it.
type Fault = (String, String);

/// A hole is shown in safe code, all of which must be there to be scanned.
fn check_safe(scan: &Scan, report: &mut Report<'_>) {
    let next = "show the hole in safe code; what needs `unsafe` is no hole";
    match scan.unsafe_word.as_deref() {
        Some("unsafe") => report(1, "the program says `unsafe`".to_owned(), next),
        Some(word) => {
            let what = format!("the program takes in another file by `{word}`");
            report(
                1,
                what,
                "show the hole in one file, all of which is scanned",
            );
        }
        None if !scan.has_tokens => {
            let what = "the program cannot be read, so nobody knows whether it is safe";
            report(
                1,
                what.to_owned(),
                "close every string, comment and bracket",
            );
        }
        None => {}
    }
}

fn derive_stage(marks: &[Mark]) -> Stage {
    let codes = marks.iter().filter_map(|mark| match &mark.reason {
        Declared::Code(code) => Some(code.as_str()),
        Declared::Text(_) => None,
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

fn parse_generations(places: &Places, value: &str) -> Result<Vec<String>, Fault> {
    let names: Vec<String> = value
        .split(',')
        .map(|name| name.trim().to_owned())
        .collect();
    for name in &names {
        if !places.subjects.contains(name) {
            let hint = did_you_mean(name, places.subjects.iter().map(String::as_str));
            let next = format!("known are {}", places.subjects.join(", "));
            return Err((format!("unknown generation `{name}`{hint}"), next));
        }
    }
    Ok(names)
}

fn parse_violation(places: &Places, value: &str) -> Result<Violation, Fault> {
    let next = "write `//@ violation: NAME`, or `NAME, GENERATION: NAME`";
    let violation = Violation::parse(value).map_err(|fault| (fault, next.to_owned()))?;
    for name in violation.generations() {
        parse_generations(places, name)?;
    }
    Ok(violation)
}

fn parse_cause(value: &str) -> Result<Cause, Fault> {
    let next = "write `//@ cause: KIND, WHY` with a kind of the list in CONTRIBUTING.md";
    Cause::parse(value).map_err(|fault| (fault, next.to_owned()))
}

fn parse_edition(value: &str) -> Result<String, Fault> {
    if ["2015", "2018", "2021", "2024"].contains(&value) {
        return Ok(value.to_owned());
    }
    Err((
        format!("unknown edition `{value}`"),
        "write a year such as 2024".to_owned(),
    ))
}

fn parse_stage(value: &str) -> Result<Stage, Fault> {
    value.parse().map_err(|()| {
        let hint = did_you_mean(value, STAGES.iter().copied());
        let next = "known are normal, late, postmono, semi, inference, coherence and alone";
        (format!("unknown stage `{value}`{hint}"), next.to_owned())
    })
}

/// What is on by default can be turned off with a reason.
fn parse_off(key: &str, value: &str) -> Result<bool, Fault> {
    let reason = value.strip_prefix("off").unwrap_or_default();
    let reason = reason.trim_start_matches([' ', ',', ';', ':', '-', '(']);
    if reason.len() > 3 {
        return Ok(false);
    }
    let next = "write `off, REASON` there, or leave the directive out";
    let what = format!("{key} `{value}` is not `off` with a reason");
    Err((what, next.to_owned()))
}

#[cfg(test)]
#[path = "case_tests.rs"]
mod tests;
