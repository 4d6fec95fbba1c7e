//! The lives that the driver leads, step by step, with its clients.

use crate::client::{Client, Machine, Node, User};
use crate::ioctls::*;
use crate::steps;

/// Leads them all.
pub fn run<M: Machine>(client: &Client<'_, M>) {
    unplugged_with_an_open_file(client);
    forgotten_by_nobody(client);
    failing_data(client);
    failing_registrations(client);
    refused_files(client);
    registered_again(client);
    masters(client);
    offsets(client);
}

/// The long life: an object before registration, a client that stays open across unplug, and a
/// driver that keeps object and device longer still.
fn unplugged_with_an_open_file<M: Machine>(client: &Client<'_, M>) {
    client.begin("a life with a client that stays");
    client.step(steps::CREATE_PARENT, "create the parent");
    client.step(steps::MAKE_DEVICE, "make the device");
    client.step(steps::MAKE_OBJECT, "make an object before registration");
    drop(client.open(Node::Render(0)));
    client.step(steps::REGISTER, "register");
    client.nodes();
    let render = client.open(Node::Render(0));
    let primary = client.open(Node::Primary(0));
    if let (Some(render), Some(primary)) = (&render, &primary) {
        client.ask_core(render);
        client.use_objects(render, 1);
        client.use_objects(primary, 0);
        client.misuse(render);
        client.param(primary, GIVE_KEPT, "be given the early object");
        client.param(primary, GIVE_KEPT, "be given it again");
        client.param(render, GIVE_AGAIN | 1, "another handle for handle 1");
        client.param(render, KEEP | 1, "keep the object of handle 1");
        let offset = client.param(render, 1, "offset of handle 1");
        client.mmap(primary, offset, 4096, "map an object of another file");
    }
    client.step(steps::KEEP_DEVICE, "keep the device");
    client.step(steps::UNPLUG, "unplug");
    client.nodes();
    if let Some(render) = &render {
        client.param(render, 0, "getparam after unplug");
        client.ioctl(render, GEM_CLOSE, [1, 0], "gem close after unplug");
        client.ioctl(render, VERSION, [0, 0], "version after unplug");
        client.mmap(render, 0x1_0000_0000, 4096, "mmap after unplug");
        client.read(render);
    }
    drop(client.open(Node::Render(0)));
    client.step(steps::DESTROY_PARENT, "destroy the parent");
    client.close(primary);
    client.close(render);
    client.step(steps::DROP_OBJECT, "drop the object");
    client.step(steps::DROP_DEVICE, "drop the device");
}

/// A client that closes first, without cleaning up, and a device that nobody keeps.
fn forgotten_by_nobody<M: Machine>(client: &Client<'_, M>) {
    client.begin("a life with a client that leaves");
    client.step(steps::CREATE_PARENT, "create the parent");
    client.step(steps::MAKE_DEVICE, "make the device");
    client.step(steps::REGISTER, "register");
    let file = client.open(Node::Primary(0));
    if let Some(file) = &file {
        client.create(file, SIZE + 1, "make an object of two pages");
        client.create(file, 1, "make an object of one page");
    }
    client.close(file);
    client.step(steps::UNPLUG, "unplug");
    client.step(steps::DESTROY_PARENT, "destroy the parent");
}

fn failing_data<M: Machine>(client: &Client<'_, M>) {
    client.begin("device data that fails");
    client.step(steps::CREATE_PARENT, "create the parent");
    client.step(steps::MAKE_FAILING_DEVICE, "make a device whose data fails");
    client.step(steps::MAKE_DEVICE, "make the device");
    client.step(steps::DROP_UNREGISTERED, "drop the device unregistered");
    client.step(steps::DESTROY_PARENT, "destroy the parent");
}

fn failing_registrations<M: Machine>(client: &Client<'_, M>) {
    client.begin("registrations that fail");
    client.step(steps::CREATE_PARENT, "create the parent");
    client.step(steps::MAKE_DEVICE, "make the device");
    client.step(steps::REGISTER_FAILING, "register with data that fails");
    client.step(steps::MAKE_DEVICE, "make the device");
    client.step(steps::REGISTER_ELSEWHERE, "register below another parent");
    client.step(steps::MAKE_DEVICE, "make the device");
    client.done("spoil", client.0.spoil_registration());
    client.step(steps::REGISTER, "register, which fails half-way");
    client.nodes();
    client.done("mend", client.0.mend_registration());
    drop(client.open(Node::Render(0)));
    client.step(steps::DESTROY_PARENT, "destroy the parent");
}

fn refused_files<M: Machine>(client: &Client<'_, M>) {
    client.begin("files that the driver refuses");
    client.step(steps::CREATE_PARENT, "create the parent");
    client.step(steps::MAKE_DEVICE, "make the device");
    client.step(steps::REGISTER, "register");
    client.step(steps::REFUSE_FILES, "refuse files");
    drop(client.open(Node::Render(0)));
    drop(client.open(Node::Primary(0)));
    client.step(steps::ACCEPT_FILES, "refuse no files");
    let file = client.open(Node::Primary(0));
    client.close(file);
    client.step(steps::UNPLUG, "unplug");
    client.step(steps::DESTROY_PARENT, "destroy the parent");
}

/// The numbers of nodes come back, and a device that is unplugged does not hold up the next.
fn registered_again<M: Machine>(client: &Client<'_, M>) {
    client.begin("two lives that overlap");
    client.step(steps::CREATE_PARENT, "create the parent");
    client.step(steps::MAKE_DEVICE, "make the device");
    client.step(steps::REGISTER, "register");
    let old = client.open(Node::Render(0));
    client.step(steps::UNPLUG, "unplug");
    client.step(steps::MAKE_DEVICE, "make another device");
    client.step(steps::REGISTER, "register it");
    client.nodes();
    // The old one still has the first number.
    drop(client.open(Node::Render(0)));
    drop(client.open(Node::Render(1)));
    client.close(old);
    client.step(steps::UNPLUG, "unplug");
    client.step(steps::MAKE_DEVICE, "make a third device");
    client.step(steps::REGISTER, "register it");
    let file = client.open(Node::Render(0));
    client.close(file);
    client.step(steps::UNPLUG, "unplug");
    client.step(steps::DESTROY_PARENT, "destroy the parent");
}

/// Who may do what: the first client of a primary node is its master, twice.
fn masters<M: Machine>(client: &Client<'_, M>) {
    for title in ["masters and their clients", "the same with another device"] {
        client.begin(title);
        client.step(steps::CREATE_PARENT, "create the parent");
        client.step(steps::MAKE_DEVICE, "make the device");
        client.step(steps::REGISTER, "register");
        let first = client.open_as(Node::Primary(0), User::Nobody);
        let second = client.open_as(Node::Primary(0), User::Nobody);
        let root = client.open_as(Node::Primary(0), User::Root);
        let render = client.open_as(Node::Render(0), User::Nobody);
        if let (Some(first), Some(second), Some(root), Some(render)) =
            (&first, &second, &root, &render)
        {
            client.authenticate(first, second, root);
            client.change_masters(first, second, root);
            client.create(render, SIZE, "make an object, by a render node");
        }
        client.close(first);
        let late = client.open_as(Node::Primary(0), User::Nobody);
        if let Some(late) = &late {
            client.ioctl(late, GET_MAGIC, [0, 0], "magic of a latecomer");
        }
        client.step(steps::UNPLUG, "unplug");
        client.step(steps::DESTROY_PARENT, "destroy the parent");
        for file in [late, root, second, render] {
            client.close(file);
        }
    }
}

/// Where objects get their offsets when others have given theirs back.
fn offsets<M: Machine>(client: &Client<'_, M>) {
    client.begin("offsets that are given back");
    client.step(steps::CREATE_PARENT, "create the parent");
    client.step(steps::MAKE_DEVICE, "make the device");
    client.step(steps::REGISTER, "register");
    let file = client.open(Node::Render(0));
    if let Some(file) = &file {
        for (handle, pages) in [
            (1, 3),
            (2, 1),
            (3, 2),
            (4, 1),
            (5, 2),
            (6, 1),
            (7, 2),
            (8, 1),
        ] {
            client.object_with_offset(file, handle, pages);
        }
        // Holes of 3 pages, and 2 and 2.
        for handle in [1, 3, 7, 5] {
            client.ioctl(file, GEM_CLOSE, [handle, 0], "close a handle");
        }
        for (handle, pages) in [(1, 2), (3, 1), (5, 2), (7, 1), (9, 4)] {
            client.object_with_offset(file, handle, pages);
        }
        // Neighbours become one hole.
        for handle in [2, 1, 3] {
            client.ioctl(file, GEM_CLOSE, [handle, 0], "close a handle");
        }
        for (handle, pages) in [(1, 1), (2, 3), (3, 1)] {
            client.object_with_offset(file, handle, pages);
        }
    }
    client.step(steps::UNPLUG, "unplug");
    client.close(file);
    client.step(steps::DESTROY_PARENT, "destroy the parent");
}
