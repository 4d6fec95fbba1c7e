//! DRM: devices that userspace draws and computes with, and what is known about them at compile
//! time.
//!
//! A [`Device<T, C>`](Device) carries in its zero-sized context `C` what its holder may rely on:
//!
//! | context | what is known | where it comes from |
//! | --- | --- | --- |
//! | [`Normal`] | nothing: the device may or may not be registered | every device derefs to it |
//! | [`Ioctl`] | registration succeeded once; it may be over | [`Registration::ioctl_device`], [`EverRegistered`] |
//! | [`Registered`] | registered now, parent bound | [`RegistrationGuard`], ioctl handlers |
//!
//! A more specific context derefs to a less specific one, never the other way round. A device is
//! born as an [`UnregisteredDevice`], which [`Registration::new`] consumes.

pub mod device;
pub mod driver;
pub mod file;
pub mod gem;
pub mod ioctl;

mod context;
mod ever;
mod foreign;
mod guard;
mod layout;
mod registered;
mod registration;
mod unregistered;
mod work;

pub use self::device::Device;
pub use self::device::DeviceContext;
pub use self::device::EverRegistered;
pub use self::device::Ioctl;
pub use self::device::Normal;
pub use self::device::Registered;
pub use self::device::RegistrationGuard;
pub use self::device::UnregisteredDevice;
pub use self::device::WedgeRecovery;
pub use self::driver::Driver;
pub use self::driver::DriverInfo;
pub use self::driver::Registration;
pub use self::file::File;

/// Keeps traits closed: only this module implements [`private::Sealed`].
pub(crate) mod private {
    /// A trait that no driver can name, and so cannot implement.
    pub trait Sealed {}
}
