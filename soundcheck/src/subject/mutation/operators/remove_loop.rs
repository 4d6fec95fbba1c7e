//! Removes a loop.

use syn::Expr;
use syn::Stmt;

use crate::subject::mutation::body::bodies;
use crate::subject::mutation::mutant::Effect;
use crate::subject::mutation::operator::Operator;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::site::Site;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::states::States;
use crate::subject::mutation::syntax::blocks;
use crate::subject::mutation::syntax::one_line;

/// The operator.
pub struct RemoveLoop;

impl Operator for RemoveLoop {
    fn name(&self) -> &'static str {
        "remove-loop"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "Nobody waits for those who are still in, or only the first element is looked at."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for statement in blocks(body).into_iter().flat_map(|block| &block.stmts) {
                let Stmt::Expr(expr @ (Expr::While(_) | Expr::ForLoop(_)), _) = statement else {
                    continue;
                };
                let text = one_line(source.text_of(expr));
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
