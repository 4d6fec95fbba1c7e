//! Who is traced, and how it says what it does: a [`Machine`] is hw-stub with its clients, or the
//! init program of a real kernel.
//!
//! What a [`Client`] sees is a part of the trace; what the driver does meanwhile, the tracer tells.

use crate::ioctls::{GEM_CREATE, GETPARAM};

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
    /// Makes the `nth` allocation of the next call fail, counted from 1.
    fn fail(&self, nth: u32);
    /// Whether an allocation failed since.
    fn failed(&self) -> bool;
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

/// Says what it does.
pub struct Client<'a, M>(pub &'a M);

impl<M: Machine> Client<'_, M> {
    pub fn begin(&self, title: &str) {
        self.0.say(&format!("# {title}"));
    }

    pub fn step(&self, step: i32, title: &str) {
        self.0.say(&format!("step: {title}"));
        self.done(title, self.0.step(step));
    }

    pub fn done(&self, what: &str, result: Result<(), i32>) {
        match result {
            Ok(()) => self.0.say(&format!("done: {what}")),
            Err(error) => self.0.say(&format!("failed with {error}: {what}")),
        }
    }

    pub fn nodes(&self) {
        self.0.say(&format!("client: nodes {:?}", self.0.nodes()));
    }

    pub fn open(&self, node: Node) -> Option<M::File> {
        self.open_as(node, User::Root)
    }

    pub fn open_as(&self, node: Node, user: User) -> Option<M::File> {
        self.0.say(&format!("client: open {node:?} by {user:?}"));
        let result = self.0.open(node, user);
        let said = result.as_ref().map_or_else(|error| -error, |_| 0);
        self.0.say(&format!("client: open = {said}"));
        result.ok()
    }

    pub fn close(&self, file: Option<M::File>) {
        if let Some(file) = file {
            self.0.say("client: close");
            self.0.close(file);
            self.0.say("client: closed");
        }
    }

    pub fn ioctl(&self, file: &M::File, cmd: u32, arg: [u64; 2], title: &str) -> [u64; 8] {
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

    /// Asks for a parameter, and returns the answer.
    pub fn param(&self, file: &M::File, param: u64, title: &str) -> u64 {
        self.ioctl(file, GETPARAM, [param, 0], title)[1]
    }

    /// Makes an object.
    pub fn create(&self, file: &M::File, size: u64, title: &str) {
        self.ioctl(file, GEM_CREATE, [0, size], title);
    }

    pub fn ioctl_nowhere(&self, file: &M::File, cmd: u32, title: &str) {
        self.0
            .say(&format!("client: {title}, ioctl {cmd:#x} of nothing"));
        let result = self.0.ioctl_nowhere(file, cmd);
        let said = result.unwrap_or_else(|error| -error);
        self.0.say(&format!("client: ioctl {cmd:#x} = {said}"));
    }

    pub fn read(&self, file: &M::File) {
        let result = self.0.read(file);
        self.0.say(&format!("client: read = {result:?}"));
    }

    pub fn mmap(&self, file: &M::File, offset: u64, size: usize, title: &str) {
        self.0
            .say(&format!("client: {title}, {size} bytes at {offset:#x}"));
        let result = self.0.mmap(file, offset, size);
        let said = result.as_ref().map_or_else(|error| -error, |_| 0);
        self.0.say(&format!("client: mmap = {said}"));
    }
}
