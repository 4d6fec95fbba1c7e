//! A device that a guard lends is not used after the block that the guard lives in.
//@ claim: guard-lends-no-longer
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(ever: &drm::Device<T, drm::Ioctl>) {
    let dev: &drm::Device<T, drm::Registered>;
    {
        let Some(guard) = ever.registration_guard() else {
            return;
        };
        dev = &guard; //~ E0597 guard
    }
    dev.registration_data_with(|_| ());
}
#[cfg(twin)]
fn case<T: drm::Driver>(ever: &drm::Device<T, drm::Ioctl>) {
    let dev: &drm::Device<T, drm::Registered>;
    let Some(guard) = ever.registration_guard() else {
        return;
    };
    dev = &guard;
    dev.registration_data_with(|_| ());
}

fn main() {}
