//! Memory regions, and mappings of registers (`kernel/resource.c`, `include/asm-generic/io.h`).
//!
//! A mapping is a range of addresses that nothing can touch: only the accessors know the way.

use std::collections::BTreeMap;
use std::ffi::c_void;
use std::sync::Mutex;

use bindings::{device, resource};

use crate::abi::{key, pointer, same_abi};
use crate::arena::{self, Fill, Purpose};
use crate::base::parent::require_bound;
use crate::oracle::{report, report_leak, Kind, Seq};
use crate::sync::lock;
use crate::{fault, gpu, names};

/// A mapping of registers.
#[derive(Clone, Copy)]
struct Mapping {
    physical: u64,
    size: usize,
    device: usize,
    mapped: Seq,
}

/// A region that somebody claimed.
struct Claim {
    size: u64,
    memory: usize,
    claimed: Seq,
}

static MAPPINGS: Mutex<BTreeMap<usize, Mapping>> = Mutex::new(BTreeMap::new());
static CLAIMS: Mutex<BTreeMap<u64, Claim>> = Mutex::new(BTreeMap::new());

same_abi!(ioremap: fn(u64, usize) -> *mut c_void);
same_abi!(iounmap: fn(*mut c_void));
same_abi!(request_mem_region: fn(u64, u64, *const u8) -> *mut resource);
same_abi!(release_mem_region: fn(u64, u64));
same_abi!(resource_size: fn(*mut resource) -> u64);
same_abi!(readl: fn(*const c_void) -> u32);
same_abi!(writel: fn(u32, *mut c_void));

/// `include/asm-generic/io.h: ioremap`: null where no hardware of ours is.
///
/// # Safety
///
/// None.
#[export_name = "rust_helper_ioremap"]
pub(crate) unsafe extern "C" fn ioremap(offset: u64, size: usize) -> *mut c_void {
    if fault::fails("ioremap") {
        return std::ptr::null_mut();
    }
    let Some(device) = gpu::owner(offset, size as u64) else {
        return std::ptr::null_mut();
    };
    require_bound("ioremap", pointer::<device>(device));
    let name = names::of(device);
    let address = arena::reserve(size, &format!("the registers of {name}"));
    let mapped = event!("ioremap({name})");
    let mapping = Mapping {
        physical: offset,
        size,
        device,
        mapped,
    };
    lock(&MAPPINGS).insert(key(address), mapping);
    address.cast()
}

/// `include/asm-generic/io.h: iounmap`.
///
/// # Safety
///
/// `addr` is a mapping of `ioremap`; one that is gone is reported.
#[export_name = "rust_helper_iounmap"]
pub(crate) unsafe extern "C" fn iounmap(addr: *mut c_void) {
    let mapping = lock(&MAPPINGS).remove(&key(addr));
    event!(
        "iounmap({})",
        mapping.map_or("nothing".into(), |m| names::of(m.device))
    );
    arena::free("iounmap", key(addr));
}

/// `kernel/resource.c: __request_region`: null when a part of the region is claimed already.
///
/// # Safety
///
/// None: the name is not read.
#[export_name = "rust_helper_request_mem_region"]
pub(crate) unsafe extern "C" fn request_mem_region(
    start: u64,
    n: u64,
    _name: *const u8,
) -> *mut resource {
    if fault::fails("request_mem_region") {
        return std::ptr::null_mut();
    }
    if let Some(device) = gpu::owner(start, n) {
        require_bound("request_mem_region", pointer::<device>(device));
    }
    let size = std::mem::size_of::<resource>();
    let mut claims = lock(&CLAIMS);
    let taken = claims
        .iter()
        .any(|(other, claim)| start < other + claim.size && *other < start + n);
    let claimed = event!("request_mem_region({start:#x}, {n:#x}) = {}", !taken);
    if taken {
        return std::ptr::null_mut();
    }
    let memory = arena::alloc(size, 8, Purpose::Core, "a claimed region", Fill::Zero);
    claims.insert(
        start,
        Claim {
            size: n,
            memory: key(memory),
            claimed,
        },
    );
    memory.cast()
}

/// `kernel/resource.c: __release_region`.
///
/// # Safety
///
/// None: a region that nobody claimed is reported.
#[export_name = "rust_helper_release_mem_region"]
pub(crate) unsafe extern "C" fn release_mem_region(start: u64, n: u64) {
    let now = event!("release_mem_region({start:#x}, {n:#x})");
    let claim = lock(&CLAIMS).remove(&start);
    match claim {
        Some(claim) if claim.size == n => {
            arena::free("release_mem_region", claim.memory);
        }
        _ => {
            let message = format!("the region at {start:#x} was released, but not claimed so");
            report(Kind::MissingRegistration, message, None, now);
        }
    }
}

/// `include/linux/ioport.h: resource_size`.
///
/// # Safety
///
/// `res` is a resource.
#[export_name = "rust_helper_resource_size"]
pub(crate) unsafe extern "C" fn resource_size(res: *mut resource) -> u64 {
    // SAFETY: The caller's promise.
    unsafe { (*res).end - (*res).start + 1 }
}

/// `include/asm-generic/io.h: readl`.
///
/// # Safety
///
/// None: an address that is not mapped is reported.
#[export_name = "rust_helper_readl"]
pub(crate) unsafe extern "C" fn readl(addr: *const c_void) -> u32 {
    physical("readl", key(addr)).map_or(!0, gpu::read)
}

/// `include/asm-generic/io.h: writel`.
///
/// # Safety
///
/// None: an address that is not mapped is reported.
#[export_name = "rust_helper_writel"]
pub(crate) unsafe extern "C" fn writel(value: u32, addr: *mut c_void) {
    if let Some(address) = physical("writel", key(addr)) {
        gpu::write(address, value);
    }
}

/// Reports mappings that were not undone, and regions that were not released.
pub(crate) fn check_at_end() {
    for mapping in std::mem::take(&mut *lock(&MAPPINGS)).into_values() {
        let message = format!(
            "a mapping of {} was never undone",
            names::of(mapping.device)
        );
        report_leak(Kind::MappingLeak, message, mapping.mapped);
    }
    for (start, claim) in std::mem::take(&mut *lock(&CLAIMS)) {
        let message = format!("the region at {start:#x} was never released");
        report_leak(Kind::MappingLeak, message, claim.claimed);
    }
}

/// Where an address of a mapping leads to; reports one that leads nowhere.
fn physical(call: &str, address: usize) -> Option<u64> {
    let mapping = {
        let mappings = lock(&MAPPINGS);
        let before = mappings.range(..=address).next_back();
        before.map(|(start, mapping)| (*start, *mapping))
    };
    let inside = mapping.filter(|(start, mapping)| address + 4 <= start + mapping.size);
    let Some((start, mapping)) = inside else {
        report_unmapped(call, address);
        return None;
    };
    let offset = (address - start) as u64;
    if !offset.is_multiple_of(4) {
        let now = detail!("{call} at {offset:#x}");
        report(
            Kind::BadArgument,
            format!("{call} at a misaligned offset"),
            None,
            now,
        );
    }
    require_bound(call, pointer::<device>(mapping.device));
    Some(mapping.physical + offset)
}

fn report_unmapped(call: &str, address: usize) {
    let now = detail!("{call} of an address that is not mapped");
    let Some(block) = arena::find(address) else {
        let message = format!("{call} of an address that was never mapped");
        return report(Kind::WildAccess, message, None, now);
    };
    if let Some(freed) = block.freed {
        let message = format!("{call} through a mapping of {} that was undone", block.name);
        return report(Kind::UseAfterFree, message, Some(freed), now);
    }
    let message = format!("{call} beside {}", block.name);
    report(Kind::OutOfBounds, message, Some(block.allocated), now);
}
