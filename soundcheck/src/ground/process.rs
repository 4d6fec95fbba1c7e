//! A child process with a time limit.
//!
//! Output goes through files, so that a program that writes much cannot block,
//! and one that is killed still leaves what it wrote.

use std::fs;
use std::fs::File;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

use anyhow::Context as _;
use camino::Utf8Path;
use wait_timeout::ChildExt as _;

/// What a process left behind.
#[derive(Clone, Debug)]
pub struct Exit {
    /// The status, if it ended by itself and by no signal.
    pub code: Option<i32>,
    /// Whether it ran out of time.
    pub timed_out: bool,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

impl Exit {
    /// How it ended, in words.
    pub fn describe(&self) -> String {
        match (self.timed_out, self.code) {
            (true, _) => "ran out of time".to_owned(),
            (false, Some(code)) => format!("ended with status {code}"),
            (false, None) => "was killed by a signal".to_owned(),
        }
    }
}

/// Runs a command to its end or to the end of its time. `files` is a path that
/// no other process uses; two files are written beside it.
pub fn run(mut command: Command, files: &Utf8Path, limit: Duration) -> anyhow::Result<Exit> {
    let stdout = files.with_extension("stdout");
    let stderr = files.with_extension("stderr");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(File::create(&stdout)?)
        .stderr(File::create(&stderr)?)
        .spawn()
        .with_context(|| format!("cannot run {:?}", command.get_program()))?;
    let status = child.wait_timeout(limit)?;
    if status.is_none() {
        child.kill()?;
        child.wait()?;
    }
    let exit = Exit {
        code: status.and_then(|status| status.code()),
        timed_out: status.is_none(),
        stdout: String::from_utf8_lossy(&fs::read(&stdout)?).into_owned(),
        stderr: String::from_utf8_lossy(&fs::read(&stderr)?).into_owned(),
    };
    fs::remove_file(stdout)?;
    fs::remove_file(stderr)?;
    Ok(exit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Exit {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let files = Utf8Path::from_path(directory.path()).expect("its path is UTF-8");
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, &files.join("out"), limit).expect("sh can be run")
    }

    #[test]
    fn output_and_status_are_kept() {
        let exit = shell("echo out; echo err >&2; exit 3", Duration::from_secs(20));
        assert_eq!(
            (exit.code, exit.stdout.as_str(), exit.stderr.as_str()),
            (Some(3), "out\n", "err\n")
        );
    }

    #[test]
    fn a_signal_is_no_status() {
        let exit = shell("kill -9 $$", Duration::from_secs(20));
        assert_eq!(exit.describe(), "was killed by a signal");
    }

    #[test]
    fn a_process_that_hangs_is_ended() {
        let exit = shell("echo early; exec sleep 60", Duration::from_millis(300));
        assert!(exit.timed_out);
        assert_eq!(exit.stdout, "early\n");
    }
}
