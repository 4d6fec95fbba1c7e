//! A device that was unplugged gives no guard any more, however often it is asked.
//@ claim: guard-not-forged
//@ generations: api, linux-7.3
use driver::{ever_registered, with_registration};
use kernel::error::Result;

pub fn main() -> Result {
    let dev = with_registration(|registration| Ok(ever_registered(registration)))?;
    for _ in 0..3 {
        assert!(dev.registration_guard().is_none());
    }
    Ok(())
}
