//! The options that hold for every command: where it works, and on what.
//!
//! They may stand anywhere in a call. A command that one of them says nothing
//! to refuses it, so that nobody believes it was heard.

use camino::Utf8PathBuf;
use clap::Args;

use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::subject::kernel::KernelOptions;

/// Where a command works, and on what.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of every command")]
pub struct Place {
    /// Where the workspace is; by default around the current directory.
    #[arg(long, value_name = "DIR", global = true)]
    pub root: Option<Utf8PathBuf>,
    /// Where build output goes; by default `target` in the workspace.
    #[arg(long, value_name = "DIR", global = true)]
    pub target_dir: Option<Utf8PathBuf>,
    /// Work with this toolchain of rustup, or the rustc at this path.
    #[arg(long, value_name = "NAME|PATH", global = true)]
    pub toolchain: Option<String>,
    /// Work on the kernel crate of a prepared kernel build.
    #[arg(long, value_name = "OBJTREE", global = true)]
    pub kernel: Option<Utf8PathBuf>,
    /// Where its sources are; by default where the build directory says.
    #[arg(long, value_name = "DIR", global = true)]
    pub source: Option<Utf8PathBuf>,
    /// Take it as this generation of the API; by default as what it declares.
    #[arg(long, value_name = "NAME", global = true)]
    pub generation: Option<String>,
}

impl Place {
    /// The kernel tree that the call is about, if it is not the API of the
    /// workspace.
    ///
    /// # Errors
    ///
    /// The tree is described and not named. That `--kernel` is required cannot
    /// be left to the parser, which looks on one side of the command only.
    pub fn kernel(&self) -> Result<Option<KernelOptions>, InputError> {
        let Some(objtree) = self.kernel.clone() else {
            let described = [("--source", self.source.is_some()), self.named_generation()];
            return match described.iter().find(|(_, is_given)| *is_given) {
                Some((option, _)) => Err(refused(
                    format!("{option} describes a kernel tree, and none is named"),
                    "name its build directory with --kernel OBJTREE",
                )),
                None => Ok(None),
            };
        };
        Ok(Some(KernelOptions {
            objtree,
            source: self.source.clone(),
            generation: self.generation.clone(),
        }))
    }

    /// Refuses a kernel tree for a command that is about the API here.
    pub(super) fn without_kernel(&self, command: &str) -> Result<(), InputError> {
        self.without(command, "--kernel", self.kernel.is_some())?;
        self.without_description(command)
    }

    /// Refuses a description of a kernel tree where a command finds it out.
    pub(super) fn without_description(&self, command: &str) -> Result<(), InputError> {
        self.without(command, "--source", self.source.is_some())?;
        let (option, is_given) = self.named_generation();
        self.without(command, option, is_given)
    }

    /// Refuses a toolchain for a command whose answer does not depend on one.
    pub(super) fn without_toolchain(&self, command: &str) -> Result<(), InputError> {
        self.without(command, "--toolchain", self.toolchain.is_some())
    }

    fn named_generation(&self) -> (&'static str, bool) {
        ("--generation", self.generation.is_some())
    }

    fn without(&self, command: &str, option: &str, is_given: bool) -> Result<(), InputError> {
        match is_given {
            true => Err(refused(
                format!("{option} says nothing to `{command}`"),
                "leave it out",
            )),
            false => Ok(()),
        }
    }
}

fn refused(what: String, next: &str) -> InputError {
    InputError::one(Problem::new(what, next))
}
