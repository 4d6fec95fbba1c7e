//! Under a guard a device tells its minor numbers, which are those that userspace opens.
//@ claim: minor-needs-registered
use driver::with_registration;
use hw_stub::client;
use kernel::error::{code::ENODEV, Result};

pub fn main() -> Result {
    with_registration(|registration| {
        let guard = registration.ioctl_device().registration_guard();
        let guard = guard.ok_or(ENODEV)?;
        let primary = client::primary_nodes().first().map(|node| node.index());
        let render = client::render_nodes().first().map(|node| node.index());
        assert_eq!(Some(guard.primary_minor()?), primary);
        assert_eq!(Some(guard.render_minor()?), render);
        assert_eq!(render, Some(128));
        Ok(())
    })
}
