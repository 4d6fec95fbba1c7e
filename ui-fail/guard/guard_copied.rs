//! A guard cannot be copied: its section would be left twice.
//@ claim: guard-not-forged
//@ generations: api, linux-7.3
use kernel::drm;

fn case<T: drm::Driver>(guard: drm::RegistrationGuard<'_, T>) {
    drop(guard);
    #[cfg(not(twin))]
    drop(guard); //~ E0382 moved
}

fn main() {}
