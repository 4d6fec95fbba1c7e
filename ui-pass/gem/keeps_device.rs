//! An object that was made before registration keeps its device alive: it goes last, when parent
//! and registration are gone.
//@ claim: gem-keeps-device
//@ generations: api, linux-7.3
use driver::{data, registration_data, with_parent, Buffer, Probe};
use kernel::drm;
use kernel::drm::gem::{BaseObject, Object};
use kernel::error::Result;
use kernel::sync::aref::ARef;

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
    drop(object);
    Ok(())
}
