//! The init program of the kernel that is traced: it runs the scenario as userspace, and powers off.
//!
//! Its lines go to the log of the kernel, where those of the tracer are, in the order of all.

mod attempts;
mod client;
mod habits;
mod ioctls;
mod scenario;
mod steps;

use std::cell::Cell;
use std::ffi::{c_char, c_int, c_long, c_uint, c_ulong, c_void, CString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};

use crate::client::{Client, Machine, Node, User};

extern "C" {
    fn mount(
        source: *const c_char,
        target: *const c_char,
        kind: *const c_char,
        flags: c_ulong,
        data: *const c_void,
    ) -> c_int;
    fn ioctl(file: c_int, cmd: c_ulong, ...) -> c_int;
    fn mmap(
        address: *mut c_void,
        size: usize,
        protection: c_int,
        flags: c_int,
        file: c_int,
        offset: c_long,
    ) -> *mut c_void;
    fn mknod(path: *const c_char, mode: c_uint, device: c_ulong) -> c_int;
    fn umask(mode: c_uint) -> c_uint;
    fn seteuid(user: c_uint) -> c_int;
    fn munmap(address: *mut c_void, size: usize) -> c_int;
    fn sync();
    fn reboot(how: c_int) -> c_int;
}

const FAIL: &str = "/proc/self/fail-nth";
const STEP: &str = "/dev/fidelity";
/// Any ioctl takes the step that its argument says.
const TAKE_STEP: c_ulong = (b'f' as c_ulong) << 8;
/// The steps that are not the driver's: to take the name of a node, and to leave it.
const TAKE_NAME: i32 = 100;
const LEAVE_NAME: i32 = 101;
const POWER_OFF: c_int = 0x4321_fedc;
const READ_WRITE: c_int = 3;
const SHARED: c_int = 1;
const NON_BLOCKING: i32 = 0o4000;
const DRM_MAJOR: c_ulong = 226;
const CHARACTER_DEVICE: c_uint = 0o20666;
const NOBODY: c_uint = 65534;

fn main() {
    for (kind, target) in [
        (c"devtmpfs", c"/dev"),
        (c"proc", c"/proc"),
        (c"sysfs", c"/sys"),
        (c"debugfs", c"/sys/kernel/debug"),
    ] {
        // SAFETY: All are null-terminated, and the last may be null.
        unsafe {
            mount(
                kind.as_ptr(),
                target.as_ptr(),
                kind.as_ptr(),
                0,
                std::ptr::null(),
            )
        };
    }
    // SAFETY: It changes what later calls make, and nothing else.
    unsafe { umask(0) };
    if let Err(error) = trace() {
        eprintln!("init: {error}");
    }
    // SAFETY: It is for init to say.
    unsafe {
        sync();
        reboot(POWER_OFF);
    }
}

/// Runs everything.
fn trace() -> io::Result<()> {
    fs::write("/sys/kernel/debug/failslab/ignore-gfp-wait", "N")?;
    fs::write("/sys/kernel/debug/failslab/verbose", "0")?;
    let write = |path| OpenOptions::new().write(true).open(path);
    let linux = Linux {
        log: write("/dev/kmsg")?,
        step: write(STEP)?,
        fail: OpenOptions::new().read(true).write(true).open(FAIL)?,
        nth: Cell::new(0),
    };
    let client = Client(&linux);
    scenario::run(&client);
    attempts::run(&client);
    client.begin("end");
    Ok(())
}

struct Linux {
    log: File,
    step: File,
    fail: File,
    /// Which allocation of the next call is to fail; then how many were left to it.
    nth: Cell<u32>,
}

impl Linux {
    /// Makes a call, one of whose allocations may be made to fail. Nothing else is called meanwhile.
    fn call<T>(&self, call: impl FnOnce() -> T) -> T {
        let nth = self.nth.take();
        if nth == 0 {
            return call();
        }
        let digits = nth.to_string();
        let armed = self.fail.write_at(digits.as_bytes(), 0);
        let result = call();
        let mut left = [0; 16];
        let length = self.fail.read_at(&mut left, 0).unwrap_or(0);
        let disarmed = self.fail.write_at(b"0", 0);
        armed.and(disarmed).expect("a task may let itself fail");
        let left = std::str::from_utf8(&left[..length]).unwrap_or("").trim();
        self.nth.set(left.parse().unwrap_or(0));
        result
    }
}

struct Mapping {
    address: *mut c_void,
    size: usize,
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: It was mapped, and nothing points there.
        unsafe { munmap(self.address, self.size) };
    }
}

/// An open node, and who has it.
struct Opened {
    file: File,
    user: User,
}

impl Opened {
    fn call<T>(&self, call: impl FnOnce(&File) -> io::Result<T>) -> Result<T, i32> {
        run_as(self.user, || call(&self.file)).map_err(number)
    }
}

/// Runs a system call for somebody.
fn run_as<T>(user: User, call: impl FnOnce() -> T) -> T {
    let become_user = |id| {
        // SAFETY: It changes the effective user of this process and nothing else.
        assert_eq!(unsafe { seteuid(id) }, 0, "root becomes whom it likes");
    };
    if user == User::Root {
        return call();
    }
    become_user(NOBODY);
    let result = call();
    become_user(0);
    result
}

impl Machine for Linux {
    type File = Opened;
    type Mapping = Mapping;

    fn say(&self, line: &str) {
        // One write is one line of the log. There is nobody to tell that it failed; the comparison
        // will miss the line.
        let _ = (&self.log).write_all(format!("fidelity: {line}\n").as_bytes());
    }

    fn step(&self, step: i32) -> Result<(), i32> {
        let file = self.step.as_raw_fd();
        // SAFETY: The argument is a number, whatever the kernel makes of it.
        let call = || checked(unsafe { ioctl(file, TAKE_STEP, step as c_ulong) });
        self.call(call).map(drop).map_err(number)
    }

    fn fail(&self, nth: u32) {
        self.nth.set(nth);
    }

    fn failed(&self) -> bool {
        self.nth.take() == 0
    }

    fn spoil_registration(&self) -> Result<(), i32> {
        self.step(TAKE_NAME)
    }

    fn mend_registration(&self) -> Result<(), i32> {
        self.step(LEAVE_NAME)
    }

    fn nodes(&self) -> Vec<String> {
        let entries = fs::read_dir("/dev/dri").into_iter().flatten().flatten();
        let mut names: Vec<_> = entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    fn open(&self, node: Node, user: User) -> Result<Opened, i32> {
        let minor = match node {
            Node::Primary(number) => number,
            Node::Render(number) => 128 + number,
        };
        let path = by_number(minor);
        let mut options = OpenOptions::new();
        options.read(true).write(true).custom_flags(NON_BLOCKING);
        let open = || run_as(user, || options.open(&path));
        let file = self.call(open).map_err(number)?;
        Ok(Opened { file, user })
    }

    fn ioctl(&self, node: &Opened, cmd: u32, arg: &mut [u64; 8]) -> Result<i32, i32> {
        self.call(|| node.call(|file| call_ioctl(file, cmd, arg.as_mut_ptr())))
    }

    fn ioctl_nowhere(&self, node: &Opened, cmd: u32) -> Result<i32, i32> {
        node.call(|file| call_ioctl(file, cmd, std::ptr::null_mut()))
    }

    fn read(&self, node: &Opened) -> Result<usize, i32> {
        node.call(|mut file| file.read(&mut [0; 64]))
    }

    fn mmap(&self, node: &Opened, offset: u64, size: usize) -> Result<Mapping, i32> {
        node.call(|file| {
            let (file, offset) = (file.as_raw_fd(), offset as c_long);
            // SAFETY: A new mapping at an address of the kernel's choice.
            let address =
                unsafe { mmap(std::ptr::null_mut(), size, READ_WRITE, SHARED, file, offset) };
            if address.addr() == usize::MAX {
                return Err(io::Error::last_os_error());
            }
            Ok(Mapping { address, size })
        })
    }

    fn close(&self, node: Opened) {
        drop(node);
    }
}

/// A node with this number that is there whether or not the kernel has one.
fn by_number(minor: u32) -> String {
    let path = format!("/dev/by-number-{minor}");
    let name = CString::new(path.clone()).expect("a path has no null");
    let device = DRM_MAJOR << 8 | c_ulong::from(minor);
    // SAFETY: The path is null-terminated.
    unsafe { mknod(name.as_ptr(), CHARACTER_DEVICE, device) };
    path
}

/// Calls an ioctl with an argument that is larger than any of the scenario's, or nowhere.
fn call_ioctl(file: &File, cmd: u32, arg: *mut u64) -> io::Result<i32> {
    // SAFETY: What is nowhere the kernel does not find, and says so.
    checked(unsafe { ioctl(file.as_raw_fd(), cmd.into(), arg) })
}

fn checked(result: c_int) -> io::Result<i32> {
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(result)
}

fn number(error: io::Error) -> i32 {
    error.raw_os_error().unwrap_or(0)
}
