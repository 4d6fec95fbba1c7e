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
        client.ioctl(
            primary,
            GETPARAM,
            [GIVE_KEPT, 0],
            "be given the early object",
        );
        client.ioctl(primary, GETPARAM, [GIVE_KEPT, 0], "be given it again");
        client.ioctl(
            render,
            GETPARAM,
            [GIVE_AGAIN | 1, 0],
            "another handle for handle 1",
        );
        client.ioctl(
            render,
            GETPARAM,
            [KEEP | 1, 0],
            "keep the object of handle 1",
        );
        let offset = client.ioctl(render, GETPARAM, [1, 0], "offset of handle 1")[1];
        client.mmap(primary, offset, 4096, "map an object of another file");
    }
    client.step(steps::KEEP_DEVICE, "keep the device");
    client.step(steps::UNPLUG, "unplug");
    client.nodes();
    if let Some(render) = &render {
        client.ioctl(render, GETPARAM, [0, 0], "getparam after unplug");
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
        client.ioctl(
            file,
            GEM_CREATE,
            [0, SIZE + 1],
            "make an object of two pages",
        );
        client.ioctl(file, GEM_CREATE, [0, 1], "make an object of one page");
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
            client.ioctl(
                render,
                GEM_CREATE,
                [0, SIZE],
                "make an object, by a render node",
            );
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

/// What clients do in several lives.
impl<M: Machine> Client<'_, M> {
    /// The core's own ioctls.
    fn ask_core(&self, file: &M::File) {
        let version = self.ioctl(file, VERSION, [0, 0], "version");
        let patch_level = version[1] as u32;
        self.0.say(&format!("client: patch level {patch_level}"));
        self.ioctl(file, GEM_CLOSE, [7, 0], "close a handle that is none");
        self.ioctl(file, SET_MASTER, [0, 0], "set master");
        self.ioctl(file, GET_MAGIC, [0, 0], "get magic");
        self.read(file);
    }

    /// The master lets others in.
    fn authenticate(&self, first: &M::File, second: &M::File, root: &M::File) {
        self.ioctl(
            second,
            GEM_CREATE,
            [0, SIZE],
            "make an object unauthenticated",
        );
        let magic = self.ioctl(second, GET_MAGIC, [0, 0], "magic of the second")[0];
        self.ioctl(second, GET_MAGIC, [0, 0], "magic of the second again");
        self.ioctl(root, GET_MAGIC, [0, 0], "magic of root");
        self.ioctl(first, GET_MAGIC, [0, 0], "magic of the master");
        self.ioctl(second, AUTH_MAGIC, [magic, 0], "authenticate itself");
        self.ioctl(first, AUTH_MAGIC, [77, 0], "authenticate nobody");
        self.ioctl(first, AUTH_MAGIC, [magic, 0], "authenticate the second");
        self.ioctl(
            first,
            AUTH_MAGIC,
            [magic, 0],
            "authenticate the second again",
        );
        self.ioctl(second, GET_MAGIC, [0, 0], "magic of the second");
        self.ioctl(
            second,
            GEM_CREATE,
            [0, SIZE],
            "make an object authenticated",
        );
    }

    /// There is one master at a time.
    fn change_masters(&self, first: &M::File, second: &M::File, root: &M::File) {
        self.ioctl(second, SET_MASTER, [0, 0], "the second becomes master");
        self.ioctl(second, DROP_MASTER, [0, 0], "the second stops to be master");
        self.ioctl(
            root,
            SET_MASTER,
            [0, 0],
            "root becomes master beside the first",
        );
        self.ioctl(root, DROP_MASTER, [0, 0], "root stops to be master");
        self.ioctl(
            first,
            SET_MASTER,
            [0, 0],
            "the first becomes master, and is",
        );
        self.ioctl(first, DROP_MASTER, [0, 0], "the first stops to be master");
        self.ioctl(first, DROP_MASTER, [0, 0], "the first stops again");
        self.ioctl(
            first,
            AUTH_MAGIC,
            [1, 0],
            "authenticate without being master",
        );
        self.ioctl(root, SET_MASTER, [0, 0], "root becomes master");
        self.ioctl(
            first,
            SET_MASTER,
            [0, 0],
            "the first becomes master beside root",
        );
        self.ioctl(root, GET_MAGIC, [0, 0], "magic of root");
        self.ioctl(root, DROP_MASTER, [0, 0], "root stops to be master");
        self.ioctl(
            first,
            SET_MASTER,
            [0, 0],
            "the first becomes master once more",
        );
    }

    fn object_with_offset(&self, file: &M::File, handle: u64, pages: u64) {
        let title = format!("make an object of {pages} pages");
        self.ioctl(file, GEM_CREATE, [0, SIZE * pages], &title);
        self.ioctl(file, GETPARAM, [handle, 0], "its offset");
    }

    /// Objects, their handles and offsets. Handles begin with `first` in use by nobody.
    fn use_objects(&self, file: &M::File, params: u64) {
        self.ioctl(file, GETPARAM, [0, 0], "getparam");
        self.ioctl(file, GEM_CREATE, [0, SIZE], "make an object");
        self.ioctl(file, GEM_CREATE, [0, SIZE * 2], "make a larger object");
        self.ioctl(
            file,
            GEM_CREATE,
            [0, SIZE * 65],
            "make an object that will not open",
        );
        self.ioctl(
            file,
            GEM_CREATE,
            [0, SIZE * 129],
            "make an object that fails",
        );
        self.ioctl(file, GEM_INFO, [2, 0], "size of handle 2");
        if params > 0 {
            self.use_offsets(file);
        }
        self.ioctl(file, GEM_CLOSE, [2, 0], "close handle 2");
        self.ioctl(file, GEM_CLOSE, [2, 0], "close handle 2 again");
        self.ioctl(file, GEM_INFO, [2, 0], "size of no handle");
        self.ioctl(file, GEM_CREATE, [0, SIZE], "make another object");
        if params > 0 {
            self.ioctl(file, GETPARAM, [2, 0], "offset of handle 2");
            self.ioctl(
                file,
                GEM_CREATE,
                [0, SIZE * 2],
                "make an object of two pages",
            );
            self.ioctl(file, GETPARAM, [3, 0], "offset of handle 3");
        }
    }

    /// Offsets of the objects with handles 1 and 2.
    fn use_offsets(&self, file: &M::File) {
        self.ioctl(file, GETPARAM, [2, 0], "offset of handle 2");
        let offset = self.ioctl(file, GETPARAM, [1, 0], "offset of handle 1")[1];
        self.ioctl(file, GETPARAM, [1, 0], "offset of handle 1 again");
        self.mmap(file, offset, 4096, "map an object without operations");
        self.mmap(file, offset, 3 * 4096, "map more than the object");
        self.mmap(file, offset + (1 << 30), 4096, "map nothing");
    }

    /// Calls that are refused.
    fn misuse(&self, file: &M::File) {
        self.ioctl_nowhere(file, GETPARAM, "getparam");
        self.ioctl_nowhere(file, ioctl(2 << 30, 0x40, 16), "getparam that only reads");
        self.ioctl_nowhere(file, VERSION, "version");
        self.ioctl(
            file,
            ioctl(IN_OUT, 0x43, 16),
            [0, 0],
            "an ioctl beyond the table",
        );
        self.ioctl(file, ioctl(IN_OUT, 0xff, 16), [0, 0], "an ioctl beyond all");
        self.ioctl(
            file,
            ioctl(IN_OUT, 0x3d, 16),
            [0, 0],
            "an ioctl between others",
        );
        self.ioctl(
            file,
            ioctl(IN_OUT, 0x3f, 16),
            [0, 0],
            "an ioctl of the core that does nothing",
        );
        self.ioctl(
            file,
            ioctl(IN_OUT, 0xa0, 16),
            [0, 0],
            "an ioctl about modes",
        );
        self.ioctl(
            file,
            GETPARAM & !0xff00 | 0x4500,
            [0, 0],
            "an ioctl of another type",
        );
        self.ioctl(
            file,
            ioctl(IN_OUT, 0x40, 8),
            [0, 7],
            "an ioctl with a short argument",
        );
        self.ioctl(
            file,
            ioctl(IN_OUT, 0x40, 32),
            [0, 7],
            "an ioctl with a long argument",
        );
        self.ioctl(
            file,
            ioctl(1 << 30, 0x40, 16),
            [0, 7],
            "an ioctl that only writes",
        );
        self.ioctl(
            file,
            ioctl(2 << 30, 0x40, 16),
            [9, 7],
            "an ioctl that only reads",
        );
        self.ioctl(file, GETPARAM, [99, 0], "getparam of no handle");
        self.ioctl(file, GEM_INFO, [0, 0], "size of handle 0");
    }
}
