//! The driver core (`drivers/base`): devices, drivers, managed resources, and the buses.

pub(crate) mod auxiliary;
pub(crate) mod bind;
pub(crate) mod device;
pub(crate) mod devres;
pub(crate) mod driver;
pub(crate) mod faux;
pub(crate) mod parent;
pub(crate) mod pci;
pub(crate) mod phase;
pub(crate) mod platform;
