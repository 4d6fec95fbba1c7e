//! What all mutants of a call are judged with: the subject without any edit,
//! its cases, and the texts that are edited.

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use anyhow::Context as _;
use camino::Utf8Path;
use camino::Utf8PathBuf;
use rayon::prelude::*;
use walkdir::WalkDir;

use crate::command::mutants::options::Options;
use crate::ground::problem::InputError;
use crate::ground::problem::Problem;
use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::cache::Cache;
use crate::judge::corpus::Corpus;
use crate::judge::runner::LaneRunner;
use crate::judge::terms::Terms;
use crate::subject::load;
use crate::subject::manifest::FILE;
use crate::subject::matrix;
use crate::subject::mutation;
use crate::subject::mutation::by_hand;
use crate::subject::mutation::by_hand::ByHand;
use crate::subject::mutation::by_hand::Expected;
use crate::subject::mutation::waiver;
use crate::subject::mutation::waiver::Waiver;
use crate::subject::mutation::Mutant;
use crate::subject::mutation::State;
use crate::subject::mutation::States;
use crate::subject::mutation::Texts;
use crate::subject::target::Target;

/// A subject and everything that its mutants are judged with.
pub struct Session {
    /// The workspace.
    pub workspace: Workspace,
    /// The subject.
    pub target: Target,
    /// The claims and cases.
    pub corpus: Corpus,
    /// The compiler.
    pub toolchain: Toolchain,
    /// The lanes that mutants are judged by.
    pub lanes: Vec<Box<dyn LaneRunner>>,
    /// The texts that are edited, by their paths below the root of the sources.
    pub texts: Texts,
    /// All mutants, in order.
    pub mutants: Vec<Mutant>,
    /// Who must notice the mutants that somebody wrote, by their ids.
    pub expected: BTreeMap<String, Expected>,
    /// The mutants that nobody can notice.
    pub waivers: Vec<Waiver>,
    /// How a mutant is judged.
    pub terms: Terms,
}

impl Session {
    /// Reads everything. Nothing is built yet.
    ///
    /// # Errors
    ///
    /// The subject says nothing about mutants, or something cannot be read.
    pub fn open(options: &Options) -> anyhow::Result<Self> {
        let workspace = Workspace::open(options.root.as_deref(), options.target_dir.as_deref())?;
        let cache = Cache::of(&workspace);
        let target = Target::open(&workspace, options.kernel.as_ref())?;
        let corpus = load::corpus(&workspace, &cache, &target)?;
        let lanes = target.lanes(&workspace)?;
        let toolchain = Toolchain::select(&workspace, options.toolchain.as_deref())?;
        let mut session = Self {
            terms: Terms {
                toolchain: options.toolchain.clone(),
                jobs: std::num::NonZeroUsize::new(1),
                seed: Some(0),
                timeout: Duration::from_secs(options.timeout),
                ..Terms::default()
            },
            workspace,
            target,
            corpus,
            toolchain,
            lanes,
            texts: Texts::new(),
            mutants: Vec::new(),
            expected: BTreeMap::new(),
            waivers: Vec::new(),
        };
        session.texts = session.read()?;
        let files: Vec<(Utf8PathBuf, String)> = session.texts.clone().into_iter().collect();
        session.mutants = mutation::mutants(&files, &session.states()?)?;
        session.add_by_hand()?;
        if let Some(path) = &session.target.manifest().mutants.waivers {
            let waivers = waiver::read(session.workspace.root(), path);
            session.waivers = waivers.map_err(InputError::one)?;
        }
        Ok(session)
    }

    /// Adds the mutants that somebody wrote.
    fn add_by_hand(&mut self) -> Result<(), InputError> {
        let Some(folder) = &self.target.manifest().mutants.by_hand else {
            return Ok(());
        };
        let (root, sources) = (self.workspace.root(), self.root().to_owned());
        let name = &self.target.subject.name;
        let text = |path: &Utf8Path| fs::read_to_string(sources.join(path)).ok();
        let mut texts = std::mem::take(&mut self.texts);
        let written = by_hand::read(root, folder, name, &mut texts, text).map_err(InputError)?;
        self.texts = texts;
        for ByHand { mutant, expected } in written {
            self.expected.insert(mutant.id.clone(), expected);
            self.mutants.push(mutant);
        }
        Ok(())
    }

    /// The root that the paths of sources are below.
    pub fn root(&self) -> &Utf8Path {
        let kernel = self.target.kernel.as_ref();
        kernel.map_or(self.workspace.root(), |kernel| kernel.tree.source())
    }

    fn read(&self) -> Result<Texts, InputError> {
        let sources = &self.target.manifest().mutants.sources;
        let complain = |what: String, next: &str| {
            let problem = Problem::new(what, next);
            InputError::one(problem.in_file(Utf8Path::new(FILE)))
        };
        if sources.is_empty() {
            let next = "add `[mutants]` with `sources`, the files and folders to mutate";
            return Err(complain("names nothing to mutate".to_owned(), next));
        }
        let mut texts = Texts::new();
        for source in sources {
            for path in files(&self.root().join(source)) {
                let text = fs::read_to_string(&path).map_err(|error| {
                    complain(format!("{path} cannot be read: {error}"), "mend the file")
                })?;
                let inside = path.strip_prefix(self.root()).unwrap_or(&path);
                texts.insert(inside.to_owned(), text);
            }
            if !texts.keys().any(|path| path.starts_with(source)) {
                let what = format!("`{source}` of `[mutants]` has no Rust in it");
                return Err(complain(what, "name a file or a folder with code"));
            }
        }
        Ok(texts)
    }

    /// The states of the API, as its contract lists them.
    fn states(&self) -> anyhow::Result<States> {
        let root = self.workspace.root();
        let contract = match self.target.contract() {
            Some(path) => matrix::load(root, path, &self.corpus.claims).map_err(InputError)?,
            None => None,
        };
        let contexts = contract.into_iter().flat_map(|contract| contract.contexts);
        let states = contexts.map(|context| State {
            name: context.name.to_string(),
            weakens_to: context.weakens_to.iter().map(ToString::to_string).collect(),
        });
        let kernel = self.target.manifest().kernel.as_ref();
        Ok(States {
            states: states.collect(),
            bound: kernel.map(|kernel| kernel.trait_name.clone()),
        })
    }

    /// Writes the cases that come from a contract.
    ///
    /// # Errors
    ///
    /// One of them cannot be written.
    pub fn materialise(&self) -> anyhow::Result<()> {
        let cases = self.corpus.cases.par_iter();
        cases
            .try_for_each(|case| case.materialise())
            .context("cannot write what the contract expands to")
    }
}

/// A file, or the files with Rust in a folder.
fn files(path: &Utf8Path) -> Vec<Utf8PathBuf> {
    let walk = WalkDir::new(path).sort_by_file_name().into_iter().flatten();
    let files = walk.filter(|entry| entry.file_type().is_file());
    let paths = files.filter_map(|entry| Utf8PathBuf::try_from(entry.into_path()).ok());
    paths
        .filter(|path| path.extension() == Some("rs"))
        .collect()
}
