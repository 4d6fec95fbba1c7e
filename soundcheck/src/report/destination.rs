//! A file that a report goes to.
//!
//! What it contained is kept until something is written or flushed, so that a
//! call that judges nothing loses nothing. Errors name the file.

use std::fs::File;
use std::io;
use std::io::Write;

use camino::Utf8PathBuf;

/// A file that is emptied before its first use.
pub struct Destination {
    file: File,
    path: Utf8PathBuf,
    is_emptied: bool,
}

impl Destination {
    /// A file that is open for writing, and its path.
    pub fn new(file: File, path: Utf8PathBuf) -> Self {
        Self {
            file,
            path,
            is_emptied: false,
        }
    }

    /// Pipes and devices have nothing that could be emptied.
    fn empty(&mut self) -> io::Result<()> {
        if !self.is_emptied && self.file.metadata()?.is_file() {
            self.file.set_len(0)?;
        }
        self.is_emptied = true;
        Ok(())
    }

    fn named(&self, error: &io::Error) -> io::Error {
        io::Error::new(error.kind(), format!("{}: {error}", self.path))
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.empty().and_then(|()| self.file.write(bytes));
        written.map_err(|error| self.named(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.empty().and_then(|()| self.file.flush());
        flushed.map_err(|error| self.named(&error))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::fs::OpenOptions;

    use super::*;

    #[test]
    fn an_old_report_is_kept_until_the_run_starts() {
        let directory = tempfile::tempdir().expect("a temporary directory can be made");
        let path = Utf8PathBuf::try_from(directory.path().join("report")).expect("it is UTF-8");
        fs::write(&path, "an old and long report").expect("the file can be written");
        let read = || fs::read_to_string(&path).expect("the file can be read");

        let file = OpenOptions::new().write(true).open(&path);
        let mut file = Destination::new(file.expect("it is there"), path.clone());
        assert_eq!(read(), "an old and long report");
        file.flush().expect("the file can be emptied");
        assert_eq!(read(), "");
        file.write_all(b"new").expect("the file can be written");
        assert_eq!(read(), "new");
    }
}
