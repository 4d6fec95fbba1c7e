//! Swaps two adjacent statements that do not need each other.

use proc_macro2::TokenTree;
use std::collections::BTreeSet;
use syn::visit::Visit;
use syn::Expr;
use syn::Stmt;

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
use crate::subject::mutation::tokens::rows;

/// The operator.
pub struct SwapStatements;

impl Operator for SwapStatements {
    fn name(&self) -> &'static str {
        "swap-statements"
    }

    fn effect(&self) -> Effect {
        Effect::Bodies
    }

    fn stands_for(&self) -> &'static str {
        "Something is published before it is complete, or freed before its last use."
    }

    fn defect(&self) -> Option<&'static str> {
        Some("In 7.2 a registration is released in the order of devres, after resources that ioctls still use (`cases/holes/linux-7.2/released_in_devres_order.rs`).")
    }

    fn sites(&self, source: &Source, _: &States) -> Vec<Site> {
        let mut sites = Vec::new();
        for (place, body) in bodies(source) {
            for block in blocks(body) {
                for pair in block.stmts.windows(2) {
                    if !pair.iter().all(acts) || needs(source, &pair[0], &pair[1]) {
                        continue;
                    }
                    let (first, second) = (source.range(&pair[0]), source.range(&pair[1]));
                    let text = one_line(source.text_of(&pair[1]));
                    sites.push(Site::new(
                        place.path.clone(),
                        format!("{} does `{text}` one step earlier", place.path),
                        vec![
                            Change::replace(first.clone(), &source.text[second.clone()]),
                            Change::replace(second, &source.text[first]),
                        ],
                    ));
                }
            }
        }
        sites
    }
}

/// Whether a statement may do something that others notice.
fn acts(statement: &Stmt) -> bool {
    match statement {
        Stmt::Local(local) => local.init.as_ref().is_some_and(|init| {
            init.diverge.is_none() && !matches!(init.expr.as_ref(), Expr::Lit(_) | Expr::Path(_))
        }),
        Stmt::Expr(Expr::If(check), _) => check.else_branch.is_none(),
        Stmt::Expr(Expr::Return(_), _) => false,
        _ => effect(statement).is_some(),
    }
}

/// Whether the second statement names something that the first one declares.
fn needs(source: &Source, first: &Stmt, second: &Stmt) -> bool {
    let Stmt::Local(local) = first else {
        return false;
    };
    let mut declared = Declared::default();
    declared.visit_pat(&local.pat);
    let tokens = source.text_of(second).parse().ok();
    let rows = tokens.into_iter().flat_map(|tokens| rows("", tokens));
    let mut words = rows.flat_map(|(_, row)| row);
    words.any(|token| match token {
        TokenTree::Ident(ident) => declared.0.contains(&ident.to_string()),
        _ => false,
    })
}

#[derive(Default)]
struct Declared(BTreeSet<String>);

impl<'a> Visit<'a> for Declared {
    fn visit_pat_ident(&mut self, pat: &'a syn::PatIdent) {
        self.0.insert(pat.ident.to_string());
        syn::visit::visit_pat_ident(self, pat);
    }
}
