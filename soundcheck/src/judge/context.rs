//! What every lane of a run shares, and what a lane is given and gives.
//!
//! A context is whole from the start. The cases that a lane must judge, and
//! whoever waits for it, come with each task.

use camino::Utf8Path;

use crate::ground::toolchain::Toolchain;
use crate::ground::workspace::Workspace;
use crate::judge::builds::Builds;
use crate::judge::case::Case;
use crate::judge::corpus::Corpus;
use crate::judge::event::Judgement;
use crate::judge::lane::Lane;
use crate::judge::selection::Selection;
use crate::judge::subject::Subject;
use crate::judge::terms::Terms;

/// What all lanes of a run share.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// What is judged.
    pub subject: &'a Subject,
    /// The claims and cases.
    pub corpus: &'a Corpus,
    /// How it was asked for.
    pub terms: &'a Terms,
    /// What was asked for.
    pub selection: &'a Selection,
    /// The compiler.
    pub toolchain: &'a Toolchain,
    /// The crates to link.
    pub builds: &'a Builds<'a>,
    /// A directory for generated files.
    pub scratch: &'a Utf8Path,
    /// The seed of the random sample.
    pub seed: u64,
}

/// The cases that a lane must judge now.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    /// What all lanes share.
    pub context: &'a Context<'a>,
    /// The cases.
    pub cases: &'a [&'a Case],
    /// Is told of each case that is done.
    pub progress: &'a (dyn Fn(usize) + Sync),
}

/// What a lane gives.
#[derive(Debug, Default)]
pub struct LaneReport {
    /// A verdict for each case.
    pub judgements: Vec<Judgement>,
    /// What else is worth a few words.
    pub remark: String,
}

impl Context<'_> {
    /// A judgement about a case, without a failure yet.
    pub fn judgement(&self, lane: Lane, case: &Case) -> Judgement {
        Judgement {
            id: case.id.clone(),
            lane,
            path: case.path.clone(),
            claim: case.claim.clone(),
            sentence: self.corpus.sentence(&case.claim),
            alone: None,
            cached: false,
            replays: 0,
            failure: None,
            waived: None,
        }
    }

    /// The snapshot of a case on this toolchain.
    pub fn snapshot(&self, case: &Case) -> Option<&str> {
        self.corpus.snapshots.get(&self.toolchain.label, &case.id)
    }
}
