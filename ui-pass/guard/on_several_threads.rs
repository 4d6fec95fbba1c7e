//! Each thread takes a guard of its own, all at the same time, and drops it there.
//@ claim: guard-stays-on-thread
//@ generations: api, linux-7.3
use driver::{ioctl_device, with_registration};
use kernel::error::{code::ENODEV, Result};
use std::sync::Barrier;
use std::thread;

pub fn main() -> Result {
    with_registration(|registration| {
        let all_hold = Barrier::new(3);
        thread::scope(|scope| {
            let threads = [(); 3].map(|()| {
                scope.spawn(|| {
                    let guard = ioctl_device(registration).registration_guard();
                    all_hold.wait();
                    let guard = guard.ok_or(ENODEV)?;
                    assert_eq!(guard.registration_data_with(|data| data.value), 7);
                    Ok(())
                })
            });
            let results = threads.map(|thread| thread.join().expect("no thread panics"));
            results.into_iter().collect()
        })
    })
}
