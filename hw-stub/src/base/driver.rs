//! Registered drivers and devices, and how they find each other (`drivers/base/bus.c`).

use std::sync::Mutex;

use bindings::{auxiliary_driver, device_driver, platform_driver};

use super::bind::{self, Bus};
use super::{auxiliary, device, platform};
use crate::abi::{key, pointer, EPROBE_DEFER};
use crate::names;
use crate::oracle::{report, report_leak, Kind, Seq};
use crate::sync::lock;

/// A driver, by the address of its C structure.
#[derive(Clone, Debug)]
pub(crate) struct Driver {
    address: usize,
    bus: Bus,
    registered: Seq,
}

static DRIVERS: Mutex<Vec<Driver>> = Mutex::new(Vec::new());
/// Devices that drivers are looked for, oldest first.
static DEVICES: Mutex<Vec<(usize, Bus)>> = Mutex::new(Vec::new());

impl Driver {
    /// The generic part of the driver.
    pub(crate) fn generic(&self) -> *mut device_driver {
        match self.bus {
            // SAFETY: A driver's address is that of the structure of its bus, which stays until
            // the driver is unregistered.
            Bus::Auxiliary => unsafe {
                &raw mut (*pointer::<auxiliary_driver>(self.address)).driver
            },
            // SAFETY: As above.
            _ => unsafe { &raw mut (*pointer::<platform_driver>(self.address)).driver },
        }
    }

    /// Calls the driver's probe through its bus.
    pub(super) fn probe(&self, dev: *mut bindings::device) -> i32 {
        // SAFETY: The driver is registered on this bus, and `dev` is a device on it that matches.
        unsafe {
            match self.bus {
                Bus::Auxiliary => auxiliary::probe(dev, pointer(self.address)),
                _ => platform::probe(dev, pointer(self.address)),
            }
        }
    }

    fn matches(&self, dev: *mut bindings::device) -> bool {
        // SAFETY: As for `probe`.
        unsafe {
            match self.bus {
                Bus::Auxiliary => auxiliary::matches(dev, pointer(self.address)),
                _ => platform::matches(dev, pointer(self.address)),
            }
        }
    }
}

/// `drivers/base/driver.c: driver_register`: probes every device that matches.
pub(super) fn register(call: &str, address: usize, bus: Bus, name: &str) -> i32 {
    names::set(address, format!("driver:{name}"));
    let registered = event!("{call}(driver:{name})");
    let known = find(address);
    if let Some(known) = known {
        let message = format!("driver:{name} was registered twice");
        report(
            Kind::DoubleRegistration,
            message,
            Some(known.registered),
            registered,
        );
        return -libc::EBUSY;
    }
    let driver = Driver {
        address,
        bus,
        registered,
    };
    lock(&DRIVERS).push(driver.clone());
    for dev in devices(bus) {
        if !bind::is_bound(dev) && driver.matches(dev) {
            bind::bind(dev, &driver);
        }
    }
    0
}

/// `drivers/base/driver.c: driver_unregister`: unbinds its devices, newest first.
pub(super) fn unregister(call: &str, address: usize) {
    let name = names::of(address);
    let now = event!("{call}({name})");
    let Some(driver) = find(address) else {
        let message = format!("{call} of {name}, which is not registered");
        return report(Kind::MissingRegistration, message, None, now);
    };
    lock(&DRIVERS).retain(|other| other.address != address);
    for dev in devices(driver.bus).into_iter().rev() {
        // SAFETY: Devices are taken off the list before their memory is freed.
        if unsafe { (*dev).driver } == driver.generic() {
            bind::unbind(dev);
        }
    }
}

/// `drivers/base/bus.c: bus_add_device` and `bus_probe_device`.
pub(crate) fn add_device(dev: *mut bindings::device, bus: Bus) {
    lock(&DEVICES).push((key(dev), bus));
    attach(dev, bus);
}

/// `drivers/base/dd.c: device_attach`: looks for a driver. The result of its probe, if any matches.
pub(crate) fn attach(dev: *mut bindings::device, bus: Bus) -> Option<i32> {
    let drivers = lock(&DRIVERS).clone();
    let mut drivers = drivers.iter().filter(|driver| driver.bus == bus);
    let driver = drivers.find(|driver| driver.matches(dev))?;
    let result = bind::bind(dev, driver);
    if result == -EPROBE_DEFER {
        event!("{} waits to be probed again", names::of(key(dev)));
    }
    Some(result)
}

/// `drivers/base/core.c: device_del`.
pub(crate) fn remove_device(dev: *mut bindings::device) {
    bind::unbind(dev);
    lock(&DEVICES).retain(|(other, _)| *other != key(dev));
    device::leave_parent(dev);
}

/// Reports drivers that are registered still.
pub(crate) fn check_at_end() {
    for driver in std::mem::take(&mut *lock(&DRIVERS)) {
        let name = names::of(driver.address);
        let message = format!("{name} was never unregistered");
        report_leak(Kind::DriverLeak, message, driver.registered);
    }
}

fn find(address: usize) -> Option<Driver> {
    let drivers = lock(&DRIVERS);
    drivers
        .iter()
        .find(|driver| driver.address == address)
        .cloned()
}

fn devices(bus: Bus) -> Vec<*mut bindings::device> {
    let devices = lock(&DEVICES);
    let on_bus = devices.iter().filter(|(_, other)| *other == bus);
    on_bus.map(|(dev, _)| pointer(*dev)).collect()
}
