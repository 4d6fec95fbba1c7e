//! trybuild and ui_test, set up as their users set them up.
//!
//! Their snapshots are accepted beforehand: what is measured is a run that has
//! nothing to complain about.

use std::process::Command;

use anyhow::ensure;
use camino::Utf8Path;

use crate::cases::Pool;
use crate::package::set;
use crate::package::Package;
use crate::package::Recipe;
use crate::runner::Kind;
use crate::runner::Runner;
use crate::tools::Tools;
use crate::tree::Tree;

const TRYBUILD: Rival = Rival {
    kind: Kind::Trybuild,
    recipe: Recipe {
        name: "bench-trybuild",
        dependencies: r#"trybuild = "1""#,
        harness: true,
        library: false,
        source: include_str!("../rivals/trybuild.rs"),
    },
    accept: ("TRYBUILD", "overwrite"),
    satisfied: |_, said| {
        let of_a_case = |line: &&str| line.starts_with("test cases-") && line.ends_with(" ... ok");
        said.lines().filter(of_a_case).count()
    },
};

const UI_TEST: Rival = Rival {
    kind: Kind::UiTest,
    recipe: Recipe {
        name: "bench-ui-test",
        dependencies: r#"ui_test = { version = "0.30", default-features = false, features = ["rustc"] }"#,
        harness: false,
        library: true,
        source: include_str!("../rivals/ui_test.rs"),
    },
    accept: ("BLESS", "1"),
    satisfied: |said, _| {
        let counts = said.lines().filter_map(|line| {
            let (_, counts) = line.split_once("test result: ok. ")?;
            counts.split_once(" passed")?.0.parse::<usize>().ok()
        });
        counts.sum()
    },
};

/// What is needed to make a rival run.
struct Rival {
    kind: Kind,
    recipe: Recipe,
    /// The variable that makes it accept what it sees.
    accept: (&'static str, &'static str),
    satisfied: fn(&str, &str) -> usize,
}

/// Builds the package of a rival, and gives a runner for each set.
pub fn runners<'a>(
    kind: Kind,
    directory: &Utf8Path,
    parts: (&Tree, &Pool),
    tools: &'a Tools,
    counts: &[usize],
) -> anyhow::Result<Vec<Runner<'a>>> {
    let rival = match kind {
        Kind::Trybuild => TRYBUILD,
        Kind::UiTest => UI_TEST,
        _ => return Ok(Vec::new()),
    };
    let package = Package::build(&rival.recipe, directory, parts, tools, counts)?;
    let mut runners = Vec::new();
    for count in counts.iter().copied() {
        rival.accept(&mut command(kind, &package, tools, count))?;
        let package = package.clone();
        runners.push(Runner {
            kind,
            cases: count,
            prepare: Box::new(move || Ok(command(kind, &package, tools, count))),
            satisfied: rival.satisfied,
        });
    }
    Ok(runners)
}

impl Rival {
    /// Accepts every text. Whether all is well then, the first run shows.
    fn accept(&self, command: &mut Command) -> anyhow::Result<()> {
        let (variable, value) = self.accept;
        let output = command.env(variable, value).output()?;
        ensure!(
            output.status.success() || self.kind == Kind::UiTest,
            "{} accepts nothing:\n{}",
            self.kind.name(),
            String::from_utf8_lossy(&output.stdout)
        );
        Ok(())
    }
}

/// trybuild passes no flags on, but takes those that are set for one target.
fn command(kind: Kind, package: &Package, tools: &Tools, count: usize) -> Command {
    let mut command = tools.command(package.test.as_str());
    command
        .current_dir(&package.folder)
        .env("CARGO_MANIFEST_DIR", &package.folder)
        .env("CASES", set(count));
    if kind == Kind::Trybuild {
        let triple = tools.host.replace(['-', '.'], "_").to_uppercase();
        let flags = format!("CARGO_TARGET_{triple}_RUSTFLAGS");
        command.env(flags, "--check-cfg=cfg(twin) -Adead_code");
    }
    command
}
