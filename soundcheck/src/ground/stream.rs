//! Standard output and standard error.
//!
//! Owns what happens when a reader goes away, as `head` does once it has seen
//! enough: the tool ends without a word, with the status of a program that the
//! signal for that has ended. Reports in files have nothing to do with it.

use std::io;
use std::io::IsTerminal as _;
use std::io::Write;

/// The status by which a shell tells that SIGPIPE has ended a program.
const CLOSED: i32 = 128 + 13;

/// Standard output, with colour where it is wanted.
pub struct Output(anstream::AutoStream<io::Stdout>);

/// Standard output.
pub fn stdout() -> Output {
    Output(anstream::stdout())
}

/// Prints a line.
pub fn say(line: &str) {
    // What else may be wrong with the stream is told by the reports.
    drop(writeln!(stdout(), "{line}"));
}

/// Prints a line to standard error. Without anybody to read it, there is nobody
/// to tell that either.
pub fn complain(line: &str) {
    drop(writeln!(anstream::stderr(), "{line}"));
}

/// Prints a line to standard error, where a bar of progress may stand.
pub fn tell(line: &str) {
    match is_watched() {
        true => complain(&format!("\r\x1b[2K{line}")),
        false => complain(line),
    }
}

/// Whether somebody sits in front of standard error.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).inspect_err(leave_if_closed)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().inspect_err(leave_if_closed)
    }
}

fn leave_if_closed(error: &io::Error) {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(CLOSED);
    }
}
