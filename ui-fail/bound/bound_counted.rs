//! A counted handle cannot remember that its device is bound, because the device may be unbound
//! while the handle lives.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3, linux-7.2, devicectx-v1
use kernel::device::{self, Device};
use kernel::sync::aref::ARef;

#[cfg(not(twin))]
fn case(_: ARef<Device<device::Bound>>) {} //~ E0277 AlwaysRefCounted
#[cfg(twin)]
fn case(_: ARef<Device<device::Normal>>) {}

fn main() {}
