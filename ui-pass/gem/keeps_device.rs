//! An object that was made before registration keeps its device alive: it goes last, on another
//! thread, when parent and registration are gone.
//@ claim: gem-keeps-device
use driver::{data, registration_data, with_parent, Buffer, Probe};
use kernel::drm::gem::{BaseObject, Object};
use kernel::drm::{self};
use kernel::error::Result;
use kernel::sync::aref::ARef;
use std::thread;

pub fn main() -> Result {
    let object: ARef<Object<Buffer>> = with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let object = Object::<Buffer>::new(&dev, 4096, ())?;
        let data = registration_data(7, None);
        // SAFETY: The registration is dropped at the end of this closure, below a bound parent.
        let _registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        Ok(object)
    })?;
    assert_eq!(object.size(), 4096);
    assert_eq!(object.dev().value, 7);
    thread::scope(|scope| {
        scope.spawn(move || drop(object));
    });
    Ok(())
}
