//! Fatal signals and runs that do not end.
//!
//! A signal handler may do next to nothing, so ours only passes on what happened to the watchdog, an
//! ordinary thread, which turns a fault into a violation, gives the report and ends the process.

use std::sync::atomic::{AtomicI32, AtomicU32, AtomicUsize, Ordering};
use std::sync::OnceLock;
use std::time::Duration;

use crate::arena::{self, Block};
use crate::channel;
use crate::oracle::{report_fatal, Kind};
use crate::report::{emergency_line, finish, Outcome, Run};
use crate::thread;

static SIGNAL: AtomicI32 = AtomicI32::new(0);
static ADDRESS: AtomicUsize = AtomicUsize::new(0);
static THREAD: AtomicU32 = AtomicU32::new(0);
/// The end of a pipe that the handler writes to.
static WAKE: AtomicI32 = AtomicI32::new(-1);
static EMERGENCY: OnceLock<String> = OnceLock::new();

/// What made the program abort, as its panic hook saw it.
static PANIC: OnceLock<String> = OnceLock::new();

/// How long the watchdog has to report before the handler gives up on it.
const PATIENCE_MS: i32 = 3000;

/// Watches the process until it ends; a run longer than `limit` is ended.
pub(crate) fn watch(run: Run, limit: Duration) {
    EMERGENCY.get_or_init(|| emergency_line(&run));
    let mut ends = [0; 2];
    // SAFETY: The array has room for the two ends.
    let result = unsafe { libc::pipe(ends.as_mut_ptr()) };
    assert_eq!(result, 0, "a fresh process can have a pipe");
    WAKE.store(ends[1], Ordering::SeqCst);
    thread::spawn_own(move || watchdog(&run, ends[0], limit));
    std::panic::set_hook(Box::new(|info| {
        PANIC.get_or_init(|| info.to_string());
        eprintln!("{info}");
    }));
    install(libc::SIGABRT);
    if cfg!(not(asan)) {
        // AddressSanitizer has handlers of its own, and reports more.
        install(libc::SIGSEGV);
        install(libc::SIGBUS);
    }
}

/// What the first panic said.
pub(crate) fn panic_message() -> Option<String> {
    PANIC.get().cloned()
}

fn install(signal: i32) {
    type Handler = extern "C" fn(i32, *mut libc::siginfo_t, *mut libc::c_void);
    let handler: Handler = handle;
    // SAFETY: All-zero bytes are a `sigaction`; the handler only uses what a handler may. Rust's
    // runtime has given each thread a stack for it.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        libc::sigaction(signal, &action, std::ptr::null_mut());
    }
}

extern "C" fn handle(signal: i32, info: *mut libc::siginfo_t, _: *mut libc::c_void) {
    if SIGNAL
        .compare_exchange(0, signal, Ordering::SeqCst, Ordering::SeqCst)
        .is_ok()
    {
        // SAFETY: The system passes a valid `siginfo_t`.
        let address = unsafe { (*info).si_addr() }.addr();
        ADDRESS.store(address, Ordering::SeqCst);
        THREAD.store(thread::current().to_raw(), Ordering::SeqCst);
        // SAFETY: `write` may be called in a handler; the byte is a constant.
        unsafe { libc::write(WAKE.load(Ordering::SeqCst), [0u8].as_ptr().cast(), 1) };
    }
    // SAFETY: `poll`, `write` and `_exit` may be called in a handler. The watchdog ends the process
    // before this sleep is over, unless it waits for a lock of this thread.
    unsafe {
        libc::poll(std::ptr::null_mut(), 0, PATIENCE_MS);
        if let Some(line) = EMERGENCY.get() {
            libc::write(channel::descriptor(), line.as_ptr().cast(), line.len());
        }
        libc::_exit(1);
    }
}

fn watchdog(run: &Run, wake: i32, limit: Duration) {
    let mut poll = libc::pollfd {
        fd: wake,
        events: libc::POLLIN,
        revents: 0,
    };
    let millis = i32::try_from(limit.as_millis()).unwrap_or(i32::MAX);
    // SAFETY: `poll` is one valid entry.
    let woken = unsafe { libc::poll(&mut poll, 1, millis) };
    let thread = thread::Id::from_raw(THREAD.load(Ordering::SeqCst));
    if woken == 0 {
        let message = format!("the program did not end in {limit:?}");
        report_fatal(
            thread::current(),
            Kind::Timeout,
            &message,
            None,
            "the end of time".into(),
        );
        finish(run, Outcome::Timeout, None);
    }
    if SIGNAL.load(Ordering::SeqCst) == libc::SIGABRT {
        report_abort(thread);
    } else {
        report_fault(thread, ADDRESS.load(Ordering::SeqCst));
    }
    finish(run, Outcome::Panic, None);
}

fn report_abort(thread: thread::Id) {
    match panic_message() {
        Some(message) => report_fatal(thread, Kind::Panic, &message, None, "panic".into()),
        None => {
            let message = "the program aborted";
            report_fatal(thread, Kind::Abort, message, None, "abort".into());
        }
    }
}

/// Names the misuse behind an access to memory that cannot be touched.
fn report_fault(thread: thread::Id, address: usize) {
    let Some(block) = arena::find_soon(address) else {
        let message = format!(
            "access to address {}",
            if address < 4096 { "null" } else { "of nobody" }
        );
        return report_fatal(thread, Kind::WildAccess, &message, None, "access".into());
    };
    let offset = address.wrapping_sub(block.start) as isize;
    let text = format!("access to {} at offset {offset}", block.name);
    let (kind, first) = classify(&block, address);
    let message = match kind {
        Kind::UseAfterFree => format!("access to {} after it was freed", block.name),
        _ => format!(
            "access to offset {offset} of {}, which has {} bytes",
            block.name, block.size
        ),
    };
    report_fatal(thread, kind, &message, Some(first), text);
}

fn classify(block: &Block, address: usize) -> (Kind, crate::oracle::Seq) {
    match block.freed {
        Some(freed) => (Kind::UseAfterFree, freed),
        None if address >= block.start + block.size => (block.overflow_kind(), block.allocated),
        None => (Kind::OutOfBounds, block.allocated),
    }
}
