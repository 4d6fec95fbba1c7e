//! Managed resources are released when their device is unbound, the newest first.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3
use kernel::alloc::flags::GFP_KERNEL;
use kernel::error::Result;
use kernel::{devres, faux};
use std::sync::Mutex;

static RELEASED: Mutex<Vec<u32>> = Mutex::new(Vec::new());

struct Numbered(u32);

impl Drop for Numbered {
    fn drop(&mut self) {
        if let Ok(mut released) = RELEASED.lock() {
            released.push(self.0);
        }
    }
}

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let mut added = Vec::new();
    let mut result = Ok(());
    for number in 0..3 {
        result = devres::register(parent.as_ref().as_ref(), Numbered(number), GFP_KERNEL);
        if result.is_err() {
            break;
        }
        added.push(number);
    }
    // A resource that could not be added was released at once.
    RELEASED
        .lock()
        .map(|mut released| released.clear())
        .unwrap_or_default();
    drop(parent);
    added.reverse();
    assert!(RELEASED.lock().is_ok_and(|released| *released == added));
    result
}
