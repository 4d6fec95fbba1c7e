//! The trace of the driver on hw-stub, whose oracle must have nothing to say about it.

use std::process::ExitCode;

extern crate bindings;

mod driver;
mod names;
mod scenario;
mod steps;
mod trace;

use hw_stub::client::{self, Credentials};
use hw_stub::{fault, oracle, Errno};

use crate::scenario::{Machine, Node, User};

/// What `#[vtable]` names as the module of a driver.
use crate::driver::LocalModule;

/// Objects of our API hold a reference to their device; in Linux 7.3 they do not.
const OBJECTS_HOLD_DEVICES: bool = true;

/// A line of the trace.
fn print(line: trace::Text<'_>) {
    println!("{line}");
}

fn main() -> ExitCode {
    scenario::run(&Stub);
    let violations = oracle::violations();
    for violation in &violations {
        eprintln!("fidelity-stub: {violation:?}");
    }
    ExitCode::from(u8::from(!violations.is_empty()))
}

struct Stub;

impl Machine for Stub {
    type File = client::File;
    type Mapping = client::Mapping;

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
        fault::fail_next("drm_minor_register", 2);
        Ok(())
    }

    fn mend_registration(&self) -> Result<(), i32> {
        Ok(())
    }

    fn nodes(&self) -> Vec<String> {
        let name =
            |prefix: &'static str| move |node: client::Node| format!("{prefix}{}", node.index());
        let primary = client::primary_nodes().into_iter().map(name("card"));
        let render = client::render_nodes().into_iter().map(name("renderD"));
        primary.chain(render).collect()
    }

    fn open(&self, node: Node, user: User) -> Result<Self::File, i32> {
        let node = match node {
            Node::Primary(number) => client::Node::primary(number),
            Node::Render(number) => client::Node::render(number),
        };
        let root = user == User::Root;
        trace::inside(|| node.open_as(Credentials { root })).map_err(number)
    }

    fn ioctl(&self, file: &Self::File, cmd: u32, arg: &mut [u64; 8]) -> Result<i32, i32> {
        trace::inside(|| file.ioctl(cmd, arg)).map_err(number)
    }

    fn ioctl_nowhere(&self, file: &Self::File, cmd: u32) -> Result<i32, i32> {
        trace::inside(|| file.ioctl_raw(cmd, 0)).map_err(number)
    }

    fn read(&self, file: &Self::File) -> Result<usize, i32> {
        trace::inside(|| file.read(&mut [0; 64])).map_err(number)
    }

    fn mmap(&self, file: &Self::File, offset: u64, size: usize) -> Result<Self::Mapping, i32> {
        trace::inside(|| file.mmap(offset, size)).map_err(number)
    }

    fn close(&self, file: Self::File) {
        trace::inside(|| file.close());
    }
}

fn number(error: Errno) -> i32 {
    error.0
}
