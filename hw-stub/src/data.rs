//! Rust values, whose construction and drop C cannot see.
//!
//! Types that are to be watched call the two hooks from their initialiser and their `Drop`. The
//! hooks are no part of `bindings`, since no kernel has them.

use std::collections::HashMap;
use std::ffi::c_void;
use std::ops::Range;
use std::sync::Mutex;

use crate::abi::key;
use crate::arena;
use crate::oracle::{report, report_leak, Kind, Seq};
use crate::sync::lock;

/// Values of one kind at one address. More than one can be alive only if they have no size.
struct Values {
    size: usize,
    alive: Vec<Seq>,
    dropped: Option<Seq>,
}

type Table = HashMap<(String, usize), Values>;

static VALUES: Mutex<Option<Table>> = Mutex::new(None);

/// A value of `size` bytes was constructed at `addr`, where it stays. `kind` names its type.
///
/// # Safety
///
/// `kind` points to `len` bytes of text.
#[no_mangle]
pub unsafe extern "C" fn hw_stub_data_constructed(
    kind: *const u8,
    len: usize,
    addr: *const c_void,
    size: usize,
) {
    // SAFETY: The caller's promise.
    let kind = unsafe { text(kind, len) };
    let now = event!("constructed {kind}");
    if let Some(old) = construct(&kind, key(addr), size, now) {
        let message = format!("{kind} was overwritten by another before it was dropped");
        report(Kind::DataNeverDropped, message, Some(old), now);
    }
}

/// The value at `addr` is being dropped.
///
/// # Safety
///
/// `kind` points to `len` bytes of text.
#[no_mangle]
pub unsafe extern "C" fn hw_stub_data_dropped(kind: *const u8, len: usize, addr: *const c_void) {
    // SAFETY: The caller's promise.
    let kind = unsafe { text(kind, len) };
    let now = event!("dropped {kind}");
    let was_alive = drop_value(&kind, key(addr), now);
    if let Some(freed) = arena::freed(key(addr)).and_then(|block| block.freed) {
        let message = format!("{kind} was dropped after its memory was freed");
        return report(Kind::UseAfterFree, message, Some(freed), now);
    }
    match was_alive {
        Ok(()) => {}
        Err(Some(first)) => {
            let message = format!("{kind} was dropped twice");
            report(Kind::DataDroppedTwice, message, Some(first), now);
        }
        Err(None) => {
            let message = format!("{kind} was dropped, but never initialised");
            report(Kind::DataDroppedUninitialised, message, None, now);
        }
    }
}

/// Reports values that live in memory which is being freed.
pub(crate) fn memory_freed(range: &Range<usize>, now: Seq) {
    for (kind, alive) in take(|address, _| range.contains(&address)) {
        let message = format!("{kind} was not dropped before its memory was freed");
        report(Kind::DataNeverDropped, message, Some(alive), now);
    }
}

/// Reports values that nobody dropped.
pub(crate) fn check_at_end() {
    for (kind, alive) in take(|_, _| true) {
        let message = format!("{kind} was never dropped");
        report_leak(Kind::DataNeverDropped, message, alive);
    }
}

fn construct(kind: &str, address: usize, size: usize, now: Seq) -> Option<Seq> {
    let mut values = lock(&VALUES);
    let values = values.get_or_insert_default();
    let entry = values.entry((kind.into(), address));
    let value = entry.or_insert(Values {
        size,
        alive: vec![],
        dropped: None,
    });
    let old = if size > 0 { value.alive.pop() } else { None };
    value.alive.push(now);
    old
}

/// Ends a value; if none was alive there, says when the last one was dropped.
fn drop_value(kind: &str, address: usize, now: Seq) -> Result<(), Option<Seq>> {
    let mut values = lock(&VALUES);
    let key = (kind.to_owned(), address);
    let value = values.get_or_insert_default().get_mut(&key);
    let Some(value) = value else { return Err(None) };
    match value.alive.pop() {
        Some(_) => {
            value.dropped = Some(now);
            Ok(())
        }
        None => Err(value.dropped),
    }
}

/// Takes the values out of the table whose address and size fit, in the order of construction.
fn take(fits: impl Fn(usize, usize) -> bool) -> Vec<(String, Seq)> {
    let mut values = lock(&VALUES);
    let mut alive = Vec::new();
    for ((kind, address), value) in values.get_or_insert_default() {
        if fits(*address, value.size) {
            alive.extend(value.alive.drain(..).map(|seq| (kind.clone(), seq)));
        }
    }
    alive.sort_by_key(|(_, seq)| *seq);
    alive
}

/// # Safety
///
/// `kind` points to `len` bytes.
unsafe fn text(kind: *const u8, len: usize) -> String {
    // SAFETY: The caller's promise.
    let bytes = unsafe { std::slice::from_raw_parts(kind, len) };
    String::from_utf8_lossy(bytes).into_owned()
}
