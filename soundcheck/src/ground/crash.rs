//! Why a compiler gave no verdict.
//!
//! Owns the line between a compiler that refuses a program, one that fails on
//! it, and one that could not do its work: only the first says something about
//! the program.

use std::fmt;

use camino::Utf8PathBuf;

use crate::ground::diagnostic::Diagnostic;
use crate::ground::process::Ended;

/// Why a compiler gave no verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Crash {
    /// It failed on the program: an internal error, and its last words.
    Internal(Ended, String),
    /// It was ended at a limit of time or of output.
    Limit(Ended),
    /// It was killed, or had no memory or no room on the disk: what it said last.
    Environment(Ended, String),
    /// A file of a crate that it needs is not there.
    Missing(Utf8PathBuf),
}

impl Crash {
    /// What to do about it.
    pub fn next(&self) -> &'static str {
        match self {
            Crash::Internal(..) => "report the crash to rustc",
            Crash::Limit(_) => {
                "find out what rustc is busy with; if it is only slow, give it more by \
                 --compiler-timeout"
            }
            Crash::Environment(..) => {
                "see to the memory and the disk of the machine, or to what the program makes rustc \
                 do; then run again"
            }
            Crash::Missing(_) => "run again: what is missing is built then",
        }
    }

    /// What the end of a compiler means, if it is neither success nor refusal.
    /// `rest` is what it said beside its errors.
    pub(crate) fn of(ended: Ended, errors: &[Diagnostic], rest: &str) -> Option<Self> {
        let last = || {
            rest.trim()
                .lines()
                .last()
                .unwrap_or("no message")
                .to_owned()
        };
        let texts = errors.iter().flat_map(Diagnostic::texts);
        let lacking = texts
            .chain(rest.lines())
            .find(|text| is_of_environment(text));
        match ended {
            Ended::TimedOut(_) | Ended::TooMuchOutput(_) => Some(Crash::Limit(ended)),
            Ended::Status(0) if errors.is_empty() => None,
            _ if lacking.is_some() => {
                let line =
                    lacking.and_then(|text| text.lines().find(|line| is_of_environment(line)));
                Some(Crash::Environment(
                    ended,
                    line.unwrap_or_default().to_owned(),
                ))
            }
            Ended::Signal(signal) if !OF_PROGRAM.contains(&signal) => {
                Some(Crash::Environment(ended, last()))
            }
            Ended::Status(1) if !errors.is_empty() && !errors.iter().any(is_internal) => None,
            _ => Some(Crash::Internal(ended, last())),
        }
    }
}

impl fmt::Display for Crash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Crash::Internal(ended, last) => write!(f, "rustc {ended}: {last}"),
            Crash::Limit(ended) => write!(f, "rustc {ended}: not judged"),
            Crash::Environment(ended, last) => write!(f, "rustc {ended}: not judged: {last}"),
            Crash::Missing(file) => write!(f, "{file} is not there: not judged"),
        }
    }
}

/// The signals that a compiler gets for what it does itself: SIGILL, SIGTRAP,
/// SIGABRT, SIGBUS, SIGFPE and SIGSEGV. The others come from somebody else.
const OF_PROGRAM: [i32; 6] = [4, 5, 6, 7, 8, 11];

/// Whether an error is about the compiler itself.
pub(crate) fn is_internal(error: &Diagnostic) -> bool {
    error.message.contains("internal compiler error")
}

/// Whether a text says that the machine lacks something: EAGAIN, ENOMEM,
/// EMFILE, ENOSPC and EDQUOT as std prints them, what an allocator says last,
/// and how rustc names a linker that was killed.
fn is_of_environment(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "(os error 11)",
        "(os error 12)",
        "(os error 24)",
        "(os error 28)",
        "(os error 122)",
        "memory allocation of ",
        "out of memory",
        "no space left on device",
        "cannot allocate memory",
        "signal: 9 (sigkill)",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn error(message: &str) -> Diagnostic {
        Diagnostic {
            message: message.to_owned(),
            ..Diagnostic::default()
        }
    }

    fn said(ended: Ended, errors: &[&str], rest: &str) -> Option<String> {
        let errors: Vec<Diagnostic> = errors.iter().map(|message| error(message)).collect();
        Crash::of(ended, &errors, rest).map(|crash| crash.to_string())
    }

    #[test]
    fn success_and_refusal_are_no_crashes() {
        assert_eq!(said(Ended::Status(0), &[], ""), None);
        assert_eq!(said(Ended::Status(1), &["mismatched types"], ""), None);
    }

    #[test]
    fn what_fails_without_an_error_has_crashed() {
        for (ended, errors) in [
            (Ended::Status(0), &["mismatched types"][..]),
            (Ended::Status(1), &[]),
            (Ended::Status(1), &["internal compiler error: x"]),
            (Ended::Status(101), &["mismatched types"]),
            (Ended::Signal(11), &[]),
        ] {
            let errors: Vec<Diagnostic> = errors.iter().map(|message| error(message)).collect();
            let crash = Crash::of(ended, &errors, "");
            assert!(matches!(crash, Some(Crash::Internal(..))), "{crash:?}");
        }
    }

    #[test]
    fn a_limit_is_no_verdict_whatever_was_said() {
        let late = Ended::TimedOut(Duration::from_secs(60));
        assert_eq!(
            said(late, &["mismatched types"], "").as_deref(),
            Some("rustc was ended after 60 s: not judged")
        );
    }

    #[test]
    fn a_machine_that_lacks_something_is_no_verdict() {
        for (ended, errors, rest) in [
            (Ended::Signal(9), &[][..], ""),
            (Ended::Signal(6), &[], "memory allocation of 9 bytes failed"),
            (Ended::Status(1), &[], "No space left on device"),
            (
                Ended::Status(1),
                &["failed to write x.rmeta: No space left on device (os error 28)"],
                "",
            ),
            (
                Ended::Status(1),
                &["linking with `cc` failed: signal: 9 (SIGKILL)"],
                "",
            ),
        ] {
            let said = said(ended, errors, rest).expect("it is no verdict");
            assert!(said.contains(": not judged"), "{said}");
        }
    }
}
