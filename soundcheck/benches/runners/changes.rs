//! What a run costs when the cache knows nearly everything: after no change,
//! and after a change of one case.
//!
//! The compiler is a script that writes down each call and passes it on.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::UNIX_EPOCH;

use anyhow::ensure;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::arguments::Plan;
use crate::contest::Contest;
use crate::cost;
use crate::cost::Samples;
use crate::ours;
use crate::runner::Kind;

/// A kind of change and its cost.
pub struct Change {
    /// What was changed.
    pub what: &'static str,
    /// How many cases there were.
    pub cases: usize,
    /// The runs.
    pub samples: Samples,
    /// The most calls of a compiler in a run.
    pub compilers: usize,
}

/// These runs are short, so there can be more of them.
const RUNS: usize = 10;

/// Measures both changes, in the verdict lane and the twins lane.
pub fn measure(contest: &Contest<'_>, plan: &Plan) -> anyhow::Result<Vec<Change>> {
    contest.say("filling the cache".to_owned());
    contest.tree.mount(plan.cases)?;
    let watched = Watched::new(contest, plan)?;
    watched.run()?;
    // The build is known to be fresh only after a run that found it so.
    watched.run()?;
    contest.say("runs without a change".to_owned());
    let nothing = watched.repeat("nothing", || Ok(()))?;
    contest.say("runs after a change of one case".to_owned());
    let case = contest.tree.first_case()?;
    let text = fs::read_to_string(&case)?;
    let one = watched.repeat("one case", || {
        // The cache must never have seen this text, in this run or another.
        let now = UNIX_EPOCH.elapsed()?.as_nanos();
        Ok(fs::write(&case, format!("{text}// Edited at {now}.\n"))?)
    })?;
    fs::write(&case, text)?;
    ensure!(one.compilers > 0, "an edited case was not judged again");
    Ok(vec![nothing, one])
}

/// Runs whose compiler is watched.
struct Watched<'a> {
    contest: &'a Contest<'a>,
    cases: usize,
    log: Utf8PathBuf,
    rustc: Utf8PathBuf,
    target: Utf8PathBuf,
}

impl<'a> Watched<'a> {
    fn new(contest: &'a Contest<'a>, plan: &Plan) -> anyhow::Result<Self> {
        let directory = plan.directory.join("watched");
        let watched = Self {
            contest,
            cases: plan.cases,
            log: directory.join("calls"),
            rustc: directory.join("sysroot/bin/rustc"),
            target: directory.join("target"),
        };
        let real = contest.tools.bin.join("rustc");
        write_script(&watched.rustc, &watched.log, &real)?;
        Ok(watched)
    }

    fn repeat(
        &self,
        what: &'static str,
        mut change: impl FnMut() -> anyhow::Result<()>,
    ) -> anyhow::Result<Change> {
        let mut samples = Samples::default();
        let mut compilers = 0;
        for _ in 0..RUNS {
            change()?;
            fs::write(&self.log, "")?;
            samples.push(self.run()?);
            compilers = compilers.max(fs::read_to_string(&self.log)?.lines().count());
        }
        Ok(Change {
            what,
            cases: self.cases,
            samples,
            compilers,
        })
    }

    fn run(&self) -> anyhow::Result<cost::Cost> {
        let (cost, output) = cost::measure(&mut self.command())?;
        let passed = ours::passed(&String::from_utf8_lossy(&output.stdout));
        let wanted = self.cases * Kind::OursTwins.verdicts();
        ensure!(
            passed == wanted,
            "{passed} of {wanted} verdicts with the cache"
        );
        Ok(cost)
    }

    fn command(&self) -> Command {
        let mut command = ours::check(Kind::OursTwins, &self.contest.tree, self.contest.tools);
        command
            .args(["--target-dir", self.target.as_str()])
            .env("RUSTC", &self.rustc);
        command
    }
}

/// The script says that it lies in a sysroot of its own, because the tool calls
/// the compiler of the sysroot.
fn write_script(script: &Utf8Path, log: &Utf8Path, real: &Utf8Path) -> anyhow::Result<()> {
    let bin = script.parent().unwrap_or(script);
    let sysroot = bin.parent().unwrap_or(bin);
    fs::create_dir_all(bin)?;
    let text = format!(
        r#"#!/bin/sh
echo "$*" >> "{log}"
if [ "$*" = "--print sysroot" ]; then echo "{sysroot}"; exit; fi
exec "{real}" "$@"
"#
    );
    // cargo builds anew for a compiler that is newer than before.
    if fs::read_to_string(script).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(script, text)?;
    Ok(fs::set_permissions(
        script,
        fs::Permissions::from_mode(0o755),
    )?)
}
