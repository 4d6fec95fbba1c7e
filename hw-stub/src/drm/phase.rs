//! Where a DRM device stands between its allocation and its end.

/// The phases, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phase {
    /// Allocated, never registered.
    New,
    /// A node exists already, so userspace can call ioctls, but not everything is registered.
    Registering,
    /// Known to userspace.
    Registered,
    /// Being withdrawn: sections that were entered before may still be open.
    Leaving,
    /// Withdrawn, or never successfully registered.
    Gone,
}

impl Phase {
    /// Whether a node of the device is, or may be, visible.
    pub(crate) fn has_nodes(self) -> bool {
        matches!(
            self,
            Phase::Registering | Phase::Registered | Phase::Leaving
        )
    }
}
