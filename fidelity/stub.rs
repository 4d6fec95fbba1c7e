//! The trace of the driver on hw-stub, whose oracle must have nothing to say about it.

use std::process::ExitCode;

extern crate bindings;

mod attempts;
mod callbacks;
mod client;
mod driver;
mod habits;
mod ioctls;
mod names;
mod scenario;
mod seen;
mod steps;
mod trace;

use hw_stub::client::{self as stub, Credentials};
use hw_stub::{fault, oracle, Errno};

use crate::client::{Client, Machine, Node, User};

/// What `#[vtable]` names as the module of a driver.
use crate::driver::LocalModule;

/// What a driver gets while a file loses a handle; in Linux 7.3 it is the open file.
type ClosingFile<F> = kernel::drm::file::ClosingFile<F>;

/// Objects of our API hold a reference to their device; in Linux 7.3 they do not.
const OBJECTS_HOLD_DEVICES: bool = true;

/// A line of the trace.
fn print(line: seen::Text<'_>) {
    println!("{line}");
}

fn main() -> ExitCode {
    let client = Client(&Stub);
    scenario::run(&client);
    attempts::run(&client);
    client.begin("end");
    let violations = oracle::violations();
    for violation in &violations {
        eprintln!("fidelity-stub: {violation:?}");
    }
    ExitCode::from(u8::from(!violations.is_empty()))
}

struct Stub;

impl Machine for Stub {
    type File = stub::File;
    type Mapping = stub::Mapping;

    fn say(&self, line: &str) {
        println!("{line}");
    }

    fn step(&self, step: i32) -> Result<(), i32> {
        // SAFETY: One thread does everything.
        match unsafe { driver::fidelity_step(step) } {
            0 => Ok(()),
            error => Err(-error),
        }
    }

    fn spoil_registration(&self) -> Result<(), i32> {
        let name = "drm_minor_register";
        fault::fail_call(name, fault::calls_of(name) + 2);
        Ok(())
    }

    fn mend_registration(&self) -> Result<(), i32> {
        fault::disarm().map(drop).ok_or(0)
    }

    fn fail(&self, nth: u32) {
        fault::fail_nth(fault::calls() + u64::from(nth));
    }

    fn failed(&self) -> bool {
        fault::disarm().is_some()
    }

    fn nodes(&self) -> Vec<String> {
        let name =
            |prefix: &'static str| move |node: stub::Node| format!("{prefix}{}", node.index());
        let primary = stub::primary_nodes().into_iter().map(name("card"));
        let render = stub::render_nodes().into_iter().map(name("renderD"));
        primary.chain(render).collect()
    }

    fn open(&self, node: Node, user: User) -> Result<Self::File, i32> {
        let node = match node {
            Node::Primary(number) => stub::Node::primary(number),
            Node::Render(number) => stub::Node::render(number),
        };
        let root = user == User::Root;
        seen::inside(|| node.open_as(Credentials { root })).map_err(number)
    }

    fn ioctl(&self, file: &Self::File, cmd: u32, arg: &mut [u64; 8]) -> Result<i32, i32> {
        seen::inside(|| file.ioctl(cmd, arg)).map_err(number)
    }

    fn ioctl_nowhere(&self, file: &Self::File, cmd: u32) -> Result<i32, i32> {
        seen::inside(|| file.ioctl_raw(cmd, 0)).map_err(number)
    }

    fn read(&self, file: &Self::File) -> Result<usize, i32> {
        seen::inside(|| file.read(&mut [0; 64])).map_err(number)
    }

    fn mmap(&self, file: &Self::File, offset: u64, size: usize) -> Result<Self::Mapping, i32> {
        seen::inside(|| file.mmap(offset, size)).map_err(number)
    }

    fn close(&self, file: Self::File) {
        seen::inside(|| file.close());
    }
}

fn number(error: Errno) -> i32 {
    error.0
}
