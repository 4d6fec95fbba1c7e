//! The bodies that are mutated, and what kinds of statements they have.

use syn::Block;
use syn::Expr;
use syn::Stmt;

use crate::subject::mutation::place::Place;
use crate::subject::mutation::source::Source;
use crate::subject::mutation::syntax::last_name;

/// Traits whose functions no promise is about.
const TALK: [&str; 2] = ["Debug", "Display"];

/// Every body of a file with its function.
pub fn bodies(source: &Source) -> Vec<(Place<'_>, &Block)> {
    let places = source.places().into_iter();
    let talks = |place: &Place<'_>| {
        let around = place
            .within_impl()
            .and_then(|around| around.trait_.as_ref());
        around.is_some_and(|(_, path, _)| TALK.contains(&last_name(path).as_str()))
    };
    let places = places.filter(|place| !talks(place));
    places
        .filter_map(|place| place.block().map(|block| (place, block)))
        .collect()
}

/// What a statement evaluates, if it is one that keeps nothing.
pub fn effect(statement: &Stmt) -> Option<&Expr> {
    match statement {
        Stmt::Expr(expr, Some(_)) => Some(inner(expr)),
        _ => None,
    }
}

/// The one expression of a block, if it is one; otherwise the expression itself.
pub fn inner(expr: &Expr) -> &Expr {
    let block = match expr {
        Expr::Unsafe(block) => &block.block,
        Expr::Block(block) => &block.block,
        Expr::Paren(paren) => return inner(&paren.expr),
        _ => return expr,
    };
    match block.stmts.as_slice() {
        [Stmt::Expr(only, _)] => inner(only),
        _ => expr,
    }
}

/// The name of the function that an expression calls, `?` left out.
pub fn called(expr: &Expr) -> Option<String> {
    match inner(expr) {
        Expr::Call(call) => match inner(&call.func) {
            Expr::Path(path) => Some(last_name(&path.path)),
            _ => Some(String::new()),
        },
        Expr::MethodCall(call) => Some(call.method.to_string()),
        Expr::Try(tried) => called(&tried.expr),
        _ => None,
    }
}
