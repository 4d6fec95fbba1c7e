//! Turns a comparison.

use syn::BinOp;
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
pub struct TurnComparison;

impl Operator for TurnComparison {
    fn name(&self) -> &'static str {
        "turn-comparison"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "A check lets in what it should refuse, or is off by one."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for expr in expressions(body) {
                let Expr::Binary(binary) = expr else {
                    continue;
                };
                for new in turned(&binary.op) {
                    let text = one_line(source.text_of(binary));
                    sites.push(Site::new(
                        place.path.clone(),
                        format!("{} has {new} in `{text}`", place.path),
                        vec![Change::replace(source.range(&binary.op), *new)],
                    ));
                }
            }
        }
        sites
    }
}

fn turned(op: &BinOp) -> &'static [&'static str] {
    match op {
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::Lt(_) => &["<=", ">="],
        BinOp::Le(_) => &["<", ">"],
        BinOp::Gt(_) => &[">=", "<="],
        BinOp::Ge(_) => &[">", "<"],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        _ => &[],
    }
}
