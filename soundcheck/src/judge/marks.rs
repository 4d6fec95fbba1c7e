//! The marks of a case against the errors of a compiler.
//!
//! Owns the rule that every `//~` mark needs an error of its own and every error
//! a mark, and the words in which broken marks are reported.

use crate::ground::compiler::Compilation;
use crate::ground::compiler::Status;
use crate::ground::diagnostic::Diagnostic;
use crate::judge::case::Case;
use crate::judge::claim::Claim;
use crate::judge::directive::Declared;
use crate::judge::directive::Mark;
use crate::judge::failure::Failure;
use crate::judge::failure::FailureKind;
use crate::judge::reason;

/// Whether the errors are exactly those that the case declares.
pub fn are_met(case: &Case, errors: &[&Diagnostic]) -> bool {
    let (missing, surplus) = compare(case, errors);
    missing.is_empty() && surplus.is_empty()
}

/// Judges the isolated compilation of a case: `None` if its contract is met.
pub fn judge(case: &Case, claim: Option<&Claim>, compilation: &Compilation) -> Option<Failure> {
    let expected = describe_all(&case.marks);
    let failure = |kind: FailureKind, line: usize, got: String, next: &str| {
        Some(Failure {
            kind,
            line: Some(line),
            expected: expected.clone(),
            got,
            next: next.to_owned(),
        })
    };
    let first = case.marks.first().map_or(1, |mark| mark.line);
    let errors: Vec<&Diagnostic> = compilation.errors.iter().collect();
    match &compilation.status {
        Status::Crashed(crash) => {
            let kind = FailureKind::NotJudged;
            failure(kind, first, crash.to_string(), crash.next())
        }
        Status::Clean => failure(
            FailureKind::Compiles,
            first,
            "the program compiles".to_owned(),
            "the API lets safe code do this: restore what refused it",
        ),
        Status::Refused => {
            if let Some(broken) = broken_test(case, claim, &errors) {
                let line = line_of(case, broken).unwrap_or(first);
                let got = format!("a broken test: {}\n{}", broken.headline(), broken.rendered);
                let next = "mend the case: its error is not the API's doing";
                return failure(FailureKind::BrokenTest, line, got, next);
            }
            let (missing, surplus) = compare(case, &errors);
            if missing.is_empty() && surplus.is_empty() {
                return None;
            }
            let line = missing.first().map(|mark| mark.line);
            let line = line.or_else(|| line_of(case, surplus[0])).unwrap_or(first);
            failure(
                FailureKind::OtherErrors,
                line,
                render(&missing, &surplus),
                "compare the marks with the errors",
            )
        }
    }
}

/// Describes all marks of a case in one line.
pub fn describe_all(marks: &[Mark]) -> String {
    let marks: Vec<String> = marks.iter().map(Mark::describe).collect();
    marks.join(", ")
}

/// An error that proves nothing, unless the claim is about names.
fn broken_test<'a>(
    case: &Case,
    claim: Option<&Claim>,
    errors: &[&'a Diagnostic],
) -> Option<&'a Diagnostic> {
    if !case.parses {
        return errors.first().copied();
    }
    if claim.is_some_and(|claim| claim.naming) {
        return None;
    }
    let is_broken =
        |error: &&&Diagnostic| error.code.as_deref().is_some_and(reason::is_broken_test);
    errors.iter().find(is_broken).copied()
}

fn render(missing: &[&Mark], surplus: &[&Diagnostic]) -> String {
    let mut text = String::new();
    for mark in missing {
        text.push_str(&format!("no {}\n", mark.describe()));
    }
    for error in surplus {
        text.push_str(&format!("{}\n", error.rendered.trim_end()));
    }
    text.trim_end().to_owned()
}

/// The marks without an error and the errors without a mark.
fn compare<'a, 'b>(
    case: &'a Case,
    errors: &[&'b Diagnostic],
) -> (Vec<&'a Mark>, Vec<&'b Diagnostic>) {
    let owners = assign(case, errors);
    let is_owned = |mark: usize| owners.contains(&Some(mark));
    let marks = case.marks.iter().enumerate();
    let missing = marks.filter(|(index, _)| !is_owned(*index));
    let surplus = errors
        .iter()
        .zip(&owners)
        .filter(|(_, owner)| owner.is_none());
    (
        missing.map(|(_, mark)| mark).collect(),
        surplus.map(|(error, _)| *error).collect(),
    )
}

/// Gives each error a mark of its own, as many as possible (augmenting paths).
fn assign(case: &Case, errors: &[&Diagnostic]) -> Vec<Option<usize>> {
    let mut error_of: Vec<Option<usize>> = vec![None; case.marks.len()];
    for error in 0..errors.len() {
        let mut seen = vec![false; case.marks.len()];
        place(case, errors, error, &mut error_of, &mut seen);
    }
    let mut owners = vec![None; errors.len()];
    for (mark, error) in error_of.into_iter().enumerate() {
        if let Some(error) = error {
            owners[error] = Some(mark);
        }
    }
    owners
}

fn place(
    case: &Case,
    errors: &[&Diagnostic],
    error: usize,
    error_of: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for mark in 0..case.marks.len() {
        if seen[mark] || !fits(case, &case.marks[mark], errors[error]) {
            continue;
        }
        seen[mark] = true;
        let is_free = match error_of[mark] {
            None => true,
            Some(other) => place(case, errors, other, error_of, seen),
        };
        if is_free {
            error_of[mark] = Some(error);
            return true;
        }
    }
    false
}

fn fits(case: &Case, mark: &Mark, error: &Diagnostic) -> bool {
    let is_reason = match &mark.reason {
        Declared::Code(code) => error.code.as_deref() == Some(code),
        Declared::Text(text) => error.code.is_none() && error.says(text),
    };
    // rustc places some errors of constants in the API alone; then the words of
    // the mark must do.
    let is_placed = lines_of(case, error).next().is_some();
    let is_here = match is_placed {
        true => lines_of(case, error).any(|line| line == mark.line),
        false => !mark.words.is_empty(),
    };
    is_reason && is_here && mark.words.iter().all(|word| error.says(word))
}

fn line_of(case: &Case, error: &Diagnostic) -> Option<usize> {
    lines_of(case, error).next()
}

/// The lines of the case that the error is on, by its strongest places.
fn lines_of<'a>(case: &'a Case, error: &'a Diagnostic) -> impl Iterator<Item = usize> + 'a {
    let inside = move |place: &&crate::ground::diagnostic::Place| place.file == case.file;
    let tier = error
        .places
        .iter()
        .find(|tier| tier.iter().any(|place| inside(&place)));
    let places = tier.into_iter().flatten().filter(inside);
    places.map(|place| place.line)
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use super::*;
    use crate::ground::crash::Crash;
    use crate::ground::diagnostic::Place;
    use crate::ground::facts::Facts;
    use crate::judge::kind::Kind;
    use crate::judge::scan::Scans;

    fn case(marks: &str) -> Case {
        let text = format!("//! D.\n//@ claim: c\n{marks}\nfn main() {{}}\n");
        let path = Utf8Path::new("ui-fail/g/n.rs");
        Case::parse(
            &crate::judge::places::Places::usual(),
            Kind::Fail,
            Utf8Path::new("/r"),
            path,
            &text,
            &Scans::new(Facts::none()),
            &mut Vec::new(),
        )
    }

    fn error(code: Option<&str>, message: &str, line: usize) -> Diagnostic {
        let mut error = Diagnostic {
            code: code.map(str::to_owned),
            message: message.to_owned(),
            ..Diagnostic::default()
        };
        error.places[0].push(Place {
            file: "/r/ui-fail/g/n.rs".into(),
            line,
        });
        error
    }

    fn refused(errors: Vec<Diagnostic>) -> Compilation {
        Compilation {
            status: Status::Refused,
            errors,
        }
    }

    fn got(case: &Case, errors: Vec<Diagnostic>) -> String {
        judge(case, None, &refused(errors)).map_or(String::new(), |failure| failure.got)
    }

    #[test]
    fn code_line_and_words_must_agree() {
        let case = case("struct X; //~ E0599 guard");
        assert_eq!(got(&case, vec![error(Some("E0599"), "no guard", 3)]), "");
        assert!(got(&case, vec![error(Some("E0599"), "no method", 3)]).contains("no E0599"));
        assert!(got(&case, vec![error(Some("E0599"), "no guard", 4)]).contains("no E0599"));
        assert!(got(&case, vec![error(Some("E0277"), "no guard", 3)]).contains("no E0599"));
    }

    #[test]
    fn every_error_needs_a_mark_of_its_own() {
        let case = case("struct X; //~ E0599\nstruct Y; //~^ E0599 special");
        let plain = || error(Some("E0599"), "plain", 3);
        let special = || error(Some("E0599"), "special", 3);
        assert!(are_met(&case, &[&special(), &plain()]));
        assert!(are_met(&case, &[&plain(), &special()]));
        assert!(!are_met(&case, &[&special()]));
        assert!(!are_met(&case, &[&special(), &plain(), &plain()]));
    }

    #[test]
    fn an_error_that_is_nowhere_in_the_case_needs_words() {
        let mut nowhere = error(Some("E0080"), "it captures nothing", 3);
        nowhere.places = Default::default();
        assert!(are_met(&case("struct X; //~ E0080 captures"), &[&nowhere]));
        assert!(!are_met(&case("struct X; //~ E0080 sends"), &[&nowhere]));
        assert!(!are_met(&case("struct X; //~ E0080"), &[&nowhere]));
    }

    #[test]
    fn a_text_stands_for_an_error_without_code() {
        let case = case("struct X; //~ \"may not live\"");
        assert!(are_met(
            &case,
            &[&error(None, "lifetime may not live long", 3)]
        ));
        assert!(!are_met(&case, &[&error(Some("E0521"), "may not live", 3)]));
    }

    #[test]
    fn a_broken_test_is_no_proof() {
        let case = case("struct X; //~ E0433");
        assert!(
            got(&case, vec![error(Some("E0433"), "unresolved", 3)]).starts_with("a broken test")
        );
        assert!(got(&case, vec![error(Some("unused"), "lint", 3)]).starts_with("a broken test"));
    }

    #[test]
    fn a_crash_is_no_proof() {
        let crashed = Compilation {
            status: Status::Crashed(Crash::Missing("libkernel.rlib".into())),
            errors: vec![error(Some("E0599"), "", 3)],
        };
        assert!(judge(&case("struct X; //~ E0599"), None, &crashed).is_some());
    }

    #[test]
    fn a_program_that_compiles_is_a_failure() {
        let clean = Compilation {
            status: Status::Clean,
            errors: Vec::new(),
        };
        let failure =
            judge(&case("struct X; //~ E0599"), None, &clean).expect("the contract is broken");
        assert_eq!(failure.got, "the program compiles");
        assert_eq!(failure.expected, "E0599 on line 3");
    }
}
