//! A work item at an odd address, where a packed structure would put it.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3, linux-7.2
//@ violation: misaligned-object
use core::ptr::{null, null_mut};
use kernel::alloc::{flags::GFP_KERNEL, KBox};
use kernel::error::Result;

unsafe extern "C" fn run(_: *mut bindings::work_struct) {}

pub fn main() -> Result {
    let mut place = KBox::new([0u64; 32], GFP_KERNEL)?;
    let odd: *mut bindings::work_struct = place.as_mut_ptr().wrapping_byte_add(1).cast();
    // SAFETY: The place is larger than a work item, which has run when the queue is empty. BREAKS
    // the rule that it is aligned.
    unsafe {
        bindings::init_work_with_key(odd, Some(run), false, null(), null_mut());
        bindings::queue_work_on(0, bindings::system_wq, odd);
        bindings::__flush_workqueue(bindings::system_wq);
    }
    Ok(())
}
