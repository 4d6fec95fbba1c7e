//! The tracer as a part of a real kernel.

use kernel::bindings;

mod callbacks;
mod names;
mod seen;
mod trace;

/// What goes before each line in the kernel's log.
const __LOG_PREFIX: &[u8] = b"fidelity\0";

/// Objects do not hold their device.
const OBJECTS_HOLD_DEVICES: bool = false;

/// A line of the trace.
fn print(line: seen::Text<'_>) {
    kernel::pr_info!("{}\n", line);
}
