//! What a call says about mutants, to people and to programs.
//!
//! Owns the score and the words. People read first what they must act on.

use std::collections::BTreeMap;
use std::io::Write;

use owo_colors::OwoColorize as _;
use serde_json::json;

use crate::command::mutants::options::Format;
use crate::command::mutants::verdict::Judged;
use crate::command::mutants::verdict::Verdict;
use crate::ground::problem::Problem;
use crate::subject::mutated::Whose;
use crate::subject::mutation;
use crate::subject::mutation::Mutant;
use crate::subject::mutation::Texts;

/// Mutants by what came of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// All of them.
    pub mutants: usize,
    /// Those that something noticed.
    pub killed: usize,
    /// Those that nothing did.
    pub survived: usize,
    /// Those that no safe program can tell, as somebody argues.
    pub waived: usize,
    /// Those that do not build.
    pub unviable: usize,
    /// Those that a compiler was not done with.
    pub timeout: usize,
}

/// A mutant with what came of it.
pub struct Row<'a> {
    /// The mutant.
    pub mutant: &'a Mutant,
    /// What came of it.
    pub judged: Judged,
    /// Whether the verdict is that of an earlier call.
    pub cached: bool,
    /// The argument that nothing can notice it, if there is one.
    pub waived: Option<String>,
}

impl Row<'_> {
    /// Whether there was something to judge.
    pub fn is_viable(&self) -> bool {
        !matches!(self.judged.verdict, Verdict::Unviable { .. })
    }
}

impl Score {
    /// Counts.
    pub fn of(rows: &[Row<'_>]) -> Self {
        let mut score = Self::default();
        for row in rows {
            score.mutants += 1;
            *match &row.judged.verdict {
                Verdict::Killed { .. } => &mut score.killed,
                Verdict::Survived if row.waived.is_some() => &mut score.waived,
                Verdict::Survived => &mut score.survived,
                Verdict::Unviable { .. } => &mut score.unviable,
                Verdict::Timeout { .. } => &mut score.timeout,
            } += 1;
        }
        score
    }
}

/// Writes reports.
pub struct Report<'a, W> {
    /// Where to.
    pub out: W,
    /// How.
    pub format: Format,
    /// Whether every mutant is shown with its diff.
    pub diff: bool,
    /// The texts that are edited.
    pub texts: &'a Texts,
}

impl<W: Write> Report<'_, W> {
    /// Prints mutants that nobody has judged.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub fn list(&mut self, mutants: &[&Mutant]) -> anyhow::Result<()> {
        for mutant in mutants {
            match self.format {
                Format::Json => {
                    let event = self.json(mutant, json!({ "event": "mutant" }))?;
                    writeln!(self.out, "{event}")?;
                }
                Format::Human => {
                    writeln!(self.out, "{}  {}", mutant.id, mutant.what)?;
                    if self.diff {
                        self.diff(mutant, None)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Says what came of a mutant, to programs at once.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub fn judged(&mut self, row: &Row<'_>) -> anyhow::Result<()> {
        if self.format == Format::Json {
            let mut event = json!({ "event": "mutant", "cached": row.cached });
            let judged = serde_json::to_value(&row.judged)?;
            let fields = judged.as_object().into_iter().flatten();
            for (name, value) in fields {
                event[name] = value.clone();
            }
            if let Some(argument) = &row.waived {
                event["waived"] = json!(argument);
            }
            let event = self.json(row.mutant, event)?;
            writeln!(self.out, "{event}")?;
            self.out.flush()?;
        }
        Ok(())
    }

    fn json(
        &self,
        mutant: &Mutant,
        mut event: serde_json::Value,
    ) -> anyhow::Result<serde_json::Value> {
        event["id"] = json!(mutant.id);
        event["operator"] = json!(mutant.operator);
        event["effect"] = json!(mutant.effect);
        event["what"] = json!(mutant.what);
        event["file"] = json!(mutant.edits.first().map(|edit| &edit.file));
        event["line"] = json!(mutant.line(self.texts));
        if self.diff {
            event["diff"] = json!(mutant.diff(self.texts)?);
        }
        Ok(event)
    }

    /// Says everything at the end.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub fn finish(&mut self, rows: &[Row<'_>], problems: &[Problem]) -> anyhow::Result<()> {
        let score = Score::of(rows);
        self.problems(problems)?;
        match self.format {
            Format::Json => {
                let summary = json!({
                    "event": "summary",
                    "mutants": score.mutants,
                    "killed": score.killed,
                    "survived": score.survived,
                    "waived": score.waived,
                    "unviable": score.unviable,
                    "timeout": score.timeout,
                    "problems": problems.len(),
                    "cpu-median": median(rows),
                    "cpu-total": total(rows),
                });
                writeln!(self.out, "{summary}")?;
            }
            Format::Human => self.people(rows, score)?,
        }
        Ok(())
    }

    /// Says which mutants each case notices.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub fn causes(&mut self, noticed: &BTreeMap<String, Vec<String>>) -> anyhow::Result<()> {
        for (case, mutants) in noticed {
            if self.format == Format::Json {
                let event = json!({ "event": "causes", "case": case, "mutants": mutants });
                writeln!(self.out, "{event}")?;
                continue;
            }
            writeln!(self.out, "{case}")?;
            for mutant in mutants {
                writeln!(self.out, "    {mutant}")?;
            }
        }
        Ok(())
    }

    /// Says what is wrong beside any verdict.
    ///
    /// # Errors
    ///
    /// The output cannot be written.
    pub fn problems(&mut self, problems: &[Problem]) -> anyhow::Result<()> {
        for problem in problems {
            match self.format {
                Format::Human => writeln!(self.out, "{} {problem}", "problem:".red())?,
                Format::Json => {
                    let event = json!({
                        "event": "problem",
                        "file": problem.path,
                        "line": problem.line,
                        "what": problem.what,
                        "next": problem.next,
                    });
                    writeln!(self.out, "{event}")?;
                }
            }
        }
        Ok(())
    }

    fn people(&mut self, rows: &[Row<'_>], score: Score) -> anyhow::Result<()> {
        if self.diff {
            for row in rows.iter().filter(|row| !is_open(row)) {
                self.row(row)?;
            }
        }
        let waived = |row: &&Row<'_>| row.judged.verdict == Verdict::Survived && !is_open(row);
        for row in rows.iter().filter(waived) {
            let argument = row.waived.as_deref().unwrap_or_default();
            writeln!(self.out, "waived {}\n    {argument}", row.mutant.id)?;
        }
        for row in rows.iter().filter(|row| is_open(row)) {
            self.row(row)?;
        }
        self.unviable(rows)?;
        let by_case = killers(rows);
        for (lane, count) in &by_case {
            writeln!(self.out, "killed by {lane:<10} {count:>5}")?;
        }
        self.score(rows, score)
    }

    fn row(&mut self, row: &Row<'_>) -> anyhow::Result<()> {
        let mutant = row.mutant;
        let file = mutant.edits.first().map(|edit| edit.file.as_str());
        let place = format!("{}:{}", file.unwrap_or_default(), mutant.line(self.texts));
        let word = match &row.judged.verdict {
            Verdict::Killed { .. } => "killed".green().to_string(),
            Verdict::Survived => "survived".red().to_string(),
            Verdict::Unviable { .. } => "unviable".dimmed().to_string(),
            Verdict::Timeout { .. } => "timeout".red().to_string(),
        };
        writeln!(self.out, "{word:<9} {}", mutant.id)?;
        writeln!(self.out, "    {place}: {}", mutant.what)?;
        match &row.judged.verdict {
            Verdict::Killed { by } => {
                for kill in by {
                    let (lane, case, claim) = (&kill.lane, &kill.case, &kill.claim);
                    writeln!(self.out, "    by {lane} {case} ({claim}): {}", kill.came)?;
                }
            }
            Verdict::Unviable { whose, error } => {
                writeln!(self.out, "    {}: {error}", words(*whose))?;
            }
            Verdict::Timeout { what } => writeln!(self.out, "    rustc did not end on {what}")?,
            Verdict::Survived => self.meaning(mutant)?,
        }
        self.diff(mutant, row.judged.adaptation)
    }

    /// Why one that nobody notices matters.
    fn meaning(&mut self, mutant: &Mutant) -> anyhow::Result<()> {
        let operators = mutation::all();
        let operator = operators.iter().find(|it| it.name() == mutant.operator);
        let Some(operator) = operator else {
            return Ok(());
        };
        writeln!(self.out, "    stands for: {}", operator.stands_for())?;
        if let Some(defect) = operator.defect() {
            writeln!(self.out, "    seen: {defect}")?;
        }
        Ok(())
    }

    fn diff(&mut self, mutant: &Mutant, adaptation: Option<usize>) -> anyhow::Result<()> {
        let whole = Mutant {
            edits: mutant.edits_with(adaptation),
            ..mutant.clone()
        };
        let diff = whole.diff(self.texts)?;
        let lines = diff.lines().filter(|line| !is_head(line));
        for line in lines {
            match line.as_bytes().first() {
                Some(b'+') => writeln!(self.out, "    {}", line.green())?,
                Some(b'-') => writeln!(self.out, "    {}", line.red())?,
                _ => writeln!(self.out, "    {line}")?,
            }
        }
        Ok(())
    }

    fn unviable(&mut self, rows: &[Row<'_>]) -> anyhow::Result<()> {
        let mut kinds: BTreeMap<Whose, usize> = BTreeMap::new();
        for row in rows {
            if let Verdict::Unviable { whose, .. } = row.judged.verdict {
                *kinds.entry(whose).or_default() += 1;
            }
        }
        for (kind, count) in kinds {
            writeln!(self.out, "unviable  {count:>5}  {}", words(kind))?;
        }
        Ok(())
    }

    fn score(&mut self, rows: &[Row<'_>], score: Score) -> anyhow::Result<()> {
        let viable = score.mutants - score.unviable;
        let cached = rows.iter().filter(|row| row.cached).count();
        let as_before = match cached {
            0 => String::new(),
            cached => format!(", {cached} as before"),
        };
        writeln!(
            self.out,
            "{} mutants: {} killed of {viable} viable, {} survived, {} waived, {} timeout, \
             {} unviable{as_before}",
            score.mutants,
            score.killed,
            score.survived,
            score.waived,
            score.timeout,
            score.unviable,
        )?;
        let seconds = |millis: u64| millis as f64 / 1000.0;
        writeln!(
            self.out,
            "processor time: {:.2} s a mutant in the median, {:.0} s in all",
            seconds(median(rows)),
            seconds(total(rows)),
        )?;
        Ok(())
    }
}

/// What does not build.
fn words(whose: Whose) -> &'static str {
    match whose {
        Whose::Edited => "the edited crate does not build",
        Whose::Above => "a crate over it does not build",
        Whose::Helper => "a helper crate does not build",
    }
}

/// Whether somebody must look at it.
fn is_open(row: &Row<'_>) -> bool {
    match row.judged.verdict {
        Verdict::Survived => row.waived.is_none(),
        Verdict::Timeout { .. } => true,
        _ => false,
    }
}

/// The lines of a diff that say which files it is about.
fn is_head(line: &str) -> bool {
    line.starts_with("--- ") || line.starts_with("+++ ")
}

/// How many mutants each lane has killed.
fn killers<'r>(rows: &'r [Row<'_>]) -> BTreeMap<&'r str, usize> {
    let mut lanes = BTreeMap::new();
    for kill in rows.iter().filter_map(|row| row.judged.first_kill()) {
        *lanes.entry(kill.lane.as_str()).or_default() += 1;
    }
    lanes
}

/// The processor time of the mutant in the middle, in milliseconds.
fn median(rows: &[Row<'_>]) -> u64 {
    let mut times: Vec<u64> = rows.iter().map(|row| row.judged.cpu).collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn total(rows: &[Row<'_>]) -> u64 {
    rows.iter().map(|row| row.judged.cpu).sum()
}
