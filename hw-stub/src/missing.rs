//! Calls with an object that does not exist: what is gone, and what never was.
//!
//! The tables of the objects stay with those who keep them; only the two reports are here.

use crate::oracle::{report, Kind, Seq};
use crate::{arena, names};

/// Reports that `call` was given an object that is in no table.
///
/// `end` says what happened to such an object in the past, `origin` what this one is if it never
/// was one.
pub(crate) fn report_missing(call: &str, address: usize, now: Seq, end: &str, origin: &str) {
    match arena::freed(address).and_then(|block| block.freed) {
        Some(freed) => {
            let name = names::of(address);
            let message = format!("{call} of {name}, which was {end}");
            report(Kind::UseAfterFree, message, Some(freed), now);
        }
        None => {
            let message = format!("{call} of something that {origin}");
            report(Kind::UnknownObject, message, None, now);
        }
    }
}
