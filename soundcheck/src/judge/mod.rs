//! The judge: cases, marks and twins, and what comes of them.
//!
//! It compiles and runs programs in batches and alone, remembers what passed,
//! and tells what happens in one stream of events. It knows nobody by
//! name: a subject is data to it.

pub mod assertion;
pub mod batch;
pub mod builds;
pub mod cache;
pub mod case;
pub mod cause;
pub mod claim;
pub mod context;
pub mod corpus;
mod depth;
pub mod directive;
pub mod event;
pub mod evidence;
pub mod failure;
mod folder;
pub mod hole;
pub mod isolated;
pub mod kind;
pub mod lane;
pub mod lanes;
mod ledger;
pub mod marks;
pub mod peel;
pub mod places;
mod prescan;
pub mod program;
pub mod reason;
pub mod reporter;
mod reuse;
pub mod runner;
pub mod scan;
pub mod selection;
pub mod session;
pub mod snapshot;
pub mod source;
pub mod subject;
pub mod tally;
pub mod terms;
pub mod twin;
mod violation;
