//! Every verdict as a test of its own, for `cargo test` and `cargo nextest`:
//! each can be listed, filtered and run by its exact name, and all that run
//! share their batches.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::OnceLock;

use libtest_mimic::Arguments;
use libtest_mimic::Failed;
use libtest_mimic::Trial;
use soundcheck::command::share;
use soundcheck::command::share::Share;
use soundcheck::command::share::Verdict;
use soundcheck::CheckOptions;

/// The test of what is not in any one case.
const GAPS: &str = "corpus::every_claim_is_tried";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match tests(&arguments) {
        Ok(tests) => libtest_mimic::run(&arguments, tests).exit_code(),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn tests(arguments: &Arguments) -> anyhow::Result<Vec<Trial>> {
    let share = Arc::new(Share::open(CheckOptions {
        root: Some(share::root_around(env!("CARGO_MANIFEST_DIR"))),
        ..CheckOptions::default()
    })?);
    // A runner that starts a process for each test names it exactly. Reading
    // all cases to find one of them would cost more than the verdict does.
    if let (true, false, Some(name)) = (arguments.exact, arguments.list, &arguments.filter) {
        return Ok(vec![match name.as_str() {
            GAPS => gaps(share),
            _ => alone(share, name),
        }]);
    }
    let names = share.names()?;
    let selected = names.iter().filter(|name| is_selected(arguments, name));
    let together = Together {
        share: Arc::clone(&share),
        names: selected.cloned().collect(),
        verdicts: OnceLock::new(),
    };
    let together = Arc::new(together);
    let tests = names.into_iter().map(|name| among(&together, name));
    Ok(std::iter::once(gaps(share)).chain(tests).collect())
}

/// As libtest selects.
fn is_selected(arguments: &Arguments, name: &str) -> bool {
    let is_meant = |filter: &String| match arguments.exact {
        true => name == filter,
        false => name.contains(filter.as_str()),
    };
    arguments.filter.as_ref().is_none_or(is_meant) && !arguments.skip.iter().any(is_meant)
}

fn gaps(share: Arc<Share>) -> Trial {
    Trial::test(GAPS, move || {
        let gaps = share.gaps().map_err(|error| format!("{error:#}"))?;
        let lines: Vec<String> = gaps.iter().map(ToString::to_string).collect();
        outcome(Some(lines.join("\n")).filter(|lines| !lines.is_empty()))
    })
}

fn alone(share: Arc<Share>, name: &str) -> Trial {
    let test = name.to_owned();
    Trial::test(name, move || {
        let verdict = match std::env::var_os("NEXTEST") {
            Some(_) => share.one_of_many(&test),
            None => share.one(&test),
        };
        outcome(verdict.map_err(|error| format!("{error:#}"))?)
    })
}

fn among(together: &Arc<Together>, name: String) -> Trial {
    let together = Arc::clone(together);
    let test = name.clone();
    Trial::test(name, move || outcome(together.verdict(&test)?))
}

fn outcome(verdict: Verdict) -> Result<(), Failed> {
    verdict.map_or(Ok(()), |why| Err(why.into()))
}

/// The tests of this process, judged when the first of them runs.
struct Together {
    share: Arc<Share>,
    names: BTreeSet<String>,
    verdicts: OnceLock<Result<BTreeMap<String, Verdict>, String>>,
}

impl Together {
    fn verdict(&self, name: &str) -> Result<Verdict, String> {
        let judge = || {
            let all = self.share.all(self.names.clone());
            all.map_err(|error| format!("{error:#}"))
        };
        let verdicts = self.verdicts.get_or_init(judge).as_ref();
        let verdict = verdicts.map_err(Clone::clone)?.get(name);
        Ok(verdict
            .cloned()
            .unwrap_or(Some("it was not judged".to_owned())))
    }
}
