//! Hardware resources of a probe: memory-mapped registers, clocks and regulators.

use crate::{c_char, c_int, c_ulong, c_void, device, phys_addr_t, resource_size_t};

/// `IORESOURCE_MEM`: a range of physical memory.
pub const IORESOURCE_MEM: u32 = 0x200;

/// A range of some hardware resource.
#[repr(C)]
pub struct resource {
    /// First address.
    pub start: resource_size_t,
    /// Last address.
    pub end: resource_size_t,
    /// Name of the resource, null-terminated, or null.
    pub name: *const c_char,
    /// `IORESOURCE_*`.
    pub flags: c_ulong,
}

/// A clock; opaque.
#[repr(C)]
pub struct clk {
    _opaque: [u8; 0],
}

/// A voltage regulator; opaque.
#[repr(C)]
pub struct regulator {
    _opaque: [u8; 0],
}

extern "C" {
    /// Maps `size` bytes of device memory; null on failure.
    #[link_name = "rust_helper_ioremap"]
    pub fn ioremap(offset: phys_addr_t, size: usize) -> *mut c_void;
    /// Unmaps what `ioremap` mapped.
    #[link_name = "rust_helper_iounmap"]
    pub fn iounmap(addr: *mut c_void);
    /// Claims a region for one driver; null when it is taken.
    #[link_name = "rust_helper_request_mem_region"]
    pub fn request_mem_region(
        start: resource_size_t,
        n: resource_size_t,
        name: *const c_char,
    ) -> *mut resource;
    /// Releases a claimed region.
    #[link_name = "rust_helper_release_mem_region"]
    pub fn release_mem_region(start: resource_size_t, n: resource_size_t);
    /// Size of a resource, in bytes.
    #[link_name = "rust_helper_resource_size"]
    pub fn resource_size(res: *mut resource) -> resource_size_t;
    /// Reads a 32-bit register.
    #[link_name = "rust_helper_readl"]
    pub fn readl(addr: *const c_void) -> u32;
    /// Writes a 32-bit register.
    #[link_name = "rust_helper_writel"]
    pub fn writel(value: u32, addr: *mut c_void);

    /// Gets the clock `id` of `dev`, or an error pointer.
    #[link_name = "rust_helper_clk_get"]
    pub fn clk_get(dev: *mut device, id: *const c_char) -> *mut clk;
    /// Like `clk_get`, with null instead of an error when there is no such clock.
    #[link_name = "rust_helper_clk_get_optional"]
    pub fn clk_get_optional(dev: *mut device, id: *const c_char) -> *mut clk;
    /// Gives a clock back.
    #[link_name = "rust_helper_clk_put"]
    pub fn clk_put(clk: *mut clk);
    /// Starts a clock; null is a clock that always runs.
    #[link_name = "rust_helper_clk_prepare_enable"]
    pub fn clk_prepare_enable(clk: *mut clk) -> c_int;
    /// Stops a clock.
    #[link_name = "rust_helper_clk_disable_unprepare"]
    pub fn clk_disable_unprepare(clk: *mut clk);
    /// Rate of a clock, in Hz.
    #[link_name = "rust_helper_clk_get_rate"]
    pub fn clk_get_rate(clk: *mut clk) -> c_ulong;

    /// Gets the regulator `id` of `dev`, or an error pointer.
    #[link_name = "rust_helper_regulator_get"]
    pub fn regulator_get(dev: *mut device, id: *const c_char) -> *mut regulator;
    /// Gives a regulator back.
    #[link_name = "rust_helper_regulator_put"]
    pub fn regulator_put(regulator: *mut regulator);
    /// Switches a regulator on.
    #[link_name = "rust_helper_regulator_enable"]
    pub fn regulator_enable(regulator: *mut regulator) -> c_int;
    /// Switches a regulator off.
    #[link_name = "rust_helper_regulator_disable"]
    pub fn regulator_disable(regulator: *mut regulator) -> c_int;
}
