//! What is done to the driver, step by step, by whoever holds a [`Machine`].
//!
//! The machine is hw-stub with its clients, or the init program of a real kernel. What the client
//! sees is a part of the trace; what the driver does meanwhile, the tracer tells.

use crate::steps;

/// A node, by its place among those of its kind.
#[derive(Clone, Copy, Debug)]
pub enum Node {
    /// `card0`, `card1`, …
    Primary(u32),
    /// `renderD128`, `renderD129`, …
    Render(u32),
}

/// Who opens a node and calls its ioctls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {
    /// Somebody with every privilege.
    Root,
    /// Somebody with none.
    Nobody,
}

/// A machine with the driver in it. Errors are positive error numbers.
pub trait Machine {
    /// An open file.
    type File;
    /// A mapping of an object.
    type Mapping;

    /// Adds a line to the trace.
    fn say(&self, line: &str);
    /// Lets the driver take a step.
    fn step(&self, step: i32) -> Result<(), i32>;
    /// Makes the next registration fail half-way.
    fn spoil_registration(&self) -> Result<(), i32>;
    /// Takes back what `spoil_registration` did.
    fn mend_registration(&self) -> Result<(), i32>;
    /// The nodes that there are, primary ones first.
    fn nodes(&self) -> Vec<String>;
    /// Opens a node by its number, whether or not it has a name.
    fn open(&self, node: Node, user: User) -> Result<Self::File, i32>;
    /// Calls an ioctl; the argument may be longer than its number says.
    fn ioctl(&self, file: &Self::File, cmd: u32, arg: &mut [u64; 8]) -> Result<i32, i32>;
    /// Calls an ioctl whose argument is nowhere.
    fn ioctl_nowhere(&self, file: &Self::File, cmd: u32) -> Result<i32, i32>;
    /// Reads up to 64 bytes.
    fn read(&self, file: &Self::File) -> Result<usize, i32>;
    /// Maps a part of a file.
    fn mmap(&self, file: &Self::File, offset: u64, size: usize) -> Result<Self::Mapping, i32>;
    /// Closes a file.
    fn close(&self, file: Self::File);
}

const IN_OUT: u32 = 3 << 30;
const GETPARAM: u32 = ioctl(IN_OUT, 0x40, 16);
const GEM_CREATE: u32 = ioctl(IN_OUT, 0x41, 16);
const GEM_INFO: u32 = ioctl(IN_OUT, 0x42, 16);
const VERSION: u32 = ioctl(IN_OUT, 0x00, 64);
const GEM_CLOSE: u32 = ioctl(1 << 30, 0x09, 8);
const GET_MAGIC: u32 = ioctl(2 << 30, 0x02, 4);
const AUTH_MAGIC: u32 = ioctl(1 << 30, 0x11, 4);
const SET_MASTER: u32 = ioctl(0, 0x1e, 0);
const DROP_MASTER: u32 = ioctl(0, 0x1f, 0);
const KEEP: u64 = 1 << 32;
const GIVE_AGAIN: u64 = 1 << 33;
const GIVE_KEPT: u64 = 1 << 34;
const SIZE: u64 = 4096;

const fn ioctl(direction: u32, number: u32, size: u32) -> u32 {
    direction | size << 16 | (b'd' as u32) << 8 | number
}

/// Runs everything.
pub fn run<M: Machine>(machine: &M) {
    let client = Client(machine);
    unplugged_with_an_open_file(&client);
    forgotten_by_nobody(&client);
    failing_data(&client);
    failing_registrations(&client);
    refused_files(&client);
    registered_again(&client);
    masters(&client);
    offsets(&client);
    client.begin("end");
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

/// Says what it does.
struct Client<'a, M>(&'a M);

impl<M: Machine> Client<'_, M> {
    fn begin(&self, title: &str) {
        self.0.say(&format!("# {title}"));
    }

    fn step(&self, step: i32, title: &str) {
        self.0.say(&format!("step: {title}"));
        self.done(title, self.0.step(step));
    }

    fn done(&self, what: &str, result: Result<(), i32>) {
        match result {
            Ok(()) => self.0.say(&format!("done: {what}")),
            Err(error) => self.0.say(&format!("failed with {error}: {what}")),
        }
    }

    fn nodes(&self) {
        self.0.say(&format!("client: nodes {:?}", self.0.nodes()));
    }

    fn open(&self, node: Node) -> Option<M::File> {
        self.open_as(node, User::Root)
    }

    fn open_as(&self, node: Node, user: User) -> Option<M::File> {
        self.0.say(&format!("client: open {node:?} by {user:?}"));
        let result = self.0.open(node, user);
        let said = result.as_ref().map_or_else(|error| -error, |_| 0);
        self.0.say(&format!("client: open = {said}"));
        result.ok()
    }

    fn close(&self, file: Option<M::File>) {
        if let Some(file) = file {
            self.0.say("client: close");
            self.0.close(file);
            self.0.say("client: closed");
        }
    }

    fn ioctl(&self, file: &M::File, cmd: u32, arg: [u64; 2], title: &str) -> [u64; 8] {
        let mut all = [0; 8];
        all[..2].copy_from_slice(&arg);
        self.0
            .say(&format!("client: {title}, ioctl {cmd:#x} of {arg:x?}"));
        let result = self.0.ioctl(file, cmd, &mut all);
        let said = result.unwrap_or_else(|error| -error);
        self.0.say(&format!(
            "client: ioctl {cmd:#x} = {said}, {:x?}",
            &all[..2]
        ));
        all
    }

    fn ioctl_nowhere(&self, file: &M::File, cmd: u32, title: &str) {
        self.0
            .say(&format!("client: {title}, ioctl {cmd:#x} of nothing"));
        let result = self.0.ioctl_nowhere(file, cmd);
        let said = result.unwrap_or_else(|error| -error);
        self.0.say(&format!("client: ioctl {cmd:#x} = {said}"));
    }

    fn read(&self, file: &M::File) {
        let result = self.0.read(file);
        self.0.say(&format!("client: read = {result:?}"));
    }

    fn mmap(&self, file: &M::File, offset: u64, size: usize, title: &str) {
        self.0
            .say(&format!("client: {title}, {size} bytes at {offset:#x}"));
        let result = self.0.mmap(file, offset, size);
        let said = result.as_ref().map_or_else(|error| -error, |_| 0);
        self.0.say(&format!("client: mmap = {said}"));
    }

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
