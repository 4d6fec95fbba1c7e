//! Clocks, regulators and registers.

use std::ffi::c_void;

use bindings::*;
use hw_stub::bus::PlatformDevice;

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("hardware/never-mapped", never_mapped, &["wild-access"]),
    (
        "hardware/stopped-twice",
        stopped_twice,
        &["clock-imbalance"],
    ),
    (
        "hardware/given-back-running",
        given_back_running,
        &["clock-imbalance"],
    ),
    (
        "hardware/never-given-back",
        never_given_back,
        &["clock-imbalance"],
    ),
    (
        "hardware/regulator-left-on",
        regulator_left_on,
        &["regulator-imbalance"],
    ),
    (
        "hardware/regulator-off-twice",
        regulator_off_twice,
        &["regulator-imbalance"],
    ),
    (
        "hardware/unclocked",
        unclocked,
        &["register-access-unclocked"],
    ),
    ("hardware/mapping-left", mapping_left, &["mapping-leak"]),
    ("hardware/region-left", region_left, &["mapping-leak"]),
    ("hardware/unmapped", unmapped, &["use-after-free"]),
    ("hardware/unmapped-twice", unmapped_twice, &["double-free"]),
    (
        "hardware/behind-mapping",
        behind_mapping,
        &["out-of-bounds"],
    ),
    ("hardware/misaligned", misaligned, &["bad-argument"]),
    ("hardware/direct", direct, &["out-of-bounds"]),
    (
        "hardware/clock-after-put",
        clock_after_put,
        &["use-after-free"],
    ),
];

/// A bound device with registers, whose clock runs.
pub struct Gpu {
    pub device: PlatformDevice,
    driver: *mut platform_driver,
    clk: *mut clk,
}

unsafe extern "C" fn probe(_: *mut platform_device) -> i32 {
    0
}

/// A device with registers, bound to a driver that does nothing.
pub fn gpu() -> Gpu {
    let driver = make(|driver: &mut platform_driver| {
        driver.driver.name = c"gpu".as_ptr().cast();
        driver.probe = Some(probe);
    });
    // SAFETY: The driver is leaked, and its device is bound to it.
    unsafe {
        __platform_driver_register(driver, std::ptr::null_mut(), c"gpu".as_ptr().cast());
        let device = PlatformDevice::builder("gpu").gpu().clock("core").add();
        let clk = clk_get(device.as_raw(), c"core".as_ptr().cast());
        clk_prepare_enable(clk);
        Gpu {
            device,
            driver,
            clk,
        }
    }
}

impl Drop for Gpu {
    fn drop(&mut self) {
        // SAFETY: Everything was made by `gpu`.
        unsafe {
            clk_disable_unprepare(self.clk);
            clk_put(self.clk);
            platform_driver_unregister(self.driver);
        }
    }
}

/// Maps the registers of a GPU.
pub fn map(gpu: &Gpu) -> Result<*mut c_void, i32> {
    let offset = std::mem::offset_of!(platform_device, dev);
    let pdev: *mut platform_device = gpu.device.as_raw().wrapping_byte_sub(offset).cast();
    // SAFETY: The device is a platform device with one resource.
    unsafe {
        let resource = platform_get_resource(pdev, IORESOURCE_MEM, 0);
        assert_eq!(resource_size(resource), 2 << 20);
        let mapping = ioremap((*resource).start, 2 << 20);
        if mapping.is_null() {
            Err(libc::ENOMEM)
        } else {
            Ok(mapping)
        }
    }
}

fn stopped_twice() -> Result<(), i32> {
    let gpu = gpu();
    // SAFETY: The clock is ours; the stub reports the second stop, here or in `drop`.
    unsafe { clk_disable_unprepare(gpu.clk) };
    Ok(())
}

fn given_back_running() -> Result<(), i32> {
    let gpu = gpu();
    // SAFETY: The device is bound.
    unsafe {
        let clk = clk_get(gpu.device.as_raw(), c"core".as_ptr().cast());
        check(clk_prepare_enable(clk))?;
        clk_put(clk);
    }
    Ok(())
}

fn never_given_back() -> Result<(), i32> {
    let gpu = gpu();
    // SAFETY: The device is bound.
    unsafe { clk_get(gpu.device.as_raw(), c"core".as_ptr().cast()) };
    Ok(())
}

fn with_regulator(f: impl FnOnce(*mut regulator)) -> Result<(), i32> {
    let gpu = gpu();
    // SAFETY: The device is bound.
    unsafe {
        let regulator = regulator_get(gpu.device.as_raw(), c"mali".as_ptr().cast());
        f(regulator);
        regulator_put(regulator);
    }
    Ok(())
}

fn regulator_left_on() -> Result<(), i32> {
    with_regulator(|regulator| {
        // SAFETY: The regulator is ours; so below.
        unsafe { regulator_enable(regulator) };
    })
}

fn regulator_off_twice() -> Result<(), i32> {
    with_regulator(|regulator| {
        // SAFETY: As above.
        unsafe {
            regulator_enable(regulator);
            regulator_disable(regulator);
            regulator_disable(regulator);
        }
    })
}

fn with_mapping(f: impl FnOnce(&Gpu, *mut c_void)) -> Result<(), i32> {
    let gpu = gpu();
    let mapping = map(&gpu)?;
    f(&gpu, mapping);
    // SAFETY: The mapping is ours.
    unsafe { iounmap(mapping) };
    Ok(())
}

fn unclocked() -> Result<(), i32> {
    with_mapping(|gpu, mapping| {
        // SAFETY: The clock and the mapping are ours.
        unsafe {
            clk_disable_unprepare(gpu.clk);
            readl(mapping);
            clk_prepare_enable(gpu.clk);
        }
    })
}

fn mapping_left() -> Result<(), i32> {
    let gpu = gpu();
    map(&gpu).map(drop)
}

fn region_left() -> Result<(), i32> {
    // SAFETY: The name is a literal.
    unsafe { request_mem_region(0x1000, 0x1000, c"test".as_ptr().cast()) };
    Ok(())
}

fn unmapped() -> Result<(), i32> {
    let gpu = gpu();
    let mapping = map(&gpu)?;
    // SAFETY: The stub looks the mapping up.
    unsafe {
        iounmap(mapping);
        assert_eq!(readl(mapping), !0);
    }
    Ok(())
}

fn unmapped_twice() -> Result<(), i32> {
    // SAFETY: The stub looks the mapping up.
    with_mapping(|_, mapping| unsafe { iounmap(mapping) })
}

fn behind_mapping() -> Result<(), i32> {
    with_mapping(|_, mapping| {
        // SAFETY: The stub looks the address up.
        unsafe { readl(mapping.wrapping_byte_add(2 << 20)) };
    })
}

fn misaligned() -> Result<(), i32> {
    with_mapping(|_, mapping| {
        // SAFETY: The stub looks the address up.
        unsafe { readl(mapping.wrapping_byte_add(2)) };
    })
}

fn direct() -> Result<(), i32> {
    with_mapping(|_, mapping| {
        // SAFETY: None: registers are not memory, and the program ends here.
        unsafe { mapping.cast::<u32>().read_volatile() };
    })
}

fn clock_after_put() -> Result<(), i32> {
    let gpu = gpu();
    // SAFETY: The stub looks the clock up.
    unsafe {
        let clk = clk_get(gpu.device.as_raw(), c"core".as_ptr().cast());
        clk_put(clk);
        clk_prepare_enable(clk);
    }
    Ok(())
}

fn never_mapped() -> Result<(), i32> {
    // SAFETY: The stub looks the address up.
    assert_eq!(unsafe { readl(std::ptr::without_provenance(0x1000)) }, !0);
    Ok(())
}
