//! A handle of an object in a file of another device: there the object is taken for one that
//! belongs to that device.
//@ claim: gem-handle-own-device
//@ generations: api, linux-7.3
//@ violation: gem-foreign-handle
use driver::{data, syscall, with_parent, with_registration, Buffer, Probe};
use hw_stub::client::Node;
use kernel::drm;
use kernel::drm::gem::{IntoGEMObject, Object};
use kernel::error::{to_result, Result};

pub fn main() -> Result {
    with_registration(|_| {
        let file = syscall(Node::render(0).open())?;
        with_parent(|parent| {
            let other = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
            let object = Object::<Buffer>::new(&other, 4096, ())?;
            let mut handle = 0;
            // SAFETY: File and object are alive. BREAKS the rule that they are of one device.
            to_result(unsafe {
                bindings::drm_gem_handle_create(file.as_raw(), object.as_raw(), &mut handle)
            })?;
            file.close();
            Ok(())
        })
    })
}
