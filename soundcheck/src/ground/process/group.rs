//! A process and everything that it started.
//!
//! Owns the process groups, and the list of those that run. Each process is
//! started as the leader of a group. The tool adopts what outlives its parent
//! (`PR_SET_CHILD_SUBREAPER`); a process in another group or session is known
//! by a variable of its environment. One that has emptied its environment and
//! left its group escapes.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::os::fd::AsFd;
use std::os::fd::BorrowedFd;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt as _;
use std::process::Child;
use std::process::Command;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::Once;
use std::sync::PoisonError;
use std::sync::RwLock;

use rustix::process::kill_process;
use rustix::process::kill_process_group;
use rustix::process::pidfd_open;
use rustix::process::prlimit;
use rustix::process::set_child_subreaper;
use rustix::process::waitpgid;
use rustix::process::waitpid;
use rustix::process::Pid;
use rustix::process::PidfdFlags;
use rustix::process::Resource;
use rustix::process::Rlimit;
use rustix::process::Signal;
use rustix::process::WaitOptions;
use rustix::process::WaitStatus;

use crate::ground::process::ended::Ended;
use crate::ground::process::limits::Limits;
use crate::ground::process::spent;

/// A group, whose leader has not been waited for.
pub(super) struct Group {
    leader: Pid,
    ends: OwnedFd,
    mark: String,
}

/// Whoever starts or forgets a process holds it; [`end_all`] takes it for ever.
static GATE: RwLock<()> = RwLock::new(());

/// The leaders of the groups that run.
static RUNNING: Mutex<BTreeSet<i32>> = Mutex::new(BTreeSet::new());

/// The variable that names the run which a process belongs to.
const MARK: &str = "SOUNDCHECK_PROCESS";

/// So often processes are looked for that start others while they are ended.
const ROUNDS: usize = 100;

impl Group {
    /// Starts a command within limits.
    pub fn spawn(command: &mut Command, limits: &Limits) -> io::Result<(Self, Child)> {
        static ADOPT: Once = Once::new();
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        let own = rustix::process::getpid();
        // Without it, what changes its group is not found.
        ADOPT.call_once(|| {
            let _ = set_child_subreaper(Some(own));
        });
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let mark = format!("{}-{serial}", own.as_raw_pid());
        command.process_group(0).env(MARK, &mark);
        let _gate = GATE.read().unwrap_or_else(PoisonError::into_inner);
        let child = command.spawn()?;
        let leader = Pid::from_child(&child);
        limit(leader, limits);
        let ends = pidfd_open(leader, PidfdFlags::empty()).inspect_err(|_| kill_group(leader))?;
        running().insert(leader.as_raw_pid());
        let group = Self { leader, ends, mark };
        Ok((group, child))
    }

    /// Ends everything in the group.
    pub fn kill(&self) {
        kill_group(self.leader);
    }

    /// Waits for the end of the leader, which is near, and ends what outlives
    /// it. Returns how the leader ended, and how many others there were.
    pub fn end(self, limits: &Limits) -> io::Result<(Ended, usize)> {
        let mut ended = [rustix::event::PollFd::new(
            &self.ends,
            rustix::event::PollFlags::IN,
        )];
        while rustix::event::poll(&mut ended, None).is_err() {}
        // After a signal, nobody shall conclude anything from how we ended it.
        let _gate = GATE.read().unwrap_or_else(PoisonError::into_inner);
        spent::add(self.leader);
        let status = waitpid(Some(self.leader), WaitOptions::empty());
        let left = self.end_others() + if limits.daemons { 0 } else { self.end_strays() };
        running().remove(&self.leader.as_raw_pid());
        let (_, status) = status?.ok_or(io::ErrorKind::NotFound)?;
        Ok((ended_as(status), left))
    }

    /// Ends and counts what is left of the group. As long as somebody is in it,
    /// no other group can have its number.
    fn end_others(&self) -> usize {
        // Those that ended by themselves only wait to be forgotten.
        loop {
            match waitpgid(self.leader, WaitOptions::NOHANG) {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(_) => return 0,
            }
        }
        kill_group(self.leader);
        let mut count = 0;
        while matches!(waitpgid(self.leader, WaitOptions::empty()), Ok(Some(_))) {
            count += 1;
        }
        count
    }

    /// Ends and counts what has left the group.
    fn end_strays(&self) -> usize {
        let mut count = 0;
        for _ in 0..ROUNDS {
            let strays = self.strays();
            if strays.is_empty() {
                break;
            }
            for stray in strays {
                let _ = kill_process(stray, Signal::KILL);
                let _ = waitpid(Some(stray), WaitOptions::empty());
                count += 1;
            }
        }
        count
    }

    /// The adopted processes with the mark of this run.
    fn strays(&self) -> Vec<Pid> {
        let own = rustix::process::getpid().as_raw_pid();
        // What is adopted belongs to the first thread.
        let adopted = fs::read_to_string(format!("/proc/self/task/{own}/children"));
        let adopted = adopted.unwrap_or_default();
        let adopted = adopted
            .split_whitespace()
            .filter_map(|pid| pid.parse().ok());
        let leaders = running().clone();
        adopted
            .filter(|pid| !leaders.contains(pid) && self.has_marked(*pid))
            .filter_map(Pid::from_raw)
            .collect()
    }

    fn has_marked(&self, pid: i32) -> bool {
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        let mark = format!("{MARK}={}", self.mark);
        environment
            .split(|byte| *byte == 0)
            .any(|variable| variable == mark.as_bytes())
    }
}

impl AsFd for Group {
    /// Can be read when the leader has ended.
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.ends.as_fd()
    }
}

/// Ends every group, and lets nobody start or conclude anything any more.
pub(super) fn end_all() {
    std::mem::forget(GATE.write().unwrap_or_else(PoisonError::into_inner));
    for leader in running().iter().copied().filter_map(Pid::from_raw) {
        kill_group(leader);
    }
}

fn running() -> MutexGuard<'static, BTreeSet<i32>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn kill_group(leader: Pid) {
    // A group that is gone needs no end.
    let _ = kill_process_group(leader, Signal::KILL);
}

/// Limits a process that has just begun. The limit of processor time is for the
/// case that nobody is left to look at the clock.
fn limit(process: Pid, limits: &Limits) {
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    let both = |value: u64| Rlimit {
        current: Some(value),
        maximum: Some(value),
    };
    let seconds = limits.time.as_secs() + 1;
    // A process that has ended already needs no limits.
    let _ = prlimit(Some(process), Resource::Cpu, both(seconds * cores));
    if let Some(memory) = limits.memory {
        let _ = prlimit(Some(process), Resource::Data, both(memory));
    }
}

fn ended_as(status: WaitStatus) -> Ended {
    match (status.exit_status(), status.terminating_signal()) {
        (Some(status), _) => Ended::Status(status),
        (None, signal) => Ended::Signal(signal.unwrap_or_default()),
    }
}
