//! An object that was made before registration says the same of its device afterwards, and goes
//! before it.
//@ claim: gem-object-keeps-context
//@ generations: linux-7.2
use driver::{data, with_parent, Buffer, Probe};
use kernel::drm::gem::{BaseObject, Object};
use kernel::drm::{self, Device, Uninit};
use kernel::error::Result;
use kernel::sync::aref::ARef;

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let object: ARef<Object<Buffer, Uninit>> = Object::new(&dev, 4096, ())?;
        let registered = drm::Registration::new_foreign_owned(dev, parent, 0)?;
        let late: ARef<Object<Buffer>> = Object::new(registered, 8192, ())?;
        let early: &Device<Probe, Uninit> = object.dev();
        assert_eq!(early.value, late.dev().value);
        assert_eq!((object.size(), late.size()), (4096, 8192));
        Ok(())
    })
}
