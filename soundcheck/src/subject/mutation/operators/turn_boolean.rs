//! Turns `true` into `false`, and back.

use syn::Expr;
use syn::Lit;

use crate::subject::mutation::body::bodies;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::expressions;

/// The operator.
pub struct TurnBoolean;

impl Operator for TurnBoolean {
    fn name(&self) -> &'static str {
        "turn-boolean"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "A state is recorded, or an answer given, that is the contrary of what holds."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for expr in expressions(body) {
                let Expr::Lit(syn::ExprLit {
                    lit: Lit::Bool(lit),
                    ..
                }) = expr
                else {
                    continue;
                };
                let new = if lit.value { "false" } else { "true" };
                sites.push(Site::new(
                    place.path.clone(),
                    format!("{} says {new} once", place.path),
                    vec![Change::replace(source.range(lit), new)],
                ));
            }
        }
        sites
    }
}
