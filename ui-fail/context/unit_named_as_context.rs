//! Saying nothing in place of a context names no context: the one of which nothing is known is
//! `Normal`.
//@ claim: context-sealed
//@ generations: api, linux-7.3
use kernel::drm;

#[cfg(not(twin))]
fn case<T: drm::Driver>(_: &drm::Device<T, ()>) {} //~ E0277 `()`
#[cfg(twin)]
fn case<T: drm::Driver>(_: &drm::Device<T, drm::Normal>) {}

fn main() {}
