//! Threads ask a device over and over while it is unplugged: each gets a guard or none, and a guard
//! always lends living data.
//@ claim: ever-needs-ioctl
use driver::{with_registration, Probe};
use kernel::drm::EverRegistered;
use kernel::error::Result;
use std::thread;
use std::time::Duration;

pub fn main() -> Result {
    let threads = with_registration(|registration| {
        let dev = EverRegistered::from(registration.ioctl_device());
        let threads = [(); 3].map(|()| {
            let dev = dev.clone();
            thread::spawn(move || ask(&dev))
        });
        thread::sleep(Duration::from_millis(2));
        Ok(threads)
    })?;
    for thread in threads {
        thread.join().expect("no thread panics");
    }
    Ok(())
}

fn ask(dev: &EverRegistered<Probe>) {
    while let Some(guard) = dev.registration_guard() {
        assert_eq!(guard.registration_data_with(|data| data.value), 7);
    }
}
