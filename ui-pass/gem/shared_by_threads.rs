//! Threads share an object, count references to it at the same time, and any may drop the last.
//@ claim: gem-object-thread-safe
use driver::{data, with_parent, Buffer, Probe};
use kernel::drm;
use kernel::drm::gem::{BaseObject, Object};
use kernel::error::Result;
use std::thread;

pub fn main() -> Result {
    let object = with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        Object::<Buffer>::new(&dev, 4096, ())
    })?;
    thread::scope(|scope| {
        for _ in 0..4 {
            let object = object.clone();
            scope.spawn(move || {
                for _ in 0..25 {
                    assert_eq!(object.clone().size(), 4096);
                }
            });
        }
        drop(object);
    });
    Ok(())
}
