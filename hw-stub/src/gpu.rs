//! A small Mali-like block of registers, for a probe to talk to.
//!
//! Offsets and fields are those of `drivers/gpu/drm/tyr/regs.rs`: identification, soft reset, and
//! power of the level-2 cache, the shaders and the tiler.

use std::sync::Mutex;

use crate::consumer;
use crate::names;
use crate::oracle::{report, Kind};
use crate::sync::lock;

/// Size of the block, in bytes.
pub(crate) const SIZE: u64 = 2 << 20;
const FIRST_BASE: u64 = 0xfb00_0000;

const GPU_IRQ_RAWSTAT: u32 = 0x20;
const GPU_IRQ_CLEAR: u32 = 0x24;
const GPU_COMMAND: u32 = 0x30;
const RESET_COMPLETED: u32 = 1 << 8;
const POWER_CHANGED_ALL: u32 = 1 << 10;
/// Reads of the interrupt status for which a reset goes on.
const RESET_READS: u32 = 3;
/// Reads of a ready register for which powering up goes on.
const POWER_READS: u32 = 2;

/// Registers that never change: identification of a G610.
const FIXED: &[(u32, u32)] = &[
    (0x000, 0xa867_0000), // GPU_ID
    (0x004, 0x0712_0306), // L2_FEATURES
    (0x008, 0x0000_0000), // CORE_FEATURES
    (0x00c, 0x0000_0809), // TILER_FEATURES
    (0x010, 0x0000_0301), // MEM_FEATURES
    (0x014, 0x0000_2830), // MMU_FEATURES
    (0x018, 0x0000_00ff), // AS_PRESENT
    (0x01c, 0x0401_0000), // CSF_ID
    (0x0a0, 0x0000_0800), // THREAD_MAX_THREADS
    (0x0a4, 0x0000_0400), // THREAD_MAX_WORKGROUP_SIZE
    (0x0a8, 0x0000_0400), // THREAD_MAX_BARRIER_SIZE
    (0x0ac, 0x0401_0000), // THREAD_FEATURES
    (0x0b0, 0xc1ff_ff9e), // TEXTURE_FEATURES 0
    (0x0b4, 0xffff_0fff), // TEXTURE_FEATURES 1
    (0x0b8, 0x0000_0000), // TEXTURE_FEATURES 2
    (0x0bc, 0x0000_0000), // TEXTURE_FEATURES 3
    (0x100, 0x0005_0005), // SHADER_PRESENT_LO
    (0x110, 0x0000_0001), // TILER_PRESENT_LO
    (0x120, 0x0000_0001), // L2_PRESENT_LO
    (0x280, 0x0000_0000), // REVIDR
    (0x300, 0x0000_0002), // COHERENCY_FEATURES
];

/// A part of the block that is powered by itself: a read-only "present" register, the same plus
/// 0x40 for "ready", 0x80 for "power on", 0xc0 for "power off".
const DOMAINS: [u32; 3] = [0x100, 0x110, 0x120];
const READY: u32 = 0x40;
const POWER_ON: u32 = 0x80;
const POWER_OFF: u32 = 0xc0;

#[derive(Clone, Copy, Default)]
struct Domain {
    requested: u32,
    reads_left: u32,
}

/// One GPU.
struct Gpu {
    base: u64,
    device: usize,
    rawstat: u32,
    reset_reads: u32,
    domains: [Domain; 3],
}

static GPUS: Mutex<Vec<Gpu>> = Mutex::new(Vec::new());

/// Adds a GPU that belongs to a device; its physical address.
pub(crate) fn add(device: usize) -> u64 {
    let mut gpus = lock(&GPUS);
    let base = FIRST_BASE + gpus.len() as u64 * SIZE;
    gpus.push(Gpu {
        base,
        device,
        rawstat: 0,
        reset_reads: 0,
        domains: Default::default(),
    });
    base
}

/// The device whose registers lie at a physical address.
pub(crate) fn owner(address: u64, size: u64) -> Option<usize> {
    let gpus = lock(&GPUS);
    let mut gpus = gpus.iter();
    let inside =
        |gpu: &&Gpu| address >= gpu.base && address.saturating_add(size) <= gpu.base + SIZE;
    gpus.find(inside).map(|gpu| gpu.device)
}

/// Reads the register at a physical address.
pub(crate) fn read(address: u64) -> u32 {
    let result = with(address, |gpu, offset| {
        (gpu.device, offset, gpu.read(offset))
    });
    let Some((device, offset, value)) = result else {
        return !0;
    };
    let now = detail!("readl({}+{offset:#x}) = {value:#x}", names::of(device));
    check_powered("readl", device, now);
    value
}

/// Writes the register at a physical address.
pub(crate) fn write(address: u64, value: u32) {
    let Some((device, offset)) = with(address, |gpu, offset| (gpu.device, offset)) else {
        return;
    };
    let now = event!("writel({}+{offset:#x}, {value:#x})", names::of(device));
    check_powered("writel", device, now);
    with(address, |gpu, offset| gpu.write(offset, value));
}

fn with<R>(address: u64, f: impl FnOnce(&mut Gpu, u32) -> R) -> Option<R> {
    let mut gpus = lock(&GPUS);
    let mut gpus = gpus.iter_mut();
    let gpu = gpus.find(|gpu| (gpu.base..gpu.base + SIZE).contains(&address))?;
    let offset = (address - gpu.base) as u32;
    Some(f(gpu, offset))
}

fn check_powered(call: &str, device: usize, now: crate::oracle::Seq) {
    if let Some(supply) = consumer::first_off(device) {
        let name = names::of(device);
        let message = format!("{call} on {name} while its {supply} was off");
        report(Kind::RegisterAccessUnclocked, message, None, now);
    }
}

impl Gpu {
    fn read(&mut self, offset: u32) -> u32 {
        if offset == GPU_IRQ_RAWSTAT {
            self.finish_reset();
            return self.rawstat;
        }
        if let Some(domain) = DOMAINS.iter().position(|present| present + READY == offset) {
            return self.ready(domain);
        }
        fixed(offset)
    }

    fn write(&mut self, offset: u32, value: u32) {
        match offset {
            GPU_COMMAND if value & 0xff == 1 => {
                self.reset_reads = RESET_READS;
                self.rawstat = 0;
                self.domains = Default::default();
            }
            GPU_IRQ_CLEAR => self.rawstat &= !value,
            GPU_IRQ_RAWSTAT => self.rawstat |= value,
            _ => self.switch_domain(offset, value),
        }
    }

    fn finish_reset(&mut self) {
        if self.reset_reads > 0 {
            self.reset_reads -= 1;
            if self.reset_reads == 0 {
                self.rawstat |= RESET_COMPLETED;
            }
        }
    }

    fn ready(&mut self, domain: usize) -> u32 {
        let domain = &mut self.domains[domain];
        if domain.reads_left > 0 {
            domain.reads_left -= 1;
            return 0;
        }
        if domain.requested != 0 {
            self.rawstat |= POWER_CHANGED_ALL;
        }
        domain.requested
    }

    fn switch_domain(&mut self, offset: u32, value: u32) {
        for (domain, present) in self.domains.iter_mut().zip(DOMAINS) {
            if offset == present + POWER_ON {
                domain.requested |= value & fixed(present);
                domain.reads_left = POWER_READS;
            }
            if offset == present + POWER_OFF {
                domain.requested &= !value;
            }
        }
    }
}

fn fixed(offset: u32) -> u32 {
    let found = FIXED.iter().find(|(register, _)| *register == offset);
    found.map_or(0, |(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gpu() -> Gpu {
        Gpu {
            base: 0,
            device: 0,
            rawstat: 0,
            reset_reads: 0,
            domains: Default::default(),
        }
    }

    #[test]
    fn a_reset_completes_after_a_few_reads() {
        let mut gpu = gpu();
        gpu.write(GPU_COMMAND, 0x101);
        let stats: Vec<u32> = (0..4).map(|_| gpu.read(GPU_IRQ_RAWSTAT)).collect();
        assert_eq!(stats, [0, 0, RESET_COMPLETED, RESET_COMPLETED]);
        gpu.write(GPU_IRQ_CLEAR, RESET_COMPLETED);
        assert_eq!(gpu.read(GPU_IRQ_RAWSTAT), 0);
    }

    #[test]
    fn the_cache_powers_up_after_a_few_reads_and_down_at_once() {
        let mut gpu = gpu();
        assert_eq!(gpu.read(0x160), 0);
        gpu.write(0x1a0, 1);
        let ready: Vec<u32> = (0..3).map(|_| gpu.read(0x160)).collect();
        assert_eq!(ready, [0, 0, 1]);
        gpu.write(0x1e0, 1);
        assert_eq!(gpu.read(0x160), 0);
    }

    #[test]
    fn a_reset_takes_the_power_away() {
        let mut gpu = gpu();
        gpu.write(0x1a0, 1);
        gpu.write(GPU_COMMAND, 0x101);
        assert_eq!((0..5).map(|_| gpu.read(0x160)).sum::<u32>(), 0);
    }
}
