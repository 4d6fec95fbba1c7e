//! The tracer: stands between the driver and the DRM core, on hw-stub and in a kernel alike.
//!
//! The linker sends each C call of the driver here first (`calls.txt` names them), and the tables
//! of callbacks that the driver gives the core are exchanged for ones that pass here too. Objects
//! have the names of their kind and number, and lines the counts of references.
//!
//! It is for one thread at a time. A call that the core makes to itself is no event.

use core::ffi::c_void;

use kernel::ffi::{c_char, c_int, c_ulong};

use crate::bindings::{
    device, drm_device, drm_driver, drm_file, drm_gem_object, drm_vma_offset_node, faux_device,
    faux_device_ops,
};
use crate::callbacks::{trace_driver, trace_object};
use crate::names::{Kind, Name};
use crate::print;
use crate::seen::{counted, handles, inside, line, references};

/// Declares the originals behind the wrappers; the linker knows them by these names.
macro_rules! originals {
    ($(fn $name:ident($($arg:ident: $type:ty),*) $(-> $result:ty)?;)*) => {
        extern "C" {
            $(fn $name($($arg: $type),*) $(-> $result)?;)*
        }
    };
}

originals! {
    fn __real_faux_device_create(
        name: *const c_char,
        parent: *mut device,
        ops: *const faux_device_ops
    ) -> *mut faux_device;
    fn __real_faux_device_destroy(dev: *mut faux_device);
    fn __real___drm_dev_alloc(
        parent: *mut device,
        driver: *const drm_driver,
        size: usize,
        offset: usize
    ) -> *mut c_void;
    fn __real_drm_dev_get(dev: *mut drm_device);
    fn __real_drm_dev_put(dev: *mut drm_device);
    fn __real_drm_dev_register(dev: *mut drm_device, flags: c_ulong) -> c_int;
    fn __real_drm_dev_unplug(dev: *mut drm_device);
    fn __real_drm_dev_enter(dev: *mut drm_device, index: *mut c_int) -> bool;
    fn __real_drm_dev_exit(index: c_int);
    fn __real_drm_gem_object_init(
        dev: *mut drm_device,
        object: *mut drm_gem_object,
        size: usize
    ) -> c_int;
    fn __real_drm_gem_private_object_fini(object: *mut drm_gem_object);
    fn __real_drm_gem_object_release(object: *mut drm_gem_object);
    fn __real_rust_helper_drm_gem_object_get(object: *mut drm_gem_object);
    fn __real_rust_helper_drm_gem_object_put(object: *mut drm_gem_object);
    fn __real_drm_gem_handle_create(
        file: *mut drm_file,
        object: *mut drm_gem_object,
        handle: *mut u32
    ) -> c_int;
    fn __real_drm_gem_object_lookup(file: *mut drm_file, handle: u32) -> *mut drm_gem_object;
    fn __real_drm_gem_create_mmap_offset(object: *mut drm_gem_object) -> c_int;
    fn __real_rust_helper_drm_vma_node_offset_addr(node: *mut drm_vma_offset_node) -> u64;
}

/// Defines wrappers. Whoever calls one promises what the original asks for, and the wrapper passes
/// it on.
macro_rules! wrappers {
    ($(
        fn $wrapper:ident = $original:ident($($arg:ident: $type:ty),*) $(-> $result:ty)?
            { before $before:block after |$value:pat_param| $after:block }
    )*) => {$(
        /// # Safety
        ///
        /// As for the call that is traced.
        #[no_mangle]
        unsafe extern "C" fn $wrapper($($arg: $type),*) $(-> $result)? {
            $before
            // SAFETY: The caller's promise.
            let value = inside(|| unsafe { $original($($arg),*) });
            let $value = &value;
            $after
            value
        }
    )*};
}

wrappers! {
    fn __wrap_faux_device_create = __real_faux_device_create(
        name: *const c_char,
        parent: *mut device,
        ops: *const faux_device_ops
    ) -> *mut faux_device {
        before {}
        after |dev| { line!("faux_device_create() = {}", Kind::Faux.add(*dev)) }
    }
    fn __wrap_faux_device_destroy = __real_faux_device_destroy(dev: *mut faux_device) {
        before { line!("faux_device_destroy({})", Name::of(dev)) }
        after |_| {
            line!("faux_device_destroy returns");
            Name::forget(dev)
        }
    }
    fn __wrap_drm_dev_get = __real_drm_dev_get(dev: *mut drm_device) {
        before {}
        after |_| { line!("drm_dev_get({}): {} references", Name::of(dev), references(dev)) }
    }
    fn __wrap_drm_dev_put = __real_drm_dev_put(dev: *mut drm_device) {
        before {
            trace_driver(dev);
            line!("drm_dev_put({}) of {} references", Name::of(dev), references(dev))
        }
        after |_| { line!("drm_dev_put returns") }
    }
    fn __wrap_drm_dev_register = __real_drm_dev_register(
        dev: *mut drm_device,
        flags: c_ulong
    ) -> c_int {
        before {
            trace_driver(dev);
            line!("drm_dev_register({}) of {} references", Name::of(dev), references(dev))
        }
        after |result| {
            line!("drm_dev_register = {result}: {} references", references(dev))
        }
    }
    fn __wrap_drm_dev_unplug = __real_drm_dev_unplug(dev: *mut drm_device) {
        before {
            line!("drm_dev_unplug({}) of {} references", Name::of(dev), references(dev))
        }
        after |_| { line!("drm_dev_unplug returns: {} references", references(dev)) }
    }
    fn __wrap_drm_dev_enter = __real_drm_dev_enter(
        dev: *mut drm_device,
        index: *mut c_int
    ) -> bool {
        before {}
        after |entered| { line!("drm_dev_enter({}) = {entered}", Name::of(dev)) }
    }
    fn __wrap_drm_dev_exit = __real_drm_dev_exit(index: c_int) {
        before { line!("drm_dev_exit") }
        after |_| {}
    }
    fn __wrap_drm_gem_object_init = __real_drm_gem_object_init(
        dev: *mut drm_device,
        object: *mut drm_gem_object,
        size: usize
    ) -> c_int {
        before { trace_object(object) }
        after |result| {
            let name = Kind::Object.add(object);
            line!("drm_gem_object_init({}, {name}, {size}) = {result}", Name::of(dev))
        }
    }
    fn __wrap_drm_gem_private_object_fini = __real_drm_gem_private_object_fini(
        object: *mut drm_gem_object
    ) {
        before { line!("drm_gem_private_object_fini({})", Name::of(object)) }
        after |_| { Name::forget(object) }
    }
    fn __wrap_drm_gem_object_release = __real_drm_gem_object_release(
        object: *mut drm_gem_object
    ) {
        before { line!("drm_gem_object_release({})", Name::of(object)) }
        after |_| { Name::forget(object) }
    }
    fn __wrap_rust_helper_drm_gem_object_get = __real_rust_helper_drm_gem_object_get(
        object: *mut drm_gem_object
    ) {
        before {}
        after |_| {
            line!("drm_gem_object_get({}): {} references", Name::of(object), counted(object))
        }
    }
    fn __wrap_rust_helper_drm_gem_object_put = __real_rust_helper_drm_gem_object_put(
        object: *mut drm_gem_object
    ) {
        before {
            line!("drm_gem_object_put({}) of {} references", Name::of(object), counted(object))
        }
        after |_| { line!("drm_gem_object_put returns") }
    }
    fn __wrap_drm_gem_handle_create = __real_drm_gem_handle_create(
        file: *mut drm_file,
        object: *mut drm_gem_object,
        handle: *mut u32
    ) -> c_int {
        before {
            line!(
                "drm_gem_handle_create({}, {}) of {} references",
                Name::of(file),
                Name::of(object),
                counted(object)
            )
        }
        after |result| {
            // SAFETY: The caller's promise; it is written to before the call.
            let handle = unsafe { *handle };
            line!(
                "drm_gem_handle_create = {result}, {handle}: {} references, {} handles",
                counted(object),
                handles(object)
            )
        }
    }
    fn __wrap_drm_gem_object_lookup = __real_drm_gem_object_lookup(
        file: *mut drm_file,
        handle: u32
    ) -> *mut drm_gem_object {
        before {}
        after |object| {
            line!("drm_gem_object_lookup({}, {handle}) = {}", Name::of(file), Name::of(*object));
            if !object.is_null() {
                line!("{} has {} references", Name::of(*object), counted(*object))
            }
        }
    }
    fn __wrap_drm_gem_create_mmap_offset = __real_drm_gem_create_mmap_offset(
        object: *mut drm_gem_object
    ) -> c_int {
        before {}
        after |result| { line!("drm_gem_create_mmap_offset({}) = {result}", Name::of(object)) }
    }
    fn __wrap_rust_helper_drm_vma_node_offset_addr = __real_rust_helper_drm_vma_node_offset_addr(
        node: *mut drm_vma_offset_node
    ) -> u64 {
        before {}
        after |offset| { line!("drm_vma_node_offset_addr = {offset:#x}") }
    }
}

/// # Safety
///
/// As for `__drm_dev_alloc`.
#[no_mangle]
unsafe extern "C" fn __wrap___drm_dev_alloc(
    parent: *mut device,
    driver: *const drm_driver,
    size: usize,
    offset: usize,
) -> *mut c_void {
    // SAFETY: The caller's promise.
    let memory = inside(|| unsafe { __real___drm_dev_alloc(parent, driver, size, offset) });
    let parent = Name::of(parent);
    if (memory as isize) < 0 && memory as isize >= -4095 {
        line!("__drm_dev_alloc({parent}) = {}", memory as isize);
    } else {
        let dev: *mut drm_device = memory.wrapping_byte_add(offset).cast();
        let name = Kind::Device.add(dev);
        line!(
            "__drm_dev_alloc({parent}) = {name}: {} references",
            references(dev)
        );
    }
    memory
}

/// Adds a line that the driver has something to say in.
///
/// # Safety
///
/// `what` points to `len` bytes of text.
#[no_mangle]
unsafe extern "C" fn fidelity_note(what: *const u8, len: usize, value: i64) {
    // SAFETY: The caller's promise.
    let what = unsafe { core::slice::from_raw_parts(what, len) };
    let what = core::str::from_utf8(what).unwrap_or("no text");
    print(format_args!("driver: {what}, {value}"));
}
