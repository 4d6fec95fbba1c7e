//! The git command, kept off everything that it should not touch.
//!
//! Owns its environment: no repository but the one that is meant, no lock that
//! a reading command could take, and messages that can be read by a program.

use std::io::Write as _;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

use camino::Utf8Path;

use super::error::Error;

/// Variables by which a caller, such as a hook, would lead git elsewhere.
const LEADING: [&str; 7] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_EXTERNAL_DIFF",
];

/// What git is told where it works for us: nothing of anybody's configuration,
/// and commits of nobody.
const OWN: [(&str, &str); 6] = [
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_AUTHOR_NAME", "review"),
    ("GIT_AUTHOR_EMAIL", "review@localhost"),
    ("GIT_COMMITTER_NAME", "review"),
    ("GIT_COMMITTER_EMAIL", "review@localhost"),
];

/// The command in a directory of the user.
pub fn git(directory: &Utf8Path) -> Command {
    let mut command = Command::new("git");
    command.current_dir(directory);
    LEADING.iter().for_each(|name| {
        command.env_remove(name);
    });
    command.env("GIT_OPTIONAL_LOCKS", "0");
    command.env("LC_ALL", "C");
    command
}

/// The command in a directory of ours, which is no part of a repository above.
pub fn own(directory: &Utf8Path) -> Command {
    let mut command = git(directory);
    let above = directory.parent().unwrap_or(directory);
    command.envs(OWN).env("GIT_CEILING_DIRECTORIES", above);
    command
}

/// Runs a command to its end, with an input.
pub fn run(mut command: Command, input: &[u8]) -> Result<Output, Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    let failed = |source| Error::Run { program, source };
    let child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let output = child.and_then(|mut child| {
        if let Some(mut stdin) = child.stdin.take() {
            // A command that refuses early does not read it all.
            let _ = stdin.write_all(input);
        }
        child.wait_with_output()
    });
    output.map_err(failed)
}

/// Runs a command to its end, and gives what it says, or else its complaint.
pub fn ask(command: Command, input: &[u8]) -> Result<Result<Vec<u8>, String>, Error> {
    let output = run(command, input)?;
    Ok(match output.status.success() {
        true => Ok(output.stdout),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    })
}

/// Runs a command that only fails if something is wrong with the machine.
pub fn must(mut command: Command, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, Error> {
    command.args(arguments);
    ask(command, input)?.map_err(|said| Error::Git {
        command: arguments.join(" "),
        said: complaint(&said).to_owned(),
    })
}

/// The first complaint of git, without what every complaint begins with.
pub fn complaint(stderr: &str) -> &str {
    let starts = ["error: ", "fatal: "];
    let said = |line| {
        starts
            .iter()
            .find_map(|start| str::strip_prefix(line, start))
    };
    let mut said = stderr.lines().filter_map(said);
    let first = said.find(|line| !line.starts_with("while searching for"));
    first.unwrap_or_else(|| stderr.trim()).trim()
}
