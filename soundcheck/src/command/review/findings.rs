//! What a review has found: for each patch what holds, what broke and what is
//! new.
//!
//! Owns how verdicts become findings about claims, and the exit status. How it
//! reads is in `report`.

use std::collections::BTreeMap;

use super::cause::Cause;
use super::excerpt;
use super::novelty::Novelty;
use super::page::WIDTH;
use super::patch::Patch;
use super::series::Series;
use super::step::key;
use super::step::Account;
use super::step::Step;
use crate::judge::event::Judgement;
use crate::judge::failure::Failure;
use crate::judge::lane::Lane;

/// How far programs are indented.
pub const INDENT: usize = 4;

/// Everything that is said about a series.
#[derive(Debug)]
pub struct Review {
    /// The series.
    pub series: Series,
    /// The tree before it.
    pub before: Account,
    /// The patches in their order.
    pub patches: Vec<Reviewed>,
    /// Whether everything holds at the end.
    pub is_sound: bool,
}

/// Everything that is said about a patch.
#[derive(Debug, Default)]
pub struct Reviewed {
    /// The verdicts.
    pub account: Account,
    /// The claims that it broke.
    pub broken: Vec<Broken>,
    /// The public items that it changed.
    pub novelties: Vec<Novelty>,
    /// Why the public items are not known, if they should be.
    pub unknown: Option<String>,
    /// Whether it touches nothing that is judged.
    pub is_beside: bool,
    /// Whether the crate builds.
    pub is_built: bool,
}

/// A claim that a patch broke, by its shortest program.
#[derive(Debug)]
pub struct Broken {
    /// The verdict about the program; its claim is empty if it is the build.
    pub judgement: Judgement,
    /// What is wrong.
    pub failure: Failure,
    /// What of the patch it can be traced to.
    pub cause: Cause,
    /// The program.
    pub program: Vec<String>,
    /// How many other verdicts of the claim broke.
    pub others: usize,
}

impl Review {
    /// The patches that broke something.
    pub fn unsound(&self) -> Vec<usize> {
        let numbers = self.series.patches.iter().map(|patch| patch.number);
        let numbers = numbers.zip(&self.patches);
        let numbers = numbers.filter(|(_, reviewed)| !reviewed.is_sound());
        numbers.map(|(number, _)| number).collect()
    }

    /// The status for the shell: each patch is a commit that somebody may land
    /// on, so none may break what held before it, also if a later one mends it.
    pub fn exit_code(&self) -> u8 {
        u8::from(!self.is_sound || !self.unsound().is_empty())
    }
}

impl Reviewed {
    /// Whether the patch broke nothing.
    pub fn is_sound(&self) -> bool {
        self.broken.is_empty() && self.account.problems.is_empty()
    }

    /// Its new or changed items that nothing covers.
    pub fn unproven(&self) -> impl Iterator<Item = &Novelty> {
        self.novelties
            .iter()
            .filter(|novelty| novelty.is_unproven())
    }
}

/// The claims that a step broke.
pub fn broken(patch: &Patch, step: &Step, account: &Account, novelties: &[Novelty]) -> Vec<Broken> {
    let mut claims: BTreeMap<&str, Vec<&Judgement>> = BTreeMap::new();
    for judgement in &account.broke {
        claims.entry(&judgement.claim).or_default().push(judgement);
    }
    let broken = claims.into_values().filter_map(|mut judgements| {
        judgements.sort_by_key(|judgement| size(step, judgement));
        let (shortest, others) = judgements.split_first()?;
        let failure = shortest.failure.clone()?;
        let program = step.programs.get(&key(shortest));
        let text = program.map_or("", |program| &program.text);
        let excerpt = |program| excerpt::excerpt(program, WIDTH - INDENT);
        Some(Broken {
            cause: Cause::of(patch, novelties, &failure, text),
            program: program.map_or(Vec::new(), excerpt),
            others: others.len(),
            judgement: (*shortest).clone(),
            failure,
        })
    });
    let mut broken: Vec<Broken> = broken.collect();
    // What broke the most is nearest to the cause.
    broken.sort_by_key(|broken| std::cmp::Reverse(broken.others));
    broken
}

/// The shortest program shows the most. One without a program shows nothing.
fn size<'a>(step: &Step, judgement: &'a Judgement) -> (bool, usize, Lane, &'a str) {
    let program = step.programs.get(&key(judgement));
    let lines = program.map_or(0, |program| program.text.lines().count());
    (program.is_none(), lines, judgement.lane, &judgement.id)
}
