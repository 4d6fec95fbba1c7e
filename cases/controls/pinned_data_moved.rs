//! Pinned data that is moved before its drop, as a packed structure moves its fields.
//@ claim: fields-are-aligned
//@ generations: api, linux-7.3, linux-7.2
//@ violation: data-dropped-uninitialised + data-never-dropped
use driver::Tracked;
use kernel::alloc::{flags::GFP_KERNEL, KBox};
use kernel::error::Result;
use kernel::init::InPlaceInit;

pub fn main() -> Result {
    let tracked = KBox::pin_init(Tracked::new("moved"), GFP_KERNEL)?;
    // SAFETY: The box is only taken apart.
    let place = KBox::into_raw(unsafe { core::pin::Pin::into_inner_unchecked(tracked) });
    // SAFETY: The box owned the value. BREAKS the rule that pinned data stays where it is.
    drop(unsafe { place.read() });
    // SAFETY: The memory is that of the box; there is nothing left to drop in it.
    drop(unsafe { KBox::from_raw(place.cast::<core::mem::MaybeUninit<Tracked>>()) });
    Ok(())
}
