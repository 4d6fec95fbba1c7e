//! Mapping offsets of GEM objects, and mappings through them (`drivers/gpu/drm/drm_gem.c`,
//! `drivers/gpu/drm/drm_vma_manager.c`).
//!
//! A mapping has no memory behind it: it exists for the references and callbacks that go with it.

use std::collections::HashMap;
use std::sync::Mutex;

use bindings::{drm_device, drm_file, drm_gem_object, drm_vma_offset_node, file, vm_area_struct};

use super::space::Space;
use super::{device, gem, handle};
use crate::abi::{key, pointer, same_abi};
use crate::errno::outcome;
use crate::oracle::{report_leak, Kind, Seq};
use crate::sync::lock;
use crate::{fault, names};

/// `include/drm/drm_vma_manager.h: DRM_FILE_PAGE_OFFSET_START`.
const FIRST_PAGE: u64 = 0x10_0000;
/// `include/drm/drm_vma_manager.h: DRM_FILE_PAGE_OFFSET_SIZE`.
const PAGES: u64 = 0xf_ffff * 256;
const PAGE: u64 = 4096;

/// The place of an object in its device's space of offsets.
struct Place {
    object: usize,
    device: usize,
    first_page: u64,
    pages: u64,
}

/// Who is where, and what is free.
#[derive(Default)]
struct Offsets {
    /// Places by the address of the object's offset node.
    places: HashMap<usize, Place>,
    /// Spaces by device.
    spaces: HashMap<usize, Space>,
}

static OFFSETS: Mutex<Option<Offsets>> = Mutex::new(None);
/// Mappings by the address of their `vm_area_struct`: the object, the size, and when.
static MAPPINGS: Mutex<Option<HashMap<usize, (usize, Seq)>>> = Mutex::new(None);
/// Sizes of the mappings that clients are about to make, in bytes.
static SIZES: Mutex<Option<HashMap<usize, usize>>> = Mutex::new(None);

same_abi!(drm_gem_create_mmap_offset: fn(*mut drm_gem_object) -> i32);
same_abi!(drm_vma_node_offset_addr: fn(*mut drm_vma_offset_node) -> u64);
same_abi!(drm_gem_mmap: fn(*mut file, *mut vm_area_struct) -> i32);

/// `drivers/gpu/drm/drm_gem.c: drm_gem_create_mmap_offset`: a second call changes nothing.
///
/// # Safety
///
/// `obj` is a GEM object; one that is gone is reported.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_gem_create_mmap_offset(obj: *mut drm_gem_object) -> i32 {
    let Some(dev) = gem::with("drm_gem_create_mmap_offset", obj, |state| state.device) else {
        return -libc::EINVAL;
    };
    if fault::fails("drm_gem_create_mmap_offset") {
        return -libc::ENOSPC;
    }
    // SAFETY: The table has the object, so its memory was not freed.
    let pages = unsafe { (*obj).size } as u64 / PAGE;
    match lock(&OFFSETS)
        .get_or_insert_default()
        .place(obj, dev, pages)
    {
        Some(()) => 0,
        None => -libc::ENOSPC,
    }
}

/// `include/drm/drm_vma_manager.h: drm_vma_node_offset_addr`: 0 when there is no offset.
///
/// # Safety
///
/// None: the node is looked up in a table.
#[export_name = "rust_helper_drm_vma_node_offset_addr"]
pub(crate) unsafe extern "C" fn drm_vma_node_offset_addr(node: *mut drm_vma_offset_node) -> u64 {
    let offsets = lock(&OFFSETS);
    let place = offsets
        .as_ref()
        .and_then(|offsets| offsets.places.get(&key(node)));
    place.map_or(0, |place| place.first_page * PAGE)
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_mmap`: only a file with a handle to the object may map it.
///
/// # Safety
///
/// `filp` was opened by `drm_open`; `vma` is a mapping that is being made.
#[no_mangle]
pub(crate) unsafe extern "C" fn drm_gem_mmap(filp: *mut file, vma: *mut vm_area_struct) -> i32 {
    // SAFETY: The caller's promise.
    let (file, first_page) = unsafe {
        (
            (*filp).private_data.cast::<drm_file>(),
            (*vma).vm_pgoff as u64,
        )
    };
    let size = lock(&SIZES)
        .get_or_insert_default()
        .get(&key(vma))
        .copied()
        .unwrap_or(0);
    let result = match look_up(file, first_page, size.div_ceil(PAGE as usize) as u64) {
        // SAFETY: `look_up` took a reference to the object.
        Ok(obj) => unsafe { map(obj, vma) },
        Err(error) => error,
    };
    event!(
        "mmap of {} = {}",
        names::of(key(file)),
        outcome(result.into())
    );
    result
}

/// Says how large a mapping is that a client is about to make: in the C structure the size is at
/// the end of nested unions.
pub(crate) fn set_size(vma: *mut vm_area_struct, size: usize) {
    lock(&SIZES).get_or_insert_default().insert(key(vma), size);
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_vm_close`: undoes a mapping.
pub(crate) fn unmap(vma: *mut vm_area_struct) {
    lock(&SIZES).get_or_insert_default().remove(&key(vma));
    let mapping = lock(&MAPPINGS).get_or_insert_default().remove(&key(vma));
    if let Some((obj, _)) = mapping {
        event!("munmap of {}", names::of(obj));
        gem::put("drm_gem_vm_close", pointer(obj));
    }
}

/// `mm/memory.c: unmap_mapping_range` for all of a device: mappings stay, but without pages.
pub(super) fn revoke(dev: *mut drm_device) {
    event!("mappings of {} lose their pages", names::of(key(dev)));
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_free_mmap_offset`.
pub(super) fn free_offset(obj: *mut drm_gem_object) {
    lock(&OFFSETS).get_or_insert_default().remove(obj);
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_init_release`: a device that goes away has no space any more.
pub(super) fn forget(dev: *mut drm_device) {
    lock(&OFFSETS)
        .get_or_insert_default()
        .spaces
        .remove(&key(dev));
}

/// Reports mappings that nobody undid.
pub(crate) fn check_at_end() {
    let mappings = std::mem::take(lock(&MAPPINGS).get_or_insert_default());
    for (obj, mapped) in mappings.into_values() {
        let message = format!("a mapping of {} was never undone", names::of(obj));
        report_leak(Kind::MappingLeak, message, mapped);
    }
}

impl Offsets {
    /// `drivers/gpu/drm/drm_vma_manager.c: drm_vma_offset_add`.
    fn place(&mut self, obj: *mut drm_gem_object, device: usize, pages: u64) -> Option<()> {
        if self.places.contains_key(&node(obj)) {
            return Some(());
        }
        let all = || Space::new(FIRST_PAGE..FIRST_PAGE + PAGES);
        let first_page = self.spaces.entry(device).or_insert_with(all).take(pages)?;
        let place = Place {
            object: key(obj),
            device,
            first_page,
            pages,
        };
        self.places.insert(node(obj), place);
        Some(())
    }

    /// `drivers/gpu/drm/drm_vma_manager.c: drm_vma_offset_remove`.
    fn remove(&mut self, obj: *mut drm_gem_object) {
        let Some(place) = self.places.remove(&node(obj)) else {
            return;
        };
        if let Some(space) = self.spaces.get_mut(&place.device) {
            space.give_back(place.first_page..place.first_page + place.pages);
        }
    }
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_object_lookup_at_offset`: the object, with a reference.
fn look_up(file: *mut drm_file, first: u64, pages: u64) -> Result<*mut drm_gem_object, i32> {
    // SAFETY: The file is open; the minor lives as long as its device.
    let dev = unsafe { (*(*file).minor).dev };
    if device::is_unplugged(dev) {
        return Err(-libc::ENODEV);
    }
    let found = {
        let offsets = lock(&OFFSETS);
        let mut places = offsets.iter().flat_map(|offsets| offsets.places.values());
        let fits = |place: &&Place| {
            (place.device, place.first_page) == (key(dev), first) && place.pages >= pages
        };
        let obj = places.find(fits).map(|place| pointer(place.object));
        obj.filter(|&obj| gem::get_unless_zero(obj))
    };
    let obj = found.ok_or(-libc::EINVAL)?;
    if !handle::has(file, obj) {
        gem::put("drm_gem_mmap", obj);
        return Err(-libc::EACCES);
    }
    Ok(obj)
}

/// `drivers/gpu/drm/drm_gem.c: drm_gem_mmap_obj`. The mapping keeps the caller's reference.
///
/// # Safety
///
/// The caller owns a reference to `obj`; `vma` is a mapping that is being made.
unsafe fn map(obj: *mut drm_gem_object, vma: *mut vm_area_struct) -> i32 {
    // SAFETY: The object's functions outlive it, and this is where the core calls it.
    let result = unsafe {
        let funcs = (*obj).funcs;
        match (*funcs).mmap {
            Some(mmap) => mmap(obj, vma),
            None if (*funcs).vm_ops.is_null() => -libc::EINVAL,
            None => 0,
        }
    };
    if result != 0 {
        gem::put("drm_gem_mmap", obj);
        return result;
    }
    let mapped = event!("{} is mapped", names::of(key(obj)));
    lock(&MAPPINGS)
        .get_or_insert_default()
        .insert(key(vma), (key(obj), mapped));
    0
}

fn node(obj: *mut drm_gem_object) -> usize {
    // SAFETY: Only the address is computed; nothing is read.
    key(unsafe { &raw const (*obj).vma_node })
}
