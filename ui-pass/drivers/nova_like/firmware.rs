//! The firmware that a driver talks to: it can be told to take its time, so that an ioctl is known
//! to be running.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the firmware answers.
pub const ANSWER: u64 = 256 << 20;

struct Firmware {
    busy: bool,
    waiting: u32,
}

static FIRMWARE: Mutex<Firmware> = Mutex::new(Firmware {
    busy: false,
    waiting: 0,
});
static CHANGED: Condvar = Condvar::new();

/// Asks for the size of the memory; waits while the firmware is busy.
pub fn ask(_log_size: usize) -> u64 {
    let mut firmware = lock();
    firmware.waiting += 1;
    CHANGED.notify_all();
    while firmware.busy {
        firmware = CHANGED
            .wait(firmware)
            .unwrap_or_else(PoisonError::into_inner);
    }
    firmware.waiting -= 1;
    ANSWER
}

/// Says whether the firmware has other things to do.
pub fn set_busy(busy: bool) {
    lock().busy = busy;
    CHANGED.notify_all();
}

/// Waits until somebody waits for an answer, or `is_over`; tells whether somebody does.
pub fn wait_for_question(is_over: impl Fn() -> bool) -> bool {
    let mut firmware = lock();
    while firmware.waiting == 0 && !is_over() {
        let waited = CHANGED.wait_timeout(firmware, Duration::from_millis(1));
        firmware = waited.unwrap_or_else(PoisonError::into_inner).0;
    }
    firmware.waiting > 0
}

fn lock() -> MutexGuard<'static, Firmware> {
    FIRMWARE.lock().unwrap_or_else(PoisonError::into_inner)
}
