//! A handle of an object whose device nobody registered: no file is one of that device.
//@ claim: gem-handle-needs-registered
//@ generations: linux-7.2
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
            let object = Object::<Buffer, _>::new(&other, 4096, ())?;
            let mut handle = 0;
            // SAFETY: File and object are alive. BREAKS the rule that the object is one of a device
            // that was registered.
            to_result(unsafe {
                bindings::drm_gem_handle_create(file.as_raw(), object.as_raw(), &mut handle)
            })?;
            file.close();
            Ok(())
        })
    })
}
