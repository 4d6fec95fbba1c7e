//! Removes a check that leaves a function early.

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
pub struct RemoveCheck;

impl Operator for RemoveCheck {
    fn name(&self) -> &'static str {
        "remove-check"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "An argument or a result is used that should have been refused."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("Linux 7.3 stops the machine for an object of half a page, whose size nobody checks (`cases/holes/linux-7.3/object_of_half_a_page.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for statement in blocks(body).into_iter().flat_map(|block| &block.stmts) {
                let Stmt::Expr(Expr::If(check), _) = statement else {
                    continue;
                };
                let leaves = check.then_branch.stmts.last().is_some_and(leaves);
                if check.else_branch.is_some() || !leaves {
                    continue;
                }
                let text = one_line(source.text_of(&check.cond));
                sites.push(Site::new(
                    place.path.clone(),
                    format!("{} does not check `{text}`", place.path),
                    vec![Change::remove(source.range(statement))],
                ));
            }
        }
        sites
    }
}

fn leaves(statement: &Stmt) -> bool {
    let Stmt::Expr(expr, _) = statement else {
        return false;
    };
    matches!(expr, Expr::Return(_) | Expr::Break(_) | Expr::Continue(_))
}
