//! With one lifetime for the registration data and the borrow of it, the data can be made to refer
//! to itself: when it is dropped, one part reads another that was freed.
//@ claim: registration-data-two-lifetimes
//@ generations: api, linux-7.3
//@ violation: use-after-free
use driver::{ioctl_device, minimal_driver, with_parent};
use kernel::alloc::{flags::GFP_KERNEL, KBox};
use kernel::drm;
use kernel::error::{code::ENODEV, Error, Result};
use std::sync::Mutex;

/// Reads what it refers to when it is dropped.
#[derive(Default)]
pub struct Reader<'a>(Mutex<Option<&'a u64>>);

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        if let Ok(Some(value)) = self.0.get_mut() {
            assert_eq!(**value, 7);
        }
    }
}

/// The value goes first.
pub struct Data<'a> {
    value: KBox<u64>,
    reader: Reader<'a>,
}

minimal_driver!(Gpu, GpuClient, GpuBuffer, data: (),
    registration_data<'a>: Data<'a>, parent: faux, ioctls: {});

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Gpu>::new(parent, Ok(()))?;
        let data = Ok::<_, Error>(Data {
            value: KBox::new(7, GFP_KERNEL)?,
            reader: Reader::default(),
        });
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        let guard = ioctl_device(&registration).registration_guard();
        guard.ok_or(ENODEV)?.registration_data_with(|data| {
            let value: *const u64 = &raw const *data.value;
            if let Ok(mut reader) = data.reader.0.lock() {
                // SAFETY: The value is alive. BREAKS the rule that the data's own lifetime is
                // longer than any borrow of the data.
                *reader = Some(unsafe { &*value });
            }
        });
        Ok(())
    })
}
