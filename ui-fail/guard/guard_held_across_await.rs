//! A future that holds a guard while it waits cannot be sent, because it would go on, and leave the
//! section, on another thread.
//@ claim: guard-stays-on-thread
//@ generations: api, linux-7.3
use kernel::drm;

fn spawn(_: impl core::future::Future + Send) {}

#[cfg(not(twin))]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let task = async {
        let _guard = dev.registration_guard();
        core::future::ready(()).await;
    };
    spawn(task); //~ "future cannot be sent between threads safely"
}
#[cfg(twin)]
fn case<T: drm::Driver>(dev: &drm::Device<T, drm::Ioctl>) {
    let task = async {
        drop(dev.registration_guard());
        core::future::ready(()).await;
    };
    spawn(task);
}

fn main() {}
