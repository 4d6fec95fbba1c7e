//! The git command, kept off everything that it should not touch.
//!
//! Owns its environment: no repository but the one that is meant, no lock that
//! a reading command could take, and messages that can be read by a program.

use std::io::Write as _;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

use anyhow::Context as _;
use camino::Utf8Path;

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

/// The command in a directory.
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

/// The command in a directory that is in no repository, whatever lies above.
/// Inside of one, `git apply` would pass over files without a word.
pub fn outside(directory: &Utf8Path) -> Command {
    let mut command = git(directory);
    let above = directory.parent().unwrap_or(directory);
    command.env("GIT_CEILING_DIRECTORIES", above);
    command
}

/// Runs a command to its end, with a text as its input.
pub fn feed(mut command: Command, input: &str) -> anyhow::Result<Output> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run git")?;
    if let Some(mut stdin) = child.stdin.take() {
        // A command that refuses early does not read it all.
        let _ = stdin.write_all(input.as_bytes());
    }
    Ok(child.wait_with_output()?)
}

/// Runs a command to its end, and gives what it says, or else its complaint.
pub fn ask(mut command: Command) -> anyhow::Result<Result<Vec<u8>, String>> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.context("cannot run git")?;
    Ok(match output.status.success() {
        true => Ok(output.stdout),
        false => Err(complaint(&output.stderr)),
    })
}

/// The first complaint of git, without what every complaint begins with.
pub fn complaint(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or("git says nothing").trim();
    let known = ["error: ", "fatal: "];
    let bare = known.iter().find_map(|start| first.strip_prefix(start));
    bare.unwrap_or(first).to_owned()
}
