//! Passes of earlier runs, so that a lane judges only what may have changed.
//!
//! Owns the split of a lane's cases into those with a cached pass and those
//! that must be judged. What a pass depends on is in `cache`.

use std::collections::BTreeMap;

use crate::ground::facts::Facts;
use crate::ground::key::Key;
use crate::judge::cache;
use crate::judge::cache::Cache;
use crate::judge::cache::Pass;
use crate::judge::case::Case;
use crate::judge::context::Context;
use crate::judge::event::Judgement;
use crate::judge::event::Outcome;
use crate::judge::lane::Lane;
use crate::judge::runner::LaneRunner;

/// What is known of a lane from earlier runs.
pub struct Reuse<'r> {
    runner: &'r dyn LaneRunner,
    store: Facts<Pass>,
}

/// The cases of a lane.
pub struct Split<'a> {
    /// Verdicts that need no judge.
    pub known: Vec<Judgement>,
    /// Cases that do.
    pub fresh: Vec<&'a Case>,
}

impl<'r> Reuse<'r> {
    /// Opens the cache for a lane. Without the builds that the lane depends on,
    /// nothing is known.
    pub fn of(runner: &'r dyn LaneRunner, context: &Context<'_>, cache: &Cache) -> Self {
        let ground = ground(runner, context).filter(|_| runner.can_reuse());
        let passes = |ground| cache.passes(runner.lane().name(), ground);
        Self {
            runner,
            store: ground.map_or_else(Facts::none, passes),
        }
    }

    /// Splits the cases of a lane.
    pub fn split<'a>(&self, context: &Context<'_>, cases: Vec<&'a Case>) -> Split<'a> {
        let mut split = Split {
            known: Vec::new(),
            fresh: Vec::new(),
        };
        for case in cases {
            let key = self.key(context, case);
            match key.and_then(|key| self.store.get(&key)) {
                Some(pass) => split.known.extend(self.judgements(context, case, pass)),
                None => split.fresh.push(case),
            }
        }
        split
    }

    /// Keeps the cases that hold under every one of their ids, unless a
    /// compiler may have seen something else than their keys say: a case or a
    /// crate that changed while it was judged.
    ///
    /// # Errors
    ///
    /// The cache cannot be written.
    pub fn keep(
        self,
        context: &Context<'_>,
        cases: &[&Case],
        judgements: &[Judgement],
    ) -> anyhow::Result<()> {
        if !are_untouched(self.runner, context) {
            return Ok(());
        }
        let by_id: BTreeMap<&str, &Judgement> = judgements
            .iter()
            .map(|judgement| (judgement.id.as_str(), judgement))
            .collect();
        for case in cases {
            let ids = self.runner.ids_of(case);
            let found: Vec<&Judgement> = ids
                .iter()
                .filter_map(|id| by_id.get(id.as_str()).copied())
                .collect();
            let holds = |judgement: &&Judgement| judgement.outcome() == Outcome::Pass;
            let key = self.key(context, case).filter(|_| case.is_untouched());
            if let (true, Some(key)) = (found.len() == ids.len() && found.iter().all(holds), key) {
                let replays = found.iter().map(|judgement| judgement.replays).sum();
                self.store.put(key, Pass { replays });
            }
        }
        self.store.save()
    }

    /// What the verdict about a case depends on; in the snapshot lane, on the
    /// snapshot too.
    fn key(&self, context: &Context<'_>, case: &Case) -> Option<Key> {
        let key = cache::key(case, &context.corpus.claims)?;
        Some(match self.runner.lane() {
            Lane::SNAPSHOT => cache::with_text(key, context.snapshot(case)?),
            _ => key,
        })
    }

    fn judgements(&self, context: &Context<'_>, case: &Case, pass: Pass) -> Vec<Judgement> {
        let ids = self.runner.ids_of(case).into_iter();
        let judgement = |id| Judgement {
            id,
            cached: true,
            replays: pass.replays,
            ..context.judgement(self.runner.lane(), case)
        };
        ids.map(judgement).collect()
    }
}

fn are_untouched(runner: &dyn LaneRunner, context: &Context<'_>) -> bool {
    let flavors = runner.flavors(context.terms).into_iter();
    let mut compilers = flavors.map(|flavor| context.builds.compiler(flavor));
    compilers.all(|compiler| compiler.is_ok_and(|compiler| compiler.artifacts.are_untouched()))
}

/// The hash of the builds that the lane depends on, if they all succeed.
fn ground(runner: &dyn LaneRunner, context: &Context<'_>) -> Option<Key> {
    let mut crates = Vec::new();
    let mut version = String::new();
    for flavor in runner.flavors(context.terms) {
        let compiler = context.builds.compiler(flavor).ok()?;
        version.clone_from(&compiler.toolchain.verbose);
        crates.push((flavor.name(), compiler.artifacts.digest));
        if runner.needs_stub() {
            crates.push(("stub", compiler.artifacts.stub));
        }
    }
    Some(cache::ground(runner.lane().name(), &version, &crates))
}
