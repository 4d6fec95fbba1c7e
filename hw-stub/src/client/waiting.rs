//! A client that waits for a device, as udev does, and is there before its driver is done.

use std::sync::Mutex;

use super::Node;
use crate::sync::lock;

type Client = Box<dyn FnOnce(Node) + Send>;

static WAITING: Mutex<Option<Client>> = Mutex::new(None);

/// Lets a client wait for the next device that is registered. It is called with the device's render
/// node, or its primary one if there is no other, when that can be opened and before the registering
/// function returns to the driver. It is forgotten when it was called.
pub fn wait_for_node(client: impl FnOnce(Node) + Send + 'static) {
    *lock(&WAITING) = Some(Box::new(client));
}

/// Calls the client that waits, if there is one.
pub(crate) fn nodes_are_there(index: u32) {
    let client = lock(&WAITING).take();
    if let Some(client) = client {
        client(Node::of(index));
    }
}
