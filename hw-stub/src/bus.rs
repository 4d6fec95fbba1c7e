//! Hardware that appears and goes.
//!
//! A device is probed when it is added if its driver is registered, and when the driver is
//! registered otherwise. Dropping a device takes it away, which unbinds its driver first.

mod auxiliary;
mod platform;

use bindings::device;

use crate::abi::pointer;
use crate::base::{bind, device as core_device, driver};

pub use auxiliary::AuxiliaryDevice;
pub use platform::{PlatformDevice, PlatformDeviceBuilder};

/// What all devices of this module have in common: an address in the device table.
///
/// # Invariants
///
/// The device exists until `remove` is called, which happens once.
struct Hardware {
    dev: usize,
    bus: bind::Bus,
}

impl Hardware {
    fn add(dev: *mut device, bus: bind::Bus) -> Self {
        driver::add_device(dev, bus);
        Self {
            dev: crate::abi::key(dev),
            bus,
        }
    }

    fn device(&self) -> *mut device {
        pointer(self.dev)
    }

    /// Unbinds the driver, as writing to sysfs does; the device stays.
    fn unbind(&self) {
        bind::unbind(self.device());
    }

    /// Looks for a driver again; the result of its probe.
    fn bind(&self) -> Result<(), crate::Errno> {
        match driver::attach(self.device(), self.bus) {
            Some(0) => Ok(()),
            Some(error) => Err(crate::Errno(-error)),
            None => Err(crate::Errno(libc::ENODEV)),
        }
    }

    fn is_bound(&self) -> bool {
        bind::is_bound(self.device())
    }

    fn probe_result(&self) -> Option<i32> {
        core_device::silently(self.device(), |state| state.probe_result).flatten()
    }

    fn remove(&self) {
        driver::remove_device(self.device());
        core_device::put("device_unregister", self.device());
    }
}

/// The methods that every device has.
macro_rules! hardware_methods {
    ($type:ident) => {
        impl $type {
            /// Unbinds the driver, as writing to sysfs does; the device stays.
            pub fn unbind(&self) {
                self.hardware.unbind();
            }

            /// Looks for a driver again, and returns what its probe did; `ENODEV` when there is
            /// none, `EBUSY` when the device is bound.
            pub fn bind(&self) -> Result<(), $crate::Errno> {
                self.hardware.bind()
            }

            /// Whether a driver is bound to the device.
            pub fn is_bound(&self) -> bool {
                self.hardware.is_bound()
            }

            /// What the last probe returned: 0 or a negative error number.
            pub fn probe_result(&self) -> Option<i32> {
                self.hardware.probe_result()
            }

            /// The generic device, for programs that call C functions themselves.
            pub fn as_raw(&self) -> *mut bindings::device {
                self.hardware.device()
            }
        }
    };
}
use hardware_methods;
