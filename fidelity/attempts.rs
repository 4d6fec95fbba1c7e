//! Calls that run out of memory, at each of their allocations in turn.
//!
//! The kernel allocates more often than the stub. What an attempt comes to is compared, not at which
//! of its allocations: of the attempts of one title that look the same, the trace keeps the first.

use crate::client::{Client, Machine, Node, User};
use crate::ioctls::SIZE;
use crate::steps;

/// No call allocates more often.
const MOST: u32 = 1000;

/// Fails one call after the other. Making a device is not among them: when Linux 7.3 has no memory for
/// the `struct device` of a node, it drops a reference to an error pointer, and is gone.
pub fn run<M: Machine>(client: &Client<'_, M>) {
    repeat(client, "create the parent", |client, nth| {
        let failed = step(client, nth, steps::CREATE_PARENT, "create the parent");
        client.step(steps::DESTROY_PARENT, "destroy the parent");
        failed
    });
    repeat(client, "make an object", |client, nth| {
        client.step(steps::CREATE_PARENT, "create the parent");
        client.step(steps::MAKE_DEVICE, "make the device");
        let failed = step(client, nth, steps::MAKE_OBJECT, "make an object");
        client.step(steps::DROP_OBJECT, "drop the object");
        client.step(steps::DROP_UNREGISTERED, "drop the device");
        client.step(steps::DESTROY_PARENT, "destroy the parent");
        failed
    });
    repeat(client, "register", |client, nth| {
        client.step(steps::CREATE_PARENT, "create the parent");
        client.step(steps::MAKE_DEVICE, "make the device");
        let failed = step(client, nth, steps::REGISTER, "register");
        client.step(steps::UNPLUG, "unplug");
        client.step(steps::DROP_UNREGISTERED, "drop the device");
        client.step(steps::DESTROY_PARENT, "destroy the parent");
        failed
    });
    for node in [Node::Render(0), Node::Primary(0)] {
        repeat(client, &format!("open {node:?}"), |client, nth| {
            registered(client, || {
                client.0.fail(nth);
                let file = client.open_as(node, User::Root);
                let failed = client.0.failed();
                client.close(file);
                failed
            })
        });
    }
    repeat(client, "make an object by an ioctl", |client, nth| {
        registered(client, || {
            let Some(file) = client.open(Node::Render(0)) else {
                return false;
            };
            client.0.fail(nth);
            client.create(&file, SIZE, "make an object");
            let failed = client.0.failed();
            client.close(Some(file));
            failed
        })
    });
}

/// Attempts until nothing fails any more.
fn repeat<M: Machine>(
    client: &Client<'_, M>,
    title: &str,
    attempt: impl Fn(&Client<'_, M>, u32) -> bool,
) {
    let again = |nth: &u32| {
        client.begin(&format!("attempt: {title}"));
        attempt(client, *nth)
    };
    let attempts = (1..MOST).take_while(again).count();
    assert!(attempts > 0, "something in '{title}' can fail");
}

fn step<M: Machine>(client: &Client<'_, M>, nth: u32, step: i32, title: &str) -> bool {
    client.0.fail(nth);
    client.step(step, title);
    client.0.failed()
}

/// Runs something while a device is registered.
fn registered<M: Machine>(client: &Client<'_, M>, f: impl FnOnce() -> bool) -> bool {
    client.step(steps::CREATE_PARENT, "create the parent");
    client.step(steps::MAKE_DEVICE, "make the device");
    client.step(steps::REGISTER, "register");
    let result = f();
    client.step(steps::UNPLUG, "unplug");
    client.step(steps::DESTROY_PARENT, "destroy the parent");
    result
}
