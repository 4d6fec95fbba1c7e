//! Rust values that are dropped twice, never, or before they exist.

use std::ffi::c_void;

use bindings::*;
use hw_stub::data::{hw_stub_data_constructed, hw_stub_data_dropped};

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("data/twice", twice, &["data-dropped-twice"]),
    ("data/never", never, &["data-never-dropped"]),
    ("data/overwritten", overwritten, &["data-never-dropped"]),
    ("data/freed", freed, &["data-never-dropped"]),
    (
        "data/freed-with-device",
        freed_with_device,
        &["data-never-dropped"],
    ),
    (
        "data/without-size-never",
        without_size_never,
        &["data-never-dropped"],
    ),
    (
        "data/uninitialised",
        uninitialised,
        &["data-dropped-uninitialised"],
    ),
    ("data/after-free", after_free, &["use-after-free"]),
];

static KIND: &str = "probe data";

fn constructed(address: *const c_void, size: usize) {
    // SAFETY: The name is a literal.
    unsafe { hw_stub_data_constructed(KIND.as_ptr(), KIND.len(), address, size) };
}

fn dropped(address: *const c_void) {
    // SAFETY: The name is a literal.
    unsafe { hw_stub_data_dropped(KIND.as_ptr(), KIND.len(), address) };
}

fn with_memory(f: impl FnOnce(*const c_void)) -> Result<(), i32> {
    let memory = kzalloc(8)?;
    f(memory);
    // SAFETY: The memory is ours.
    unsafe { kfree(memory) };
    Ok(())
}

fn twice() -> Result<(), i32> {
    with_memory(|memory| {
        constructed(memory, 8);
        dropped(memory);
        dropped(memory);
    })
}

fn never() -> Result<(), i32> {
    constructed((&raw const KIND).cast(), 8);
    Ok(())
}

fn overwritten() -> Result<(), i32> {
    with_memory(|memory| {
        constructed(memory, 8);
        constructed(memory, 8);
        dropped(memory);
    })
}

fn freed() -> Result<(), i32> {
    with_memory(|memory| constructed(memory, 8))
}

fn freed_with_device() -> Result<(), i32> {
    let faux = parent()?;
    let drm = drm_with(faux, 8)?;
    constructed(drm.wrapping_add(1).cast(), 8);
    put(drm);
    destroy(faux);
    Ok(())
}

fn without_size_never() -> Result<(), i32> {
    constructed((&raw const KIND).cast(), 0);
    constructed((&raw const KIND).cast(), 0);
    dropped((&raw const KIND).cast());
    Ok(())
}

fn uninitialised() -> Result<(), i32> {
    with_memory(dropped)
}

fn after_free() -> Result<(), i32> {
    let memory = kzalloc(8)?;
    // SAFETY: The memory is ours, and only its address is used afterwards.
    unsafe { kfree(memory) };
    constructed(memory, 0);
    dropped(memory);
    Ok(())
}
