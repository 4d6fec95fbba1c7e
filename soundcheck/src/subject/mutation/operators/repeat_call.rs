//! Does a statement twice that calls something.

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
pub struct RepeatCall;

impl Operator for RepeatCall {
    fn name(&self) -> &'static str {
        "repeat-call"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "A reference is given up twice, or a lock is taken twice."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for statement in blocks(body).into_iter().flat_map(|block| &block.stmts) {
                let Some(name) = effect(statement).and_then(called) else {
                    continue;
                };
                // An assertion may be repeated; what is moved cannot.
                if name.contains("assert") || ["drop", "forget"].contains(&name.as_str()) {
                    continue;
                }
                let text = source.text_of(statement);
                let end = source.range(statement).end;
                sites.push(Site::new(
                    format!("{}/{name}", place.path),
                    format!("{} does `{}` twice", place.path, one_line(text)),
                    vec![Change::insert(
                        end,
                        format!("\n        // SAFETY: A mutant.\n        {text}"),
                    )],
                ));
            }
        }
        sites
    }
}
