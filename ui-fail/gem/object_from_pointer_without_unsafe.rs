//! An object is not made from a C pointer without saying why that is right.
//@ claim: gem-manager-sealed
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::drm::gem::IntoGEMObject;

#[cfg(not(twin))]
fn case<T: IntoGEMObject>(obj: &T) -> &T {
    T::from_raw(obj.as_raw()) //~ E0133 from_raw
}
#[cfg(twin)]
fn case<T: IntoGEMObject>(obj: &T) -> &T {
    // SAFETY: It is the pointer of an object that is borrowed for as long.
    unsafe { T::from_raw(obj.as_raw()) }
}

fn main() {}
