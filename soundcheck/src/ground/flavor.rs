//! The ways to build the crates under judgement, and the flags of each.
//!
//! Cases are compiled in the same way as the crates that they link.

/// A way to build the crates under judgement and everything on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flavor {
    /// Without optimisation.
    Debug,
    /// With optimisation.
    Release,
    /// With the order of fields randomised.
    Randomized,
    /// With AddressSanitizer.
    Address,
}

impl Flavor {
    /// The name in ids and of the directory.
    pub fn name(self) -> &'static str {
        match self {
            Flavor::Debug => "debug",
            Flavor::Release => "release",
            Flavor::Randomized => "randomized",
            Flavor::Address => "address",
        }
    }

    /// The flags of rustc, for the crates below and for the cases alike.
    pub fn flags(self) -> &'static [&'static str] {
        match self {
            Flavor::Debug => &[],
            Flavor::Release => &["-O"],
            Flavor::Randomized => &["-Zrandomize-layout"],
            Flavor::Address => &["-Zsanitizer=address", "--cfg", "asan"],
        }
    }

    /// The flavor of the stub's own dependencies, whose layout nobody looks at.
    pub fn of_stub(self) -> Self {
        match self {
            Flavor::Address => Flavor::Address,
            _ => Flavor::Debug,
        }
    }

    /// Whether the flags are unstable.
    pub fn is_unstable(self) -> bool {
        matches!(self, Flavor::Randomized | Flavor::Address)
    }
}
