//! The descriptor over which a report is given, apart from everything that the program prints.
//!
//! The runner takes it before the program begins, and reads from it the token that its report must
//! carry. Neither is in the arguments, the environment or the children of the program. That guards
//! against accidents and simple forgeries, and no further: both are in the memory of the process.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, IntoRawFd};
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::OnceLock;

/// Where the report goes; standard output unless somebody asks otherwise.
static REPORTS: AtomicI32 = AtomicI32::new(libc::STDOUT_FILENO);
static TOKEN: OnceLock<String> = OnceLock::new();

/// A token is not longer.
const LONGEST: u64 = 128;

/// Moves a descriptor that the caller gave away to where the program does not look, and reads the
/// token from it. From now on the process ends with its parent.
pub(crate) fn open(given: i32) -> io::Result<()> {
    // SAFETY: Neither call touches memory, and the descriptors are checked by the system.
    let moved = unsafe {
        libc::prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL);
        libc::fcntl(given, libc::F_DUPFD_CLOEXEC, 3)
    };
    if moved < 0 {
        return Err(io::Error::last_os_error());
    }
    let nothing = File::options().read(true).write(true).open("/dev/null")?;
    // SAFETY: The given descriptor is the runner's to close, and `moved` is new.
    let channel = unsafe {
        libc::dup2(nothing.as_raw_fd(), given);
        File::from_raw_fd(moved)
    };
    TOKEN.get_or_init(|| first_line(&channel));
    REPORTS.store(channel.into_raw_fd(), Ordering::SeqCst);
    Ok(())
}

/// What the report must carry, if somebody asked for a report of its own.
pub(crate) fn token() -> Option<&'static str> {
    TOKEN.get().map(String::as_str)
}

/// The descriptor itself, for the handler of a fatal signal.
pub(crate) fn descriptor() -> i32 {
    REPORTS.load(Ordering::SeqCst)
}

/// Writes the one report; nothing can be written afterwards.
pub(crate) fn write(line: &str) {
    // A reader that has gone away cannot be told anything; the exit code still says it.
    if token().is_some() {
        // SAFETY: The descriptor was made by `open`, and nobody else takes it.
        let mut channel = unsafe { File::from_raw_fd(REPORTS.swap(-1, Ordering::SeqCst)) };
        let _ = channel.write_all(line.as_bytes());
    } else {
        let mut stdout = io::stdout().lock();
        let _ = writeln!(stdout, "{line}");
        let _ = stdout.flush();
    }
}

/// The token is all that is there, so nothing is lost in the buffer.
fn first_line(file: &File) -> String {
    let mut line = String::new();
    // A token that cannot be read makes a report that nobody believes.
    let _ = BufReader::new(file.take(LONGEST)).read_line(&mut line);
    line.trim_end().to_owned()
}
