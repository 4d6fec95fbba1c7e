//! What a run judges: the API of the workspace, or the kernel crate of a kernel
//! tree.
//!
//! Owns what differs between the two: the generation that cases must speak
//! about, the contract, the crates to link, and the lanes that make sense.

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::kernel::Kernel;
use crate::lane::Lane;
use crate::matrix;
use crate::options::KernelOptions;
use crate::toolchain::Artifacts;
use crate::toolchain::BuildError;
use crate::toolchain::Flavor;
use crate::toolchain::Toolchain;
use crate::workspace::Workspace;

/// What a run judges.
#[derive(Clone, Debug, Default)]
pub enum Target {
    /// The API of the workspace.
    #[default]
    Workspace,
    /// The kernel crate of a tree.
    Kernel(Box<Kernel>),
}

/// The generation of the API of the workspace.
pub const WORKSPACE: &str = "api";

impl Target {
    /// The target that a call asks for.
    ///
    /// # Errors
    ///
    /// There is no such kernel tree, or no contract for it.
    pub fn of(workspace: &Workspace, kernel: Option<&KernelOptions>) -> anyhow::Result<Self> {
        Ok(match kernel {
            None => Target::Workspace,
            Some(options) => Target::Kernel(Box::new(Kernel::open(workspace, options)?)),
        })
    }

    /// The generation of the API, by which cases name it.
    pub fn generation(&self) -> &str {
        match self {
            Target::Workspace => WORKSPACE,
            Target::Kernel(kernel) => &kernel.generation.name,
        }
    }

    /// The contract, below the root of the workspace.
    pub fn contract(&self) -> &Utf8Path {
        match self {
            Target::Workspace => Utf8Path::new(matrix::CONTRACT),
            Target::Kernel(kernel) => &kernel.generation.contract,
        }
    }

    /// Where programs that come from the contract are written.
    pub fn programs(&self, workspace: &Workspace) -> Utf8PathBuf {
        let (target, mark) = (workspace.target(), workspace.mark());
        match self {
            Target::Workspace if mark.is_empty() => target.to_owned(),
            Target::Workspace => target.join(format!("{WORKSPACE}{mark}")),
            Target::Kernel(kernel) => target.join(format!("{}{mark}", kernel.generation.name)),
        }
    }

    /// Why a lane judges nothing here, if it does not.
    pub fn leaves_out(&self, lane: Lane) -> Option<&'static str> {
        match (self, lane) {
            (Target::Kernel(_), Lane::Snapshot) => {
                Some("snapshots are what users of the API in this workspace read")
            }
            (Target::Workspace, Lane::Drivers) => Some("the kernel's drivers are in a kernel tree"),
            _ => None,
        }
    }

    /// The kernel, if that is what is judged.
    pub fn kernel(&self) -> Option<&Kernel> {
        match self {
            Target::Workspace => None,
            Target::Kernel(kernel) => Some(kernel),
        }
    }

    /// Builds what cases are compiled against.
    ///
    /// # Errors
    ///
    /// A crate is refused, or a compiler cannot be run.
    pub fn build(
        &self,
        toolchain: &Toolchain,
        workspace: &Workspace,
        flavor: Flavor,
        stub: bool,
    ) -> Result<Artifacts, BuildError> {
        match self {
            Target::Workspace => toolchain.build(workspace, flavor, stub),
            Target::Kernel(kernel) => kernel.build(toolchain, workspace, flavor, stub),
        }
    }

    /// What is being built, for whoever waits.
    pub fn building(&self) -> String {
        match self {
            Target::Workspace => "building the API".to_owned(),
            Target::Kernel(kernel) => {
                let (tree, name) = (&kernel.tree, &kernel.generation.name);
                format!("building the kernel crate of {} ({name})", tree.source())
            }
        }
    }

    /// The options of a call that names this target again, each after a space.
    pub fn options(&self) -> String {
        match self {
            Target::Workspace => String::new(),
            Target::Kernel(kernel) => {
                let source = match kernel.tree.has_usual_source() {
                    true => String::new(),
                    false => format!(" --source {}", kernel.tree.source()),
                };
                format!(" --kernel {}{source}", kernel.tree.objtree())
            }
        }
    }

    /// The command that builds the same by hand.
    pub fn build_command(&self) -> String {
        match self {
            Target::Workspace => "cargo build -p drm-api -p driver -p hw-stub".to_owned(),
            Target::Kernel(kernel) => {
                format!("make LLVM=1 -C {} rust/", kernel.tree.objtree())
            }
        }
    }
}
