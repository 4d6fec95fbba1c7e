//! Lists of bounds, and how one is taken out.

use syn::punctuated::Punctuated;
use syn::Token;
use syn::TypeParamBound;

use crate::subject::mutation::site::Change;
use crate::subject::mutation::source::Source;

/// A list of bounds: of a parameter, a where clause, a trait or an associated type.
pub type Bounds = Punctuated<TypeParamBound, Token![+]>;

/// The change that takes one bound out of its list.
pub fn without(source: &Source, bounds: &Bounds, index: usize) -> Change {
    let ranges: Vec<_> = bounds.iter().map(|bound| source.range(bound)).collect();
    let this = ranges[index].clone();
    match (index.checked_sub(1), ranges.get(index + 1)) {
        (_, Some(next)) => Change::remove(this.start..next.start),
        (Some(before), None) => Change::remove(ranges[before].end..this.end),
        // An empty list is allowed after a colon, but not after `impl`.
        (None, None) if source.text[..this.start].trim_end().ends_with("impl") => {
            Change::replace(this, "Sized")
        }
        (None, None) => Change::remove(this),
    }
}
