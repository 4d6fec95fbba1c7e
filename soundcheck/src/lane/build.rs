//! The build lane: the API builds, and so do the probe driver and the stub.
//!
//! Each claim that the API asserts of itself is a case here; it holds if the
//! build does. If the build fails, the claim that the error names has failed.

use camino::Utf8PathBuf;

use super::Context;
use super::Lane;
use super::LaneReport;
use crate::assertion;
use crate::corpus::Corpus;
use crate::diagnostic::Diagnostic;
use crate::event::Failure;
use crate::event::Judgement;
use crate::target::Target;
use crate::workspace::Workspace;

/// The API as a whole, and each claim that it asserts.
pub fn ids(corpus: &Corpus) -> Vec<String> {
    let claims = corpus
        .assertions
        .iter()
        .map(|assertion| id(corpus, &assertion.claim));
    std::iter::once(whole(corpus)).chain(claims).collect()
}

/// Every assertion holds once the build has come this far.
pub fn run(context: &Context<'_>) -> anyhow::Result<LaneReport> {
    let corpus = context.corpus;
    let whole = judgement(corpus, whole(corpus), "");
    let assertions = corpus.assertions.iter();
    let claims = assertions.map(|assertion| {
        let mut holds = judgement(corpus, id(corpus, &assertion.claim), &assertion.claim);
        holds.path = assertion.path.clone();
        holds
    });
    Ok(LaneReport {
        judgements: std::iter::once(whole).chain(claims).collect(),
        remark: String::new(),
    })
}

/// The verdict about a build that was refused.
pub fn refused(corpus: &Corpus, workspace: &Workspace, errors: &[Diagnostic]) -> Judgement {
    let claimed = errors.iter().find_map(|error| {
        let claim = assertion::claim_of(workspace.root(), error)?;
        corpus.claims.contains_key(&claim).then_some((error, claim))
    });
    let (error, mut judgement) = match claimed {
        Some((error, claim)) => (error, judgement(corpus, id(corpus, &claim), &claim)),
        None => (&errors[0], judgement(corpus, whole(corpus), "")),
    };
    // A panic in a constant is first of all in the standard library.
    let mut places = error.places.iter().flatten();
    let place = places.find(|place| workspace.root().join(&place.file).is_file());
    if let Some(place) = place {
        judgement.path = workspace.relative(&place.file).to_owned();
    }
    judgement.failure = Some(Failure {
        line: place.map(|place| place.line),
        expected: format!("{} builds", what(corpus)),
        got: error.rendered.trim_end().to_owned(),
        next: corpus.target.build_command(),
    });
    judgement
}

/// The id of the build as a whole.
fn whole(corpus: &Corpus) -> String {
    match corpus.target {
        Target::Workspace => "api".to_owned(),
        Target::Kernel(_) => "kernel".to_owned(),
    }
}

fn what(corpus: &Corpus) -> &'static str {
    match corpus.target {
        Target::Workspace => "the API",
        Target::Kernel(_) => "the kernel crate, and what cases share on it,",
    }
}

fn id(corpus: &Corpus, claim: &str) -> String {
    format!("{}/{claim}", whole(corpus))
}

fn judgement(corpus: &Corpus, id: String, claim: &str) -> Judgement {
    let sentence = corpus.claims.get(claim);
    Judgement {
        id,
        lane: Lane::Build,
        path: Utf8PathBuf::from(whole(corpus)),
        claim: claim.to_owned(),
        sentence: sentence.map_or(String::new(), |claim| claim.sentence.clone()),
        alone: None,
        cached: false,
        replays: 0,
        failure: None,
        waived: None,
    }
}
