//! The kinds of cases: what a case is for, and who judges it.

use serde::Deserialize;

use crate::judge::lane::Lane;

/// What a case is for; each folder of cases has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A program that must not compile.
    Fail,
    /// A program that must run without a violation.
    Pass,
    /// A negative control: a program that does a forbidden thing and must be caught.
    Control,
    /// A program whose constants assert facts about layouts.
    Layout,
    /// A program of safe code that shows a hole of the API.
    Hole,
    /// A program around a crate that comes from elsewhere.
    Guest,
    /// A program of a contract that must compile; its files are generated.
    #[serde(skip)]
    Allowed,
}

impl Kind {
    /// The name in `soundcheck.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Fail => "fail",
            Kind::Pass => "pass",
            Kind::Control => "control",
            Kind::Layout => "layout",
            Kind::Hole => "hole",
            Kind::Guest => "guest",
            Kind::Allowed => "allowed",
        }
    }

    /// The lanes of the judge that take such cases.
    pub fn lanes(self) -> &'static [Lane] {
        match self {
            Kind::Fail => &[Lane::VERDICT, Lane::TWINS, Lane::SNAPSHOT],
            Kind::Pass => &[Lane::RUN],
            Kind::Control => &[Lane::CONTROLS],
            Kind::Layout => &[Lane::LAYOUT],
            Kind::Hole => &[Lane::HOLES],
            Kind::Guest => &[],
            Kind::Allowed => &[Lane::TWINS, Lane::RUN],
        }
    }

    /// The directives that such cases know.
    pub fn directives(self) -> &'static [&'static str] {
        match self {
            Kind::Fail => &["claim", "generations", "edition", "stage", "cause"],
            Kind::Pass | Kind::Guest => &["claim", "generations", "replay"],
            Kind::Control | Kind::Hole => &["claim", "generations", "violation"],
            Kind::Layout => &["claim", "generations"],
            Kind::Allowed => &["claim", "generations", "run", "replay"],
        }
    }
}
