//! Removes a statement that only calls something.

use crate::subject::mutation::body::bodies;
use crate::subject::mutation::body::called;
use crate::subject::mutation::body::effect;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::blocks;
use crate::subject::mutation::syntax::one_line;

/// The operator.
pub struct RemoveCall;

impl Operator for RemoveCall {
    fn name(&self) -> &'static str {
        "remove-call"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "A step of a protocol with the C side is left out, or a reference is not counted."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for statement in blocks(body).into_iter().flat_map(|block| &block.stmts) {
                let Some(name) = effect(statement).and_then(called) else {
                    continue;
                };
                let text = one_line(source.text_of(statement));
                sites.push(Site::new(
                    format!("{}/{name}", place.path),
                    format!("{} does not do `{text}`", place.path),
                    vec![Change::remove(source.range(statement))],
                ));
            }
        }
        sites
    }
}
