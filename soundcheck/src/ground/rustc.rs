//! Which rustc a call means: the one that the workspace pins, a toolchain of
//! rustup by name, or a binary by path.
//!
//! Owns the search and its error messages. What is built with the compiler is
//! in `toolchain`.

use std::process::Command;

use anyhow::bail;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::ground::process;
use crate::ground::process::Limits;

/// A compiler and what it says about itself.
#[derive(Clone, Debug)]
pub struct Rustc {
    /// The real rustc, not a proxy.
    pub path: Utf8PathBuf,
    /// What `rustc -vV` prints.
    pub verbose: String,
}

/// Finds the compiler that a call asks for, or the pinned one.
pub fn find(root: &Utf8Path, wanted: Option<&str>) -> anyhow::Result<Rustc> {
    let path = match wanted {
        None => pinned(root)?,
        Some(wanted) if is_path(wanted) => given(wanted)?,
        Some(name) => installed(root, name)?,
    };
    match output(root, path.as_str(), &["-vV"]) {
        Ok(verbose) => Ok(Rustc { path, verbose }),
        Err(error) if wanted.is_none() => Err(error),
        Err(error) => Err(refuse(format!("{path} is no compiler: {error:#}"))),
    }
}

impl Rustc {
    /// The first line of `rustc -vV`.
    pub fn version(&self) -> &str {
        self.verbose.lines().next().unwrap_or_default()
    }

    /// The name under which output and snapshots of this compiler are kept: the
    /// release, and the day of a nightly or beta, of which there are many.
    pub fn label(&self) -> anyhow::Result<String> {
        let release = self.says("release")?;
        Ok(match release.contains('-') {
            true => format!("{release}-{}", self.says("commit-date")?),
            false => release.to_owned(),
        })
    }

    /// The target triple of the machine.
    pub fn host(&self) -> anyhow::Result<&str> {
        self.says("host")
    }

    fn says(&self, key: &str) -> anyhow::Result<&str> {
        let mut lines = self.verbose.lines();
        let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
        value.with_context(|| format!("rustc -vV names no {key}"))
    }
}

/// The proxy costs some milliseconds a call, so the binary behind it is used.
fn pinned(root: &Utf8Path) -> anyhow::Result<Utf8PathBuf> {
    let proxy = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let sysroot = output(root, &proxy, &["--print", "sysroot"])?;
    let real = Utf8PathBuf::from(sysroot.trim()).join("bin/rustc");
    Ok(if real.is_file() { real } else { proxy.into() })
}

fn is_path(wanted: &str) -> bool {
    wanted.contains(['/', '\\'])
}

fn given(path: &str) -> anyhow::Result<Utf8PathBuf> {
    let absolute = camino::absolute_utf8(path)?;
    if absolute.is_file() {
        return Ok(absolute);
    }
    Err(refuse(format!("there is no compiler at {path}")))
}

fn installed(root: &Utf8Path, name: &str) -> anyhow::Result<Utf8PathBuf> {
    let which = ["which", "rustc", "--toolchain", name];
    match output(root, "rustup", &which) {
        Ok(path) => Ok(path.trim().into()),
        Err(error) => {
            let what = format!("there is no toolchain `{name}`: {}", first_line(&error));
            let next = format!("`rustup toolchain install {name}`, or give the path of a rustc");
            Err(InputError::one(Problem::new(what, next)).into())
        }
    }
}

fn refuse(what: String) -> anyhow::Error {
    let next =
        "give --toolchain a name that `rustup toolchain list` prints, or the path of a rustc";
    InputError::one(Problem::new(what.replace('\n', " "), next)).into()
}

fn first_line(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    text.lines().next().unwrap_or_default().to_owned()
}

fn output(root: &Utf8Path, program: &str, arguments: &[&str]) -> anyhow::Result<String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root);
    // rustup may install a toolchain before it answers.
    let exit = process::run(command, &Limits::BUILD)?;
    if !exit.is_success() {
        let arguments = arguments.join(" ");
        bail!("{program} {arguments} failed: {}", exit.stderr.trim());
    }
    Ok(exit.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rustc(release: &str) -> Rustc {
        Rustc {
            path: "rustc".into(),
            verbose: format!(
                "rustc {release} (abc 2026-05-19)\ncommit-date: 2026-05-19\nhost: h\nrelease: {release}\n"
            ),
        }
    }

    #[test]
    fn a_release_is_named_by_its_number() {
        assert_eq!(rustc("1.95.0").label().ok().as_deref(), Some("1.95.0"));
        assert_eq!(rustc("1.95.0").host().ok(), Some("h"));
    }

    #[test]
    fn nightlies_are_told_apart_by_their_day() {
        let label = rustc("1.97.0-nightly").label().ok();
        assert_eq!(label.as_deref(), Some("1.97.0-nightly-2026-05-19"));
    }

    #[test]
    fn what_is_not_there_is_bad_input() {
        let refused = |wanted: &str| {
            let error = find(Utf8Path::new("/"), Some(wanted)).expect_err("it is not there");
            let input = error.downcast_ref::<InputError>();
            input.expect("it is the caller's mistake").to_string()
        };
        let missing = refused("./no/such/rustc");
        assert!(missing.starts_with("there is no compiler at ./no/such/rustc; next: "));
        assert!(refused("/bin/false").contains("/bin/false is no compiler"));
        assert!(refused("no-such-toolchain").contains("no toolchain `no-such-toolchain`"));
    }
}
