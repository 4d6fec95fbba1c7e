//! Removes an assignment.

use syn::Expr;

use crate::subject::mutation::body::bodies;
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
pub struct RemoveAssignment;

impl Operator for RemoveAssignment {
    fn name(&self) -> &'static str {
        "remove-assignment"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "A pointer is not published, or a state is not recorded."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for statement in blocks(body).into_iter().flat_map(|block| &block.stmts) {
                if !effect(statement).is_some_and(is_assignment) {
                    continue;
                }
                let text = one_line(source.text_of(statement));
                sites.push(Site::new(
                    place.path.clone(),
                    format!("{} does not do `{text}`", place.path),
                    vec![Change::remove(source.range(statement))],
                ));
            }
        }
        sites
    }
}

fn is_assignment(expr: &Expr) -> bool {
    match expr {
        Expr::Assign(_) => true,
        Expr::Binary(binary) => matches!(
            binary.op,
            syn::BinOp::AddAssign(_) | syn::BinOp::SubAssign(_) | syn::BinOp::BitOrAssign(_)
        ),
        _ => false,
    }
}
