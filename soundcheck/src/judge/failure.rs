//! What came of a case that does not hold: a kind, and the evidence for it.
//!
//! Whatever is decided about a failure is decided by its kind. The texts beside
//! it are for people, and may be worded anew at any time.

use serde::Serialize;

/// A case that does not hold, or that nobody could judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What came of it.
    pub kind: FailureKind,
    /// The line of the file, if there is one.
    pub line: Option<usize>,
    /// What should have come.
    pub expected: String,
    /// What came.
    pub got: String,
    /// What to do next.
    pub next: String,
}

/// What came of a case that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// A program compiles that must be refused.
    Compiles,
    /// A program is refused, and not as its marks say.
    OtherErrors,
    /// A program is refused for an error that is nobody's doing but its own.
    BrokenTest,
    /// A program is refused that must compile.
    Refused,
    /// What is judged does not build.
    Unbuilt,
    /// The diagnostics are not the ones that somebody reviewed.
    Diagnostics,
    /// What is public is not what somebody has read.
    Surface,
    /// A program ran and did something wrong, or did not end as it must.
    Misbehaved,
    /// A negative control was not caught.
    NotCaught,
    /// A hole that is recorded as open has closed.
    Closed,
    /// What is said to lack something lacks nothing.
    Complete,
    /// Nobody knows: a compiler gave no verdict, the machine lacked something,
    /// or what the case depends on failed first.
    NotJudged,
}

impl FailureKind {
    /// Whether the case was judged at all.
    pub fn is_judged(self) -> bool {
        self != FailureKind::NotJudged
    }
}
