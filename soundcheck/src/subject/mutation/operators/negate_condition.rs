//! Turns the condition of an `if`.

use syn::Expr;

use crate::subject::mutation::body::bodies;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::expressions;
use crate::subject::mutation::syntax::one_line;

/// The operator.
pub struct NegateCondition;

impl Operator for NegateCondition {
    fn name(&self) -> &'static str {
        "negate-condition"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "Both branches are there, and each is taken when the other should be."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for expr in expressions(body) {
                let Expr::If(branch) = expr else {
                    continue;
                };
                let text = source.text_of(&branch.cond);
                let new = match branch.cond.as_ref() {
                    // A comparison is turned by itself.
                    Expr::Let(_) => continue,
                    Expr::Binary(binary) if !is_logic(&binary.op) => continue,
                    Expr::Unary(unary) => source.text_of(&unary.expr).to_owned(),
                    _ => format!("!({text})"),
                };
                sites.push(Site::new(
                    place.path.clone(),
                    format!(
                        "{} asks for the contrary of `{}`",
                        place.path,
                        one_line(text)
                    ),
                    vec![Change::replace(source.range(&branch.cond), new)],
                ));
            }
        }
        sites
    }
}

fn is_logic(op: &syn::BinOp) -> bool {
    matches!(op, syn::BinOp::And(_) | syn::BinOp::Or(_))
}
