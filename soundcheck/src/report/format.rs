//! The formats of reports, by the names that a call uses.

use std::io::Write;

use clap::ValueEnum;

use super::Github;
use super::Human;
use super::Json;
use super::Junit;
use super::Ktap;
use super::Sarif;
use crate::judge::reporter::Reporter;

/// A format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
    /// JUnit, for CI servers.
    Junit,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of GitHub, with a summary of the step.
    Github,
    /// KTAP version 1, for kernel test runners.
    Ktap,
}

impl Format {
    /// The name in calls.
    pub fn name(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Json => "json",
            Format::Junit => "junit",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Ktap => "ktap",
        }
    }

    /// A reporter in this format. Only one of GitHub's has a page.
    pub fn reporter(
        self,
        out: impl Write + Send + 'static,
        verbose: bool,
        page: Option<Box<dyn Write + Send>>,
    ) -> Box<dyn Reporter> {
        match self {
            Format::Human => Box::new(Human::new(out, verbose)),
            Format::Json => Box::new(Json::new(out)),
            Format::Junit => Box::new(Junit::new(out)),
            Format::Sarif => Box::new(Sarif::new(out)),
            Format::Github => Box::new(Github::new(out, page)),
            Format::Ktap => Box::new(Ktap::new(out)),
        }
    }
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
