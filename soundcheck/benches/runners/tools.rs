//! The compiler and the environment that all runners share.
//!
//! The proxies of rustup cost some milliseconds a call. Every runner gets the
//! real programs, which favours those that call them most.

use std::process::Command;

use anyhow::ensure;
use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;

/// The programs of a toolchain.
pub struct Tools {
    /// The folder that they are in.
    pub bin: Utf8PathBuf,
    /// The target triple of the machine.
    pub host: String,
    /// The first line of `rustc -vV`.
    pub version: String,
}

/// What a call of `cargo bench` leaves in the environment, and what would
/// change what a runner does.
const FOREIGN: &[&str] = &[
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "RUSTC_WRAPPER",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTFLAGS",
    "TRYBUILD",
];

impl Tools {
    /// Finds the programs of the toolchain that a workspace pins.
    pub fn find(root: &Utf8Path) -> anyhow::Result<Self> {
        let sysroot = said(root, &["--print", "sysroot"])?;
        let verbose = said(root, &["-vV"])?;
        let host = verbose
            .lines()
            .find_map(|line| line.strip_prefix("host: "))
            .context("rustc -vV names no host")?;
        Ok(Self {
            bin: Utf8PathBuf::from(sysroot.trim()).join("bin"),
            host: host.to_owned(),
            version: verbose.lines().next().unwrap_or_default().to_owned(),
        })
    }

    /// A command that finds the real programs.
    pub fn command(&self, program: &str) -> Command {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new(program);
        for variable in FOREIGN {
            command.env_remove(variable);
        }
        command
            .env("PATH", format!("{}:{path}", self.bin))
            .env("RUSTC", self.bin.join("rustc"))
            .env("CARGO", self.bin.join("cargo"))
            .env("NO_COLOR", "1")
            .env("RUST_BACKTRACE", "0");
        command
    }

    /// A call of cargo in a folder.
    pub fn cargo(&self, folder: &Utf8Path) -> Command {
        let mut command = self.command(self.bin.join("cargo").as_str());
        command.current_dir(folder);
        command
    }
}

fn said(root: &Utf8Path, arguments: &[&str]) -> anyhow::Result<String> {
    let output = Command::new("rustc")
        .args(arguments)
        .current_dir(root)
        .output()
        .context("cannot run rustc")?;
    ensure!(output.status.success(), "rustc {arguments:?} failed");
    Ok(String::from_utf8(output.stdout)?)
}
