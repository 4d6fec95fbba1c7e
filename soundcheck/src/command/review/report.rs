//! The report of a review, as text that can be pasted into a mail.
//!
//! Owns the words. Nothing in it is known from anywhere but the review.

use std::fmt;

use super::cause::Cause;
use super::change::Change;
use super::findings::Broken;
use super::findings::Review;
use super::findings::Reviewed;
use super::findings::INDENT;
use super::novelty::Fate;
use super::novelty::Novelty;
use super::page::Page;
use super::patch::Patch;
use super::series::Series;
use super::step::Account;
use crate::judge::failure::Failure;
use crate::judge::lane::Lane;

/// How many lines of what came are shown.
const SHOWN: usize = 12;

impl fmt::Display for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text(self))
    }
}

/// The text of a review.
fn text(review: &Review) -> String {
    let mut page = Page::default();
    opening(&mut page, review);
    for (patch, reviewed) in review.series.patches.iter().zip(&review.patches) {
        let section = Section {
            series: &review.series,
            patch,
            reviewed,
        };
        section.write(&mut page);
    }
    summary(&mut page, review);
    page.into_text()
}

fn opening(page: &mut Page, review: &Review) {
    let series = &review.series;
    let mut counts = vec![plural(series.patches.len(), "patch", "patches")];
    if series.covers > 0 {
        counts.push(plural(series.covers, "cover letter", "cover letters"));
    }
    if series.passed_over > 0 {
        let mails = plural(series.passed_over, "other mail", "other mails");
        counts.push(format!("{mails} passed over"));
    }
    page.paragraph(
        0,
        &format!("Review of {}: {}.", series.name, counts.join(", ")),
    );
    page.paragraph(0, &format!("Before it, {}.", holding(&review.before)));
    for problem in &review.before.problems {
        page.hanging(0, 2, &format!("Not judged before or after it: {problem}"));
    }
    if let Some(base) = &series.base {
        page.paragraph(0, &format!("It says that it is based on {base}."));
    }
    let paths = series.patches.iter().flat_map(Patch::paths);
    let mut paths = paths.filter(|path| is_bound(path.as_str()));
    if let Some(path) = paths.next() {
        let text = format!("It changes {path}, but the bindings stay those of the tree.");
        page.paragraph(0, &text);
    }
}

/// Whether a file is one that the bindings are made from.
fn is_bound(path: &str) -> bool {
    let starts = ["include/", "rust/bindings/", "rust/uapi/", "rust/helpers/"];
    starts.iter().any(|start| path.starts_with(start))
}

/// What holds before a series, in a sentence without an end.
fn holding(account: &Account) -> String {
    let mut text = counts(account, "claims hold");
    let mut refuted = account.broke.iter().map(|judgement| &judgement.claim);
    if let Some(first) = refuted
        .next()
        .filter(|_| account.claims.held < account.claims.total)
    {
        text.push_str(&format!("; refuted: {first}"));
    }
    if account.holes > 0 {
        let holes = plural(account.holes, "hole is", "holes are");
        text.push_str(&format!("; {holes} known"));
    }
    text
}

/// How many claims and verdicts hold.
fn counts(account: &Account, claims: &str) -> String {
    let (of, verdicts) = (account.claims, account.verdicts);
    format!(
        "{} of {} {claims} ({} of {} verdicts)",
        of.held, of.total, verdicts.held, verdicts.total
    )
}

struct Section<'a> {
    series: &'a Series,
    patch: &'a Patch,
    reviewed: &'a Reviewed,
}

impl Section<'_> {
    fn write(&self, page: &mut Page) {
        page.gap();
        page.hanging(0, 4, &self.patch.label());
        if let Some(id) = &self.patch.mail.id {
            page.hanging(0, 4, &format!("Message-ID: {id}"));
        }
        page.gap();
        self.held(page);
        let mut last = None;
        for broken in &self.reviewed.broken {
            self.broken(page, broken, last);
            last = Some(&broken.cause);
        }
        for problem in &self.reviewed.account.problems {
            page.gap();
            page.item(&format!("NOT JUDGED: {problem}"));
        }
        self.novelties(page);
        if let Some(why) = &self.reviewed.unknown {
            page.gap();
            page.item(&format!("What is new is not known: {why}"));
        }
    }

    fn held(&self, page: &mut Page) {
        let Reviewed { account, .. } = self.reviewed;
        let text = match (self.reviewed.is_built, self.reviewed.is_beside) {
            (false, _) => {
                let verdicts = plural(account.unjudged, "verdict", "verdicts");
                format!("Holds: unknown. It does not build, and {verdicts} could not be judged.")
            }
            (true, true) => {
                "Holds: what held before. It touches nothing that is judged.".to_owned()
            }
            (true, false) => format!("Holds: {}.", counts(account, "claims")),
        };
        page.item(&text);
        if !account.mended.is_empty() {
            let text = format!("Holds again: {}.", account.mended.join(", "));
            page.item(&text);
        }
        for hole in &account.closed {
            page.item(&format!("Closes a known hole: {hole}."));
        }
        if !account.still.is_empty() {
            let text = format!("Still refuted: {}.", account.still.join(", "));
            page.item(&text);
        }
    }

    fn broken(&self, page: &mut Page, broken: &Broken, last: Option<&Cause>) {
        page.gap();
        let judgement = &broken.judgement;
        let what = match judgement.claim.as_str() {
            "" => format!("BROKE the build ({})", judgement.id),
            claim => format!("BROKE {claim}: {}", judgement.sentence),
        };
        page.item(&what);
        match (&broken.cause, last == Some(&broken.cause)) {
            (Cause::Files(_), true) => {}
            (_, true) => page.item("The change is the same."),
            (cause, false) => self.cause(page, cause),
        }
        page.item(&format!("Expected: {}", expected(&broken.failure)));
        self.got(page, &broken.failure.got);
        if !broken.program.is_empty() {
            page.item(must(judgement.lane));
            page.gap();
            page.code(INDENT, &broken.program);
        }
        page.gap();
        self.origin(page, broken);
    }

    fn cause(&self, page: &mut Page, cause: &Cause) {
        let (changes, what) = match cause {
            Cause::Error { change, is_exact } => {
                let near = if *is_exact { "" } else { " near" };
                let what = format!("The error is{near} there");
                (std::slice::from_ref(change), what)
            }
            Cause::Item { name, changes } => (
                changes.as_slice(),
                format!("The program names {name}, which changed there"),
            ),
            Cause::Only(changes) => {
                let what = "The patch changes Rust code only there";
                (changes.as_slice(), what.to_owned())
            }
            Cause::Files(files) => {
                let files: Vec<&str> = files.iter().map(|file| file.as_str()).collect();
                let text = format!("The patch changed: {}", files.join(", "));
                return page.item(&text);
            }
        };
        page.gap();
        changes.iter().for_each(|change| page.quote(&change.quote));
        page.gap();
        page.item(&format!("{what}:"));
        if let Some(last) = changes.last() {
            page.hanging(4, 4, &self.at(last));
        }
    }

    fn got(&self, page: &mut Page, got: &str) {
        let lines: Vec<&str> = got.lines().collect();
        let shown = lines[..lines.len().min(SHOWN)].join("\n    ");
        page.item(&format!("Got: {shown}"));
        if lines.len() > SHOWN {
            page.paragraph(4, &format!("(and {} more lines)", lines.len() - SHOWN));
        }
    }

    /// Where the program is from, for somebody who has the harness.
    fn origin(&self, page: &mut Page, broken: &Broken) {
        let judgement = &broken.judgement;
        if judgement.claim.is_empty() {
            return;
        }
        let others = match broken.others {
            0 => String::new(),
            others => format!(
                "; {} broke too",
                plural(others, "other verdict", "other verdicts")
            ),
        };
        let text = format!("From {} ({}){others}.", judgement.id, judgement.lane.name());
        page.item(&text);
    }

    fn novelties(&self, page: &mut Page) {
        let mut unproven = self.reviewed.unproven().peekable();
        if unproven.peek().is_some() {
            page.gap();
            page.item("NEW and unproven, no operation of the contract covers it:");
        }
        for novelty in unproven {
            self.unproven(page, novelty);
        }
        let fates = [
            (Fate::New, "New"),
            (Fate::Changed, "Changed"),
            (Fate::Gone, "Gone"),
        ];
        for (fate, word) in fates {
            let known = self.reviewed.novelties.iter();
            let known = known.filter(|known| known.fate == fate && !known.is_unproven());
            let names: Vec<&str> = known.map(|known| known.name.as_str()).collect();
            if !names.is_empty() {
                page.gap();
                page.item(&format!("{word}: {}.", names.join(", ")));
            }
        }
    }

    fn unproven(&self, page: &mut Page, novelty: &Novelty) {
        let what = match (novelty.fate, novelty.is_context()) {
            (_, true) => " (a context, and no state of the contract has it)",
            (Fate::Changed, false) => " (changed)",
            _ => "",
        };
        page.gap();
        let change = novelty.changes.last();
        if let Some(change) = change {
            page.quote(&change.quote);
            page.gap();
        }
        let at = change.map(|change| self.at(change));
        let at = at.map_or(String::new(), |at| format!(", {at}"));
        page.item(&format!("{}{what}{at}", novelty.name));
    }

    fn at(&self, change: &Change) -> String {
        self.series.place(self.patch, change)
    }
}

/// What should have come. The line of the case is not that of the excerpt, in
/// which a comment marks it.
fn expected(failure: &Failure) -> String {
    let line = failure.line.map(|line| format!(" on line {line}"));
    let line = line.filter(|line| failure.expected.ends_with(line));
    let bare = line.and_then(|line| failure.expected.strip_suffix(&line));
    bare.unwrap_or(&failure.expected).to_owned()
}

/// What the lane demands of a program.
fn must(lane: Lane) -> &'static str {
    match lane {
        Lane::BUILD | Lane::TWINS => "This program must compile:",
        Lane::VERDICT => "This program must not compile:",
        Lane::SNAPSHOT => "This program must be refused in the words that are known:",
        Lane::LAYOUT => "The assertions of this program must hold:",
        Lane::RUN => "This program must run and leave nothing behind:",
        Lane::CONTROLS => "This program must be caught:",
        Lane::HOLES => "This program shows a known hole:",
        _ => "This driver must compile, and leave nothing behind:",
    }
}

fn summary(page: &mut Page, review: &Review) {
    page.gap();
    page.paragraph(0, "Summary");
    page.gap();
    for (patch, reviewed) in review.series.patches.iter().zip(&review.patches) {
        let what = outcome(reviewed).join("; ");
        page.hanging(2, 7, &format!("{}/{}  {what}", patch.number, patch.total));
    }
    page.gap();
    page.paragraph(0, &verdict(review));
}

/// What became of the claims by a patch, in a few words each.
fn outcome(reviewed: &Reviewed) -> Vec<String> {
    let mut words = Vec::new();
    for broken in &reviewed.broken {
        words.push(match broken.judgement.claim.as_str() {
            "" => "does not build".to_owned(),
            claim => format!("broke {claim}"),
        });
    }
    let problems = reviewed.account.problems.len();
    if problems > 0 {
        words.push(plural(problems, "problem", "problems"));
    }
    let claims = |word: &str, claims: &[String]| format!("{word} {}", claims.join(", "));
    if !reviewed.account.mended.is_empty() {
        words.push(claims("mended", &reviewed.account.mended));
    }
    let closed = reviewed.account.closed.len();
    if closed > 0 {
        words.push(plural(closed, "known hole closed", "known holes closed"));
    }
    if !reviewed.account.still.is_empty() {
        words.push(claims("still refuted:", &reviewed.account.still));
    }
    if words.is_empty() {
        words.push("broke nothing".to_owned());
    }
    let unproven = reviewed.unproven().count();
    if unproven > 0 {
        words.push(format!("{unproven} new and unproven"));
    }
    words
}

fn verdict(review: &Review) -> String {
    let end = match review.is_sound {
        true => "Nothing is refuted at the end of the series",
        false => "Not everything holds at the end of the series",
    };
    let unsound = review.unsound();
    let numbers: Vec<String> = unsound.iter().map(usize::to_string).collect();
    match numbers.as_slice() {
        [] => format!("{end}, and no patch broke what held before it."),
        [one] => {
            format!("{end}. Patch {one} broke what held before it; a bisection may land there.")
        }
        some => format!(
            "{end}. Patches {} broke what held before them; a bisection may land there.",
            some.join(", ")
        ),
    }
}

fn plural(number: usize, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}
