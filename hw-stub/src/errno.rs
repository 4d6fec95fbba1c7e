//! Error numbers as userspace sees them.

use std::fmt;

/// A positive error number, as in `errno`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Errno(pub i32);

impl Errno {
    /// Splits the return value of a C function: a negative one is an error.
    pub(crate) fn check(result: i64) -> Result<i64, Errno> {
        if result < 0 {
            return Err(Errno(-result as i32));
        }
        Ok(result)
    }

    fn name(self) -> Option<&'static str> {
        Some(match self.0 {
            libc::EPERM => "EPERM",
            libc::ENOENT => "ENOENT",
            libc::EIO => "EIO",
            libc::EAGAIN => "EAGAIN",
            libc::ENOMEM => "ENOMEM",
            libc::EACCES => "EACCES",
            libc::EFAULT => "EFAULT",
            libc::EBUSY => "EBUSY",
            libc::EEXIST => "EEXIST",
            libc::ENODEV => "ENODEV",
            libc::EINVAL => "EINVAL",
            libc::ENOTTY => "ENOTTY",
            libc::ENOSPC => "ENOSPC",
            libc::EOPNOTSUPP => "EOPNOTSUPP",
            libc::ETIMEDOUT => "ETIMEDOUT",
            _ => return None,
        })
    }
}

impl fmt::Display for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "errno {}", self.0),
        }
    }
}

impl fmt::Debug for Errno {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Errno {}

impl From<Errno> for i32 {
    /// The positive error number.
    fn from(errno: Errno) -> i32 {
        errno.0
    }
}

/// The result of a call as the trace shows it: `0`, a number, or the name of an error.
pub(crate) fn outcome(result: i64) -> String {
    match Errno::check(result) {
        Ok(value) => value.to_string(),
        Err(errno) => format!("-{errno}"),
    }
}
