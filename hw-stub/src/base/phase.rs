//! Where a device stands between its driver's probe and the end of its unbinding.

/// The phases, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phase {
    /// No driver.
    Unbound,
    /// The driver's probe runs.
    Probing,
    /// The driver's probe succeeded.
    Bound,
    /// The driver's remove runs.
    Unbinding,
    /// Managed resources are being released.
    Releasing,
}

impl Phase {
    /// Whether the driver may use the device: until the release of managed resources begins.
    pub(crate) fn is_bound(self) -> bool {
        matches!(self, Phase::Probing | Phase::Bound | Phase::Unbinding)
    }
}
