//! How each lane judges, one file a lane.
//!
//! What lanes share, and what a lane is, is in `context`; what several of them
//! do alike is in `compiling` and `linking`.

mod build;
mod compiling;
mod controls;
mod holes;
mod layout;
pub mod linking;
pub mod run;
mod snapshot;
mod twins;
mod verdict;

pub use build::refused;

use crate::judge::runner::LaneRunner;

/// The lanes that the judge knows, in the order in which they run.
pub fn all() -> Vec<Box<dyn LaneRunner>> {
    vec![
        Box::new(build::Build),
        Box::new(verdict::Verdict),
        Box::new(twins::Twins),
        Box::new(snapshot::Snapshot),
        Box::new(layout::Layout),
        Box::new(run::RunLane),
        Box::new(controls::Controls),
        Box::new(holes::Holes),
    ]
}
