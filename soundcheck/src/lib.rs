//! A soundness harness for typestate APIs of the kernel crate.
//!
//! The library finds the cases of a workspace, drives compilers and programs
//! over them in lanes, and tells reporters what came of it through one stream
//! of events. It links neither the API nor the cases: it only drives them.

pub mod assertion;
pub mod batch;
pub mod bless;
pub mod cache;
pub mod case;
pub mod check;
pub mod claim;
pub mod cli;
pub mod compiler;
pub mod contract;
pub mod corpus;
pub mod diagnostic;
pub mod directive;
pub mod drivers;
pub mod event;
pub mod folder;
pub mod hole;
pub mod isolated;
pub mod kernel;
pub mod lane;
pub mod ledger;
pub mod list;
pub mod matrix;
pub mod options;
pub mod peel;
pub mod prescan;
pub mod problem;
pub mod process;
pub mod program;
pub mod propose;
pub mod reason;
pub mod record;
pub mod report;
pub mod review;
pub mod rustc;
pub mod scan;
pub mod selection;
pub mod share;
pub mod snapshot;
pub mod store;
pub mod surface;
pub mod target;
pub mod toolchain;
pub mod twin;
pub mod violation;
pub mod watch;
pub mod workspace;

pub use check::check;
pub use event::{Event, Failure, Judgement, Outcome, Summary};
pub use lane::Lane;
pub use options::{CheckOptions, KernelOptions};
pub use problem::{InputError, Problem};
pub use target::Target;
pub use workspace::Workspace;
