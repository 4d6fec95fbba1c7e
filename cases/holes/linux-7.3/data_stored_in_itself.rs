//! Registration data can be made to hold, or to hand out, a reference to itself.
//!
//! `Device::registration_data_with` lends `&'a T::RegistrationData<'a>`: one lifetime both for the
//! borrow and for what the data borrows. When the data is invariant, a closure that is generic over
//! this one lifetime may store the reference wherever the data can reach. Here that is a lock outside
//! of the registration, which the data borrows. It outlives the registration, and then refers to
//! registration data that was freed. Stored in the data itself, the reference is read while the data
//! is dropped, after what it refers to.
//!
//! Where: `rust/kernel/drm/device.rs`, `Device::<T, Registered>::registration_data_with`; the same
//! bound is in `rust/kernel/auxiliary.rs`, `Device::registration_data_with`.
//!
//! To close it: two lifetimes, `F: for<'a, 'b> FnOnce(&'b T::RegistrationData<'a>) -> R`.
//@ claim: registration-data-two-lifetimes
//@ generations: linux-7.3
//@ violation: use-after-free
use driver::{syscall, with_parent, with_registered};
use hw_stub::client::Node;
use kernel::error::{Error, Result};
use kernel::{drm, uapi};
use std::sync::Mutex;

/// Registration data that borrows a place to put something.
pub struct Data<'a> {
    value: u64,
    place: &'a Mutex<Option<&'a Data<'a>>>,
}

driver::minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
registration_data<'a>: Data<'a>, parent: faux, ioctls: {
    (NOVA_GETPARAM, drm_nova_getparam, 0, get_param),
});

fn get_param(
    dev: &drm::Device<Gpu, drm::Registered>,
    _data: &Data<'_>,
    _arg: &mut uapi::drm_nova_getparam,
    _file: &drm::File<GpuClient>,
) -> Result<u32> {
    dev.registration_data_with(|data| {
        if let Ok(mut place) = data.place.lock() {
            *place = Some(data);
        }
    });
    Ok(0)
}

pub fn main() -> Result {
    with_parent(|parent| {
        let place = Mutex::new(None);
        let data = Ok::<_, Error>(Data {
            value: 7,
            place: &place,
        });
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        with_registered(parent.as_ref(), dev, data, |_| {
            let file = syscall(Node::primary(0).open())?;
            let mut arg = uapi::drm_nova_getparam::default();
            syscall(file.ioctl(uapi::DRM_IOCTL_NOVA_GETPARAM, &mut arg)).map(drop)
        })?;
        if let Ok(Some(data)) = place.lock().as_deref() {
            assert_eq!(data.value, 7);
        }
        Ok(())
    })
}
