//! The verdict on a mutant, as it is reported and kept.

use std::time::Duration;

use serde::Deserialize;
use serde::Serialize;

use crate::judge::event::Judgement;
use crate::subject::mutated::Whose;

/// What came of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// Something noticed it.
    Killed {
        /// What did: the first, or everything if that was asked for.
        by: Vec<Kill>,
    },
    /// Nothing did.
    Survived,
    /// There is nothing to judge, because something does not build.
    Unviable {
        /// Which crate does not build. Only the refusal of an assertion is a kill:
        /// all other errors say that the edit makes no sense there.
        whose: Whose,
        /// What the compiler says.
        error: String,
    },
    /// A compiler was not done in time.
    Timeout {
        /// What was compiled.
        what: String,
    },
}

/// Who noticed a mutant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Kill {
    /// The lane.
    pub lane: String,
    /// The case, as the lane calls it.
    pub case: String,
    /// Its claim; empty if it has none.
    pub claim: String,
    /// What came of the case.
    pub came: String,
}

/// A mutant that was judged.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Judged {
    /// Its id.
    pub id: String,
    /// What came of it.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The adaptation without which it does not build.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adaptation: Option<usize>,
    /// The processor time that was spent on it, in milliseconds.
    pub cpu: u64,
}

impl Judged {
    /// A verdict that took some time.
    pub fn new(id: &str, verdict: Verdict, adaptation: Option<usize>, spent: Duration) -> Self {
        Self {
            id: id.to_owned(),
            verdict,
            adaptation,
            cpu: u64::try_from(spent.as_millis()).unwrap_or(u64::MAX),
        }
    }

    /// Who noticed it first.
    pub fn first_kill(&self) -> Option<&Kill> {
        match &self.verdict {
            Verdict::Killed { by } => by.first(),
            _ => None,
        }
    }
}

impl Kill {
    /// The id of the case, in whatever mode it was looked at.
    pub fn id(&self) -> &str {
        self.case.split('@').next().unwrap_or_default()
    }

    /// A case that does not hold any more.
    pub fn of(judgement: &Judgement) -> Self {
        let kind = judgement.failure.as_ref().map(|failure| failure.kind);
        let came = kind.and_then(|kind| serde_json::to_value(kind).ok());
        let came = came.as_ref().and_then(|came| came.as_str());
        Self {
            lane: judgement.lane.name().to_owned(),
            case: judgement.id.clone(),
            claim: judgement.claim.clone(),
            came: came.unwrap_or_default().to_owned(),
        }
    }
}
