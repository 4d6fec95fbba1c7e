//! Goes on after a call that failed.

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
pub struct IgnoreError;

impl Operator for IgnoreError {
    fn name(&self) -> &'static str {
        "ignore-error"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "What was not set up is used, or is taken down a second time."
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for statement in blocks(body).into_iter().flat_map(|block| &block.stmts) {
                let Stmt::Expr(Expr::Try(tried), Some(_)) = statement else {
                    continue;
                };
                let text = source.text_of(&tried.expr);
                sites.push(Site::new(
                    place.path.clone(),
                    format!("{} ignores whether `{}` failed", place.path, one_line(text)),
                    vec![Change::replace(
                        source.range(statement),
                        format!("let _ = {text};"),
                    )],
                ));
            }
        }
        sites
    }
}
