//! The hardware behind a driver in the shape of tyr: clocks, regulators and registers of a GPU.
//!
//! As the driver itself, it contains nothing that the compiler does not check.

use kernel::{
    clk::{
        Clk,
        OptionalClk, //
    },
    device::{
        Bound,
        Device, //
    },
    io::{
        poll::read_poll_timeout,
        Io, //
    },
    prelude::*,
    regulator::{
        Enabled,
        Regulator, //
    },
    sizes::SZ_2M,
    time::Delta, //
};

/// The mapped registers.
pub type IoMem<'a> = kernel::io::mem::IoMem<'a, SZ_2M>;

const GPU_ID: usize = 0x0;
const MMU_FEATURES: usize = 0x14;
const GPU_IRQ_RAWSTAT: usize = 0x20;
const GPU_COMMAND: usize = 0x30;
const SHADER_PRESENT_LO: usize = 0x100;
const L2_PRESENT_LO: usize = 0x120;
const L2_READY_LO: usize = 0x160;
const L2_PWRON_LO: usize = 0x1a0;
const REVIDR: usize = 0x280;

/// `GPU_COMMAND`: a reset that lets what is on the bus end first.
const SOFT_RESET: u32 = 0x101;
/// `GPU_IRQ_RAWSTAT`: the reset has completed.
const RESET_COMPLETED: u32 = 1 << 8;

/// The clocks of the GPU, which run.
pub struct Clocks {
    core: Clk,
    stacks: OptionalClk,
    coregroup: OptionalClk,
}

impl Clocks {
    /// Starts the clocks that the device has; it must have the first.
    pub fn start(dev: &Device<Bound>) -> Result<Self> {
        let core = Clk::get(dev, Some(c"core"))?;
        let stacks = OptionalClk::get(dev, Some(c"stacks"))?;
        let coregroup = OptionalClk::get(dev, Some(c"coregroup"))?;
        core.prepare_enable()?;
        stacks
            .prepare_enable()
            .inspect_err(|_| core.disable_unprepare())?;
        coregroup.prepare_enable().inspect_err(|_| {
            stacks.disable_unprepare();
            core.disable_unprepare();
        })?;
        Ok(Self {
            core,
            stacks,
            coregroup,
        })
    }
}

impl Drop for Clocks {
    fn drop(&mut self) {
        self.coregroup.disable_unprepare();
        self.stacks.disable_unprepare();
        self.core.disable_unprepare();
    }
}

/// The regulators of the GPU, which are on.
pub struct Regulators {
    _mali: Regulator<Enabled>,
    _sram: Regulator<Enabled>,
}

impl Regulators {
    /// Switches the regulators on.
    pub fn enable(dev: &Device<Bound>) -> Result<Self> {
        Ok(Self {
            _mali: Regulator::<Enabled>::get(dev, c"mali")?,
            _sram: Regulator::<Enabled>::get(dev, c"sram")?,
        })
    }
}

/// What the GPU says about itself.
pub struct GpuInfo {
    gpu_id: u32,
    gpu_rev: u32,
    mmu_features: u32,
    shader_present: u32,
    l2_present: u32,
}

impl GpuInfo {
    /// Reads the identification registers.
    pub fn read(iomem: &IoMem<'_>) -> Self {
        Self {
            gpu_id: iomem.read32(GPU_ID),
            gpu_rev: iomem.read32(REVIDR),
            mmu_features: iomem.read32(MMU_FEATURES),
            shader_present: iomem.read32(SHADER_PRESENT_LO),
            l2_present: iomem.read32(L2_PRESENT_LO),
        }
    }

    /// Tells the log.
    pub fn log(&self, dev: &Device<Bound>) {
        dev_info!(
            dev,
            "GPU {:#x} revision {:#x}, shaders {:#x}, caches {:#x}\n",
            self.gpu_id,
            self.gpu_rev,
            self.shader_present,
            self.l2_present
        );
    }

    /// Whether the GPU still says the same.
    pub fn is_confirmed(&self, iomem: &IoMem<'_>) -> bool {
        iomem.read32(GPU_ID) == self.gpu_id
    }

    /// The number of bytes that an address space has.
    pub fn va_range(&self) -> u64 {
        1u64.checked_shl(self.mmu_features & 0xff)
            .unwrap_or(u64::MAX)
    }
}

/// Resets the GPU, and waits until that is done.
pub fn issue_soft_reset(dev: &Device<Bound>, iomem: &IoMem<'_>) -> Result {
    iomem.write32(SOFT_RESET, GPU_COMMAND);
    wait_for(iomem, GPU_IRQ_RAWSTAT, RESET_COMPLETED)
        .inspect_err(|_| dev_err!(dev, "the reset does not complete\n"))
}

/// Powers the level-2 cache, and waits until it is ready.
pub fn power_l2_on(dev: &Device<Bound>, iomem: &IoMem<'_>) -> Result {
    iomem.write32(1, L2_PWRON_LO);
    wait_for(iomem, L2_READY_LO, 1).inspect_err(|_| dev_err!(dev, "the cache stays off\n"))
}

fn wait_for(iomem: &IoMem<'_>, register: usize, bit: u32) -> Result {
    read_poll_timeout(
        || Ok(iomem.read32(register)),
        |value| value & bit != 0,
        Delta::from_millis(1),
        Delta::from_millis(100),
    )
    .map(drop)
}
