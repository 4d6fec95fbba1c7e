//! By design, an object says `Registered` of a device that is not registered any more.
//!
//! An object has the context of the device that it was made for, and lends its device in it. It is
//! counted, so that it outlives the registration, and says `Registered` all the same.
//!
//! As with counted handles, that is what `Registered` means in this generation, and not what the
//! name says. An operation that needs the registration must not be reached through an object.
//@ claim: gem-object-is-normal
//@ generations: linux-7.2
use driver::{with_registration, Buffer, Probe};
use kernel::drm::gem::Object;
use kernel::drm::{Device, Registered};
use kernel::error::Result;
use kernel::sync::aref::ARef;

pub fn main() -> Result {
    let dev = with_registration(|registration| {
        let object: ARef<Object<Buffer, Registered>> =
            Object::new(registration.device(), 4096, ())?;
        let dev: &Device<Probe, Registered> = object.dev();
        Ok(ARef::from(dev))
    })?;
    assert_eq!(dev.value, 7);
    Ok(())
}
