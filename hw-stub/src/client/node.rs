//! Device nodes, as in `/dev/dri`.

use super::file::File;
use super::Credentials;
use crate::drm::minor::{self, Kind};
use crate::Errno;

/// A node that can be opened while its device is registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    index: u32,
}

impl Node {
    /// The `i`-th render node, `renderD128` being the 0th; there may be no such node.
    pub fn render(i: u32) -> Self {
        Self {
            index: Kind::Render.first() + i,
        }
    }

    /// The `i`-th primary node, `card0` being the 0th; there may be no such node.
    pub fn primary(i: u32) -> Self {
        Self {
            index: Kind::Primary.first() + i,
        }
    }

    /// The node with a minor number.
    pub(crate) fn of(index: u32) -> Self {
        Self { index }
    }

    /// The minor number.
    pub fn index(self) -> u32 {
        self.index
    }

    /// Opens the node without privileges; `ENODEV` when it does not exist.
    pub fn open(self) -> Result<File, Errno> {
        self.open_as(Credentials::default())
    }

    /// Opens the node as somebody.
    pub fn open_as(self, credentials: Credentials) -> Result<File, Errno> {
        File::open(self.index, credentials)
    }
}

/// All render nodes that exist now.
pub fn render_nodes() -> Vec<Node> {
    nodes(Kind::Render)
}

/// All primary nodes that exist now.
pub fn primary_nodes() -> Vec<Node> {
    nodes(Kind::Primary)
}

fn nodes(kind: Kind) -> Vec<Node> {
    let indices = minor::registered(kind);
    indices.into_iter().map(|index| Node { index }).collect()
}
