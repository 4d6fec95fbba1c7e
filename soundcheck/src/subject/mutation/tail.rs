//! The last expression of a body, cast to whatever the changed signature says.

use crate::subject::mutation::place::Place;
use crate::subject::mutation::site::Change;
use crate::subject::mutation::source::Source;

/// The change that makes a body return its value as one of another type, if it ends with a value.
pub fn cast_tail(source: &Source, place: &Place<'_>) -> Option<Change> {
    let statement = place.block()?.stmts.last()?;
    let syn::Stmt::Expr(expr, None) = statement else {
        return None;
    };
    let text = source.text_of(expr);
    let cast = format!(
        "// SAFETY: A mutant.\n        \
         unsafe {{ core::mem::transmute_copy(&core::mem::ManuallyDrop::new({text})) }}"
    );
    Some(Change::replace(source.range(expr), cast))
}
