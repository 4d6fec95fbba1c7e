//! A subject that is at hand: the package of the workspace, or the kernel crate
//! of a tree.
//!
//! Owns what differs between the two: how they are built, the lanes that make
//! sense, and the words of a call that names them again.

use std::collections::BTreeSet;

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::ground::artifacts::Artifacts;
use crate::ground::artifacts::BuildError;
use crate::ground::flavor::Flavor;
use crate::ground::problem::InputError;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::kind::Kind;
use crate::judge::lane::Lane;
use crate::judge::lanes;
use crate::judge::places::Places;
use crate::judge::runner::LaneRunner;
use crate::judge::subject::Build;
use crate::judge::subject::Subject;
use crate::subject::cargo::Package;
use crate::subject::drivers::lane::Drivers;
use crate::subject::drivers::lane::DRIVERS;
use crate::subject::kernel;
use crate::subject::kernel::Kernel;
use crate::subject::kernel::KernelOptions;
use crate::subject::manifest;
use crate::subject::manifest::Manifest;

/// The lane of public items, which needs a target.
pub const SURFACE: Lane = Lane::beyond(
    "surface",
    "the public items are those that somebody has read, and a contract speaks of each",
);

/// Every lane that there may be, in the order in which they run.
pub fn known_lanes() -> impl Iterator<Item = Lane> {
    Lane::KNOWN.into_iter().chain([DRIVERS, SURFACE])
}

/// A subject that is at hand.
#[derive(Clone, Debug)]
pub struct Target {
    /// What the judge knows of it.
    pub subject: Subject,
    /// What the file at the root says.
    pub own: Manifest,
    /// Where everything is.
    pub places: Places,
    /// The tree, if it is a kernel that is judged.
    pub kernel: Option<Kernel>,
}

impl Target {
    /// The target that a call asks for.
    ///
    /// # Errors
    ///
    /// There is no such kernel tree, or no subject that fits it.
    pub fn open(workspace: &Workspace, kernel: Option<&KernelOptions>) -> Result<Self, InputError> {
        let own = Manifest::open(workspace.root())?;
        let others = own.others(workspace.root())?;
        let places = own.places(&others);
        let kernel = match kernel {
            None => {
                own.judges_something().map_err(InputError::one)?;
                None
            }
            Some(options) => Some(Kernel::open(others, options)?),
        };
        Ok(Self {
            subject: kernel.as_ref().map_or_else(|| of_package(&own), of_kernel),
            own,
            places,
            kernel,
        })
    }

    /// The contract, below the root of the workspace, if there is one.
    pub fn contract(&self) -> Option<&Utf8Path> {
        let manifest = self.manifest();
        manifest.contract.as_deref()
    }

    /// What the file of the subject says.
    pub fn manifest(&self) -> &Manifest {
        let kernel = self.kernel.as_ref();
        kernel.map_or(&self.own, |kernel| &kernel.manifest)
    }

    /// Where programs that come from the contract are written.
    pub fn programs(&self, workspace: &Workspace) -> Utf8PathBuf {
        let (target, mark) = (workspace.target(), workspace.mark());
        match self.kernel {
            None if mark.is_empty() => target.to_owned(),
            _ => target.join(format!("{}{mark}", self.subject.name)),
        }
    }

    /// All lanes, in the order in which they run.
    ///
    /// # Errors
    ///
    /// What is said about drivers of the kernel cannot be read.
    pub fn lanes(&self, workspace: &Workspace) -> Result<Vec<Box<dyn LaneRunner>>, InputError> {
        let mut lanes = lanes::all();
        if let Some(drivers) = self.drivers(workspace)? {
            lanes.push(Box::new(drivers));
        }
        Ok(lanes)
    }

    fn drivers(&self, workspace: &Workspace) -> Result<Option<Drivers>, InputError> {
        let Some(folder) = self.places.folder(Kind::Guest) else {
            return Ok(None);
        };
        let (own, folder) = (of_package(&self.own), folder.to_owned());
        let kernel = self.kernel.as_ref();
        let kernel = kernel.map(|kernel| (kernel.tree.clone(), self.subject.clone()));
        Drivers::of(workspace, folder, &self.own, own, kernel).map(Some)
    }

    /// Why a lane judges nothing here, if it does not.
    pub fn leaves_out(&self, lane: Lane) -> Option<String> {
        match lane {
            Lane::SNAPSHOT if self.kernel.is_some() => {
                Some("snapshots are what users of the API in this workspace read".to_owned())
            }
            Lane::SNAPSHOT if self.places.snapshots.is_none() => {
                Some(format!("{} names no folder of snapshots", manifest::FILE))
            }
            Lane::RUN | Lane::CONTROLS if self.manifest().stub.is_none() => Some(format!(
                "{} names no stub to run programs on",
                manifest::FILE
            )),
            _ => self.lacks(lane),
        }
    }

    /// What no folder of cases is there for, where nobody else makes cases.
    fn lacks(&self, lane: Lane) -> Option<String> {
        let kind = match lane {
            Lane::LAYOUT => Kind::Layout,
            Lane::RUN => Kind::Pass,
            Lane::CONTROLS => Kind::Control,
            Lane::HOLES => Kind::Hole,
            _ => return None,
        };
        let is_made = lane == Lane::RUN && self.contract().is_some();
        if is_made || self.places.folder(kind).is_some() {
            return None;
        }
        let (file, name) = (manifest::FILE, kind.name());
        Some(format!(
            "{file} names no folder of cases of the kind `{name}`"
        ))
    }

    /// Whether it is worth a word that a lane is left out: nobody misses what
    /// the subject does not have.
    pub fn is_news(&self, lane: Lane) -> bool {
        match lane {
            _ if lane == SURFACE => self.own.surface.is_some(),
            _ if lane == DRIVERS => self.kernel.is_some(),
            Lane::SNAPSHOT => self.kernel.is_some() || self.places.snapshots.is_some(),
            _ => self.lacks(lane).is_none(),
        }
    }
}

fn of_package(own: &Manifest) -> Subject {
    let packages = own.package.iter().chain(&own.helpers);
    let packages = packages.chain(own.stub.iter().map(|stub| &stub.package));
    let packages: Vec<String> = packages.map(|package| format!(" -p {package}")).collect();
    Subject {
        name: own.name.clone(),
        id: own.name.clone(),
        title: own.title().to_owned(),
        records: own.contract.clone().unwrap_or_default(),
        options: String::new(),
        build_command: format!("cargo build{}", packages.concat()),
        building: format!("building {}", own.title()),
        is_own: true,
        runs_layouts: true,
    }
}

fn of_kernel(kernel: &Kernel) -> Subject {
    let (tree, manifest) = (&kernel.tree, &kernel.manifest);
    let source = match tree.has_usual_source() {
        true => String::new(),
        false => format!(" --source {}", tree.source()),
    };
    Subject {
        name: manifest.name.clone(),
        id: "kernel".to_owned(),
        title: manifest.title().to_owned(),
        records: manifest.contract.clone().unwrap_or_default(),
        options: format!(" --kernel {}{source}", tree.objtree()),
        build_command: format!("make LLVM=1 -C {} rust/", tree.objtree()),
        building: format!(
            "building the kernel crate of {} ({})",
            tree.source(),
            manifest.name
        ),
        is_own: false,
        runs_layouts: false,
    }
}

/// A target with what builds it.
pub struct AtHand<'a> {
    /// The target.
    pub target: &'a Target,
    /// The workspace.
    pub workspace: &'a Workspace,
    /// The compiler.
    pub toolchain: &'a Toolchain,
}

impl<'a> AtHand<'a> {
    /// The package of the workspace.
    pub fn package(&self) -> Package<'a> {
        Package {
            manifest: &self.target.own,
            workspace: self.workspace,
            toolchain: self.toolchain,
            recorder: None,
        }
    }
}

impl AtHand<'_> {
    /// What rustdoc says about it, as JSON.
    ///
    /// # Errors
    ///
    /// It does not build, or a tool cannot be run.
    pub fn document(&self) -> anyhow::Result<String> {
        match &self.target.kernel {
            None => self.package().document(),
            Some(kernel) => kernel::document(kernel, &self.package()),
        }
    }
}

impl Build for AtHand<'_> {
    fn build(&self, flavor: Flavor, stub: bool) -> Result<Artifacts, BuildError> {
        let stub = stub && self.target.manifest().stub.is_some();
        match &self.target.kernel {
            None => self.package().build(flavor, stub),
            Some(kernel) => kernel::build(kernel, &self.package(), flavor, stub),
        }
    }

    fn prepare(&self, flavors: &BTreeSet<Flavor>) {
        if let Some(kernel) = &self.target.kernel {
            kernel::prepare(kernel, &self.package(), flavors);
        }
    }
}
