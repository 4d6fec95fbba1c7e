//! Removes statements that only call something.

use syn::Expr;
use syn::Stmt;

use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
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
        "A step of a protocol with the C side that is left out."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for place in source.places() {
            let Some(block) = place.block() else { continue };
            for statement in &block.stmts {
                if let Stmt::Expr(expr, Some(_)) = statement {
                    if is_call(expr) {
                        let text = one_line(source.text_of(expr));
                        sites.push(Site::new(
                            place.path.clone(),
                            format!("{} does not do `{text}`", place.path),
                            vec![Change::remove(source.range(statement))],
                        ));
                    }
                }
            }
        }
        sites
    }
}

fn is_call(expr: &Expr) -> bool {
    match expr {
        Expr::Call(_) | Expr::MethodCall(_) => true,
        Expr::Unsafe(block) => match block.block.stmts.as_slice() {
            [Stmt::Expr(expr, _)] => is_call(expr),
            _ => false,
        },
        Expr::Try(inner) => is_call(&inner.expr),
        _ => false,
    }
}
