//! What a process writes, read while it runs and no further than a limit.
//!
//! One thread waits for all of it and for the end of the process, so nothing
//! that a process writes can block it, and nothing that it leaves open can
//! block us.

use std::fs::File;
use std::io;
use std::io::Read as _;
use std::os::fd::AsFd as _;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::Child;
use std::time::Duration;
use std::time::Instant;

use rustix::event::PollFd;
use rustix::event::PollFlags;
use rustix::event::Timespec;
use rustix::io::Errno;

use crate::ground::process::ended::Ended;
use crate::ground::process::group::Group;

/// The descriptors that a process writes to, and what came from them.
pub(super) struct Streams {
    streams: [Stream; 3],
    limit: usize,
}

/// A descriptor until its end, and what was read from it.
struct Stream {
    file: Option<File>,
    bytes: Vec<u8>,
}

/// Nothing is read in larger pieces.
const PIECE: usize = 64 << 10;

impl Streams {
    /// Those of a child, and a channel if it has one.
    pub fn of(mut child: Child, channel: Option<UnixStream>, limit: usize) -> Self {
        let stdout = child.stdout.take().map(OwnedFd::from);
        let stderr = child.stderr.take().map(OwnedFd::from);
        let streams = [stdout, stderr, channel.map(OwnedFd::from)];
        Self {
            streams: streams.map(Stream::new),
            limit,
        }
    }

    /// Reads until the leader of a group has ended; why it must be ended, if it
    /// has not.
    pub fn watch(&mut self, group: &Group, time: Duration) -> io::Result<Option<Ended>> {
        let deadline = Instant::now() + time;
        loop {
            let rest = deadline.saturating_duration_since(Instant::now());
            if rest.is_zero() {
                return Ok(Some(Ended::TimedOut(time)));
            }
            if self.read(Some(group), rest)? {
                return Ok(None);
            }
            if let Some(excess) = self.excess() {
                return Ok(Some(excess));
            }
        }
    }

    /// Reads what is there and was not read yet.
    pub fn drain(&mut self) -> io::Result<()> {
        while self.excess().is_none() && self.read(None, Duration::ZERO)? {}
        Ok(())
    }

    /// That too much was written, if it was.
    pub fn excess(&self) -> Option<Ended> {
        let written: usize = self.streams.iter().map(|stream| stream.bytes.len()).sum();
        (written > self.limit).then_some(Ended::TooMuchOutput(self.limit))
    }

    /// What was written to standard output, to standard error and to the channel.
    pub fn texts(self) -> [String; 3] {
        self.streams
            .map(|stream| String::from_utf8_lossy(&stream.bytes).into_owned())
    }

    /// Waits for one of the descriptors, and reads from all that have
    /// something. With a group, returns whether its leader has ended; without,
    /// whether anything was read.
    fn read(&mut self, group: Option<&Group>, time: Duration) -> io::Result<bool> {
        let (ready, has_ended) = self.ready(group, time)?;
        let is_any = ready.contains(&true);
        for (stream, _) in self
            .streams
            .iter_mut()
            .zip(ready)
            .filter(|(_, ready)| *ready)
        {
            stream.read()?;
        }
        Ok(if group.is_some() { has_ended } else { is_any })
    }

    /// Which of the descriptors can be read, and whether the leader has ended.
    fn ready(&self, group: Option<&Group>, time: Duration) -> io::Result<([bool; 3], bool)> {
        let open = (0..3).filter_map(|index| Some((index, self.streams[index].file.as_ref()?)));
        let (indices, mut polled): (Vec<usize>, Vec<PollFd<'_>>) = open
            .map(|(index, file)| (index, PollFd::new(file, PollFlags::IN)))
            .unzip();
        polled.extend(group.map(|group| PollFd::from_borrowed_fd(group.as_fd(), PollFlags::IN)));
        let time = Timespec::try_from(time).map_err(io::Error::other)?;
        match rustix::event::poll(&mut polled, Some(&time)) {
            Err(Errno::INTR) => return Ok(([false; 3], false)),
            result => result?,
        };
        let mut ready = [false; 3];
        for (index, polled) in indices.iter().zip(&polled) {
            ready[*index] = !polled.revents().is_empty();
        }
        let leader = polled.get(indices.len());
        let has_ended = leader.is_some_and(|leader| !leader.revents().is_empty());
        Ok((ready, has_ended))
    }
}

impl Stream {
    fn new(file: Option<OwnedFd>) -> Self {
        Self {
            file: file.map(File::from),
            bytes: Vec::new(),
        }
    }

    /// Reads one piece, which is there; a descriptor at its end is closed.
    fn read(&mut self) -> io::Result<()> {
        let Some(file) = &mut self.file else {
            return Ok(());
        };
        let mut piece = [0; PIECE];
        match file.read(&mut piece) {
            // A channel that was closed with something unread ends so.
            Ok(0) | Err(_) => self.file = None,
            Ok(length) => self.bytes.extend_from_slice(&piece[..length]),
        }
        Ok(())
    }
}
