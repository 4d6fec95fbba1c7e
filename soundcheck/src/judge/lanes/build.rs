//! The build lane: what is judged builds, with its helpers and the stub.
//!
//! Each claim that its sources assert is a case here; it holds if the build
//! does. If the build fails, the claim that the error names has failed.

use camino::Utf8PathBuf;

use crate::ground::diagnostic::Diagnostic;
use crate::ground::workspace::Workspace;
use crate::judge::assertion;
use crate::judge::case::Case;
use crate::judge::context::LaneReport;
use crate::judge::context::Task;
use crate::judge::corpus::Corpus;
use crate::judge::event::Failure;
use crate::judge::event::Judgement;
use crate::judge::lane::Lane;
use crate::judge::runner::LaneRunner;
use crate::judge::selection::Selection;
use crate::judge::subject::Subject;

/// The lane.
pub struct Build;

impl LaneRunner for Build {
    fn lane(&self) -> Lane {
        Lane::BUILD
    }

    fn judges(&self, _case: &Case) -> bool {
        false
    }

    /// What is judged as a whole, and each claim that it asserts.
    fn ids(&self, corpus: &Corpus, subject: &Subject, _selection: &Selection) -> Vec<String> {
        let assertions = corpus.assertions.iter();
        let claims = assertions.map(|assertion| id(subject, &assertion.claim));
        std::iter::once(subject.id.clone()).chain(claims).collect()
    }

    fn can_reuse(&self) -> bool {
        false
    }

    /// Every assertion holds once the build has come this far.
    fn run(&self, task: &Task<'_>) -> anyhow::Result<LaneReport> {
        let (corpus, subject) = (task.context.corpus, task.context.subject);
        let whole = judgement(corpus, subject, subject.id.clone(), "");
        let assertions = corpus.assertions.iter();
        let claims = assertions.map(|assertion| {
            let id = id(subject, &assertion.claim);
            Judgement {
                path: assertion.path.clone(),
                ..judgement(corpus, subject, id, &assertion.claim)
            }
        });
        Ok(LaneReport {
            judgements: std::iter::once(whole).chain(claims).collect(),
            remark: String::new(),
        })
    }
}

/// The verdict about a build that was refused.
pub fn refused(
    corpus: &Corpus,
    subject: &Subject,
    workspace: &Workspace,
    errors: &[Diagnostic],
) -> Judgement {
    let claimed = errors.iter().find_map(|error| {
        let claim = assertion::claim_of(workspace.root(), error)?;
        corpus.claims.contains_key(&claim).then_some((error, claim))
    });
    let (error, mut judgement) = match claimed {
        Some((error, claim)) => {
            let id = id(subject, &claim);
            (error, judgement(corpus, subject, id, &claim))
        }
        None => (
            &errors[0],
            judgement(corpus, subject, subject.id.clone(), ""),
        ),
    };
    // A panic in a constant is first of all in the standard library.
    let mut places = error.places.iter().flatten();
    let place = places.find(|place| workspace.root().join(&place.file).is_file());
    if let Some(place) = place {
        judgement.path = workspace.relative(&place.file).to_owned();
    }
    judgement.failure = Some(Failure {
        line: place.map(|place| place.line),
        expected: format!("{} builds", subject.title),
        got: error.rendered.trim_end().to_owned(),
        next: subject.build_command.clone(),
    });
    judgement
}

fn id(subject: &Subject, claim: &str) -> String {
    format!("{}/{claim}", subject.id)
}

fn judgement(corpus: &Corpus, subject: &Subject, id: String, claim: &str) -> Judgement {
    Judgement {
        id,
        lane: Lane::BUILD,
        path: Utf8PathBuf::from(&subject.id),
        claim: claim.to_owned(),
        sentence: corpus.sentence(claim),
        alone: None,
        cached: false,
        replays: 0,
        failure: None,
        waived: None,
    }
}
