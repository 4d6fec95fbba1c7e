//! Processes that end well, that go too far, and that leave others behind.

use std::fs;
use std::time::Duration;
use std::time::Instant;

use super::*;

const SOON: Limits = Limits::of(Duration::from_millis(500));
const LATER: Limits = Limits::of(Duration::from_secs(20));

fn script(text: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", text]);
    command
}

fn shell(text: &str, limits: Limits) -> Exit {
    run(script(text), &limits).expect("sh can be run")
}

/// Whether the process that wrote its number to a text is still there.
fn lives(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

#[test]
fn output_and_status_are_kept() {
    let exit = shell("echo out; echo err >&2; exit 3", LATER);
    assert_eq!(exit.ended, Ended::Status(3));
    assert_eq!((&*exit.stdout, &*exit.stderr), ("out\n", "err\n"));
    assert_eq!(exit.left, 0);
}

#[test]
fn a_signal_is_no_status() {
    let exit = shell("kill -9 $$", LATER);
    assert_eq!(exit.ended, Ended::Signal(9));
    assert_eq!(exit.describe(), "was killed by signal 9");
}

#[test]
fn a_process_that_hangs_is_ended() {
    let exit = shell("echo early; exec sleep 60", SOON);
    assert_eq!(exit.describe(), "was ended after 0.5 s");
    assert_eq!(exit.stdout, "early\n");
}

#[test]
fn a_child_that_hangs_is_ended_with_its_parent() {
    let exit = shell("sleep 60 & echo $!; wait", SOON);
    assert_eq!(exit.ended, Ended::TimedOut(SOON.time));
    assert!(!lives(&exit.stdout));
}

#[test]
fn a_process_that_writes_for_ever_is_ended() {
    let exit = shell("exec yes", LATER);
    assert_eq!(exit.describe(), "printed more than 16 MiB and was ended");
    assert!(exit.stdout.len() < 17 << 20);
}

#[test]
fn a_little_less_than_the_limit_is_kept() {
    let exit = shell("head -c 16000000 /dev/zero", LATER);
    assert_eq!(exit.ended, Ended::Status(0));
    assert_eq!(exit.stdout.len(), 16_000_000);
}

#[test]
fn memory_has_an_end() {
    let little = Limits {
        memory: Some(64 << 20),
        ..LATER
    };
    // The limit is set from outside: what is started at once may be faster.
    let exit = shell(
        "sleep 0.2; head -c 200M /dev/zero | tail -c 150M | wc -c",
        little,
    );
    assert_ne!(exit.stdout.trim(), "157286400");
}

#[test]
fn processes_that_are_left_behind_are_counted_and_ended() {
    let start = Instant::now();
    let exit = shell("sleep 60 & sleep 60 & echo $!", LATER);
    assert_eq!(
        exit.describe(),
        "ended with status 0 and left 2 processes behind"
    );
    assert!(!lives(&exit.stdout));
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_process_in_a_session_of_its_own_is_left_behind_too() {
    let exit = shell("setsid sh -c 'echo $$; exec sleep 60' & sleep 0.3", LATER);
    assert_eq!(exit.left, 1);
    assert!(!lives(&exit.stdout));
}

#[test]
fn a_child_that_ended_by_itself_is_not_left_behind() {
    let exit = shell("true & sleep 0.3", LATER);
    assert_eq!(exit.left, 0);
}

#[test]
fn a_process_may_start_daemons_if_that_is_expected() {
    let exit = shell(
        "setsid sh -c 'echo $$; exec sleep 2' & sleep 0.3",
        Limits::BUILD,
    );
    assert_eq!(exit.left, 0);
    assert!(lives(&exit.stdout));
}

#[test]
fn what_stays_in_its_group_is_no_daemon() {
    let exit = shell("sleep 60 & echo $!", Limits::BUILD);
    assert_eq!(exit.left, 1);
    assert!(!lives(&exit.stdout));
}

#[test]
fn many_at_once_are_told_apart() {
    let leaving = || shell("setsid sleep 60 & sleep 0.2", LATER).left;
    let clean = || shell("setsid sleep 0.1; sleep 0.2", LATER).left;
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| (scope.spawn(leaving), scope.spawn(clean)))
            .collect();
        for (leaving, clean) in runs {
            assert_eq!(leaving.join().ok(), Some(1));
            assert_eq!(clean.join().ok(), Some(0));
        }
    });
}

#[test]
fn a_channel_goes_both_ways() {
    let script = script("read word; echo \"$word back\" >&0; echo out");
    let (exit, said) = converse(script, "there\n", &LATER).expect("sh can be run");
    assert_eq!(said, "there back\n");
    assert_eq!(exit.stdout, "out\n");
}

#[test]
fn what_cannot_be_run_is_named() {
    let error = run(Command::new("/no/such/program"), &LATER).expect_err("it is not there");
    assert!(error.to_string().contains("cannot run /no/such/program"));
}
