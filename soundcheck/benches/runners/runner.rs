//! A runner over a set of cases: what is started, and how to tell that it did
//! the whole work.

use std::process::Command;
use std::process::Output;

use anyhow::ensure;
use anyhow::Context as _;

use crate::cost;
use crate::cost::Cost;

/// A runner and its set.
pub struct Runner<'a> {
    /// Which runner it is.
    pub kind: Kind,
    /// The size of the set.
    pub cases: usize,
    /// Prepares a run. What happens here is not measured.
    pub prepare: Box<dyn Fn() -> anyhow::Result<Command> + 'a>,
    /// How many cases a run was satisfied with, from what it wrote to both
    /// streams.
    pub satisfied: fn(&str, &str) -> usize,
}

/// The runners that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Kind {
    /// Ours, the verdict lane.
    Ours,
    /// Ours, the verdict lane and the twins lane.
    OursTwins,
    /// Ours without batches.
    Isolated,
    /// The crate ui_test.
    UiTest,
    /// The crate trybuild.
    Trybuild,
}

impl Kind {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Ours => "soundcheck, verdict",
            Kind::OursTwins => "soundcheck, verdict and twins",
            Kind::Isolated => "one rustc a case",
            Kind::UiTest => "ui_test",
            Kind::Trybuild => "trybuild",
        }
    }

    /// What the runner requires of every case.
    pub fn checks(self) -> &'static str {
        match self {
            Kind::Ours | Kind::Isolated => "is refused at its line for its reason",
            Kind::OursTwins => "the same, and its twin compiles to code",
            Kind::UiTest | Kind::Trybuild => "is refused with the same text",
        }
    }

    /// Whether it is soundcheck, in one of its ways.
    pub fn is_ours(self) -> bool {
        matches!(self, Kind::Ours | Kind::OursTwins | Kind::Isolated)
    }

    /// Whether the runner is measured at every size, and not only where all
    /// are compared.
    pub fn grows(self) -> bool {
        matches!(self, Kind::Ours | Kind::OursTwins)
    }

    /// How many verdicts there are for each case.
    pub fn verdicts(self) -> usize {
        match self {
            Kind::OursTwins => 2,
            _ => 1,
        }
    }
}

impl Runner<'_> {
    /// One run. Unless it was satisfied with every case, it is an error.
    pub fn run(&self) -> anyhow::Result<Cost> {
        let mut command = (self.prepare)()?;
        let (cost, output) = cost::measure(&mut command)?;
        self.examine(&output)
            .with_context(|| format!("{} with {} cases", self.kind.name(), self.cases))?;
        Ok(cost)
    }

    fn examine(&self, output: &Output) -> anyhow::Result<()> {
        let said = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        let satisfied = (self.satisfied)(&said, &errors);
        let wanted = self.cases * self.kind.verdicts();
        ensure!(
            output.status.success() && satisfied == wanted,
            "{}, satisfied with {satisfied} of {wanted}:\n{}\n{}",
            output.status,
            end(&said),
            end(&errors),
        );
        Ok(())
    }
}

fn end(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    lines[lines.len().saturating_sub(30)..].join("\n")
}
