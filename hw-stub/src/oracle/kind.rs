//! The table of all misuses that the oracle knows, with their stable names.

macro_rules! kinds {
    ($($kind:ident $name:literal $meaning:literal)*) => {
        /// A kind of misuse.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind {
            $(#[doc = concat!("`", $name, "`: ", $meaning)] $kind,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$kind),*];

            /// The stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$kind => $name,)* }
            }

            /// What it means, in a sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Kind::$kind => $meaning,)* }
            }
        }
    };
}

kinds! {
    // Memory.
    AllocationTooSmall "allocation-too-small"
        "The allocation of a DRM device is smaller than the object that it holds."
    OutOfBounds "out-of-bounds" "Memory beside an allocation or a mapping was touched."
    UseAfterFree "use-after-free" "An object was used after its memory was freed."
    DoubleFree "double-free" "Memory was freed twice."
    InvalidFree "invalid-free" "Memory was freed that was never allocated, or not as it is freed."
    MemoryLeak "memory-leak" "An allocation was never freed."
    MisalignedObject "misaligned-object"
        "A call was given an object at an address that is no multiple of its alignment."
    WildAccess "wild-access" "Memory was touched that belongs to nobody."

    // References.
    RefcountUnderflow "refcount-underflow" "A reference was dropped that nobody held."
    DeviceLeak "device-leak" "A device still had references when the run ended."
    UnknownObject "unknown-object" "A call was given an object that nobody made."

    // Registration.
    DoubleRegistration "double-registration" "Something was registered twice."
    MissingRegistration "missing-registration" "Something was withdrawn that was not registered."
    RegisteredOnlyCall "registered-only-call"
        "A call that needs a registered device was made on one that is not."
    NodeLeak "node-leak" "A device node outlived its device or the run."
    DriverLeak "driver-leak" "A driver was still registered when the run ended."

    // Sections and unplugging.
    EnterExitImbalance "enter-exit-imbalance"
        "A section was left that was not entered, or never left."
    ExitOnWrongThread "exit-on-wrong-thread" "A section was left on another thread than entered."
    UnplugInsideSection "unplug-inside-section"
        "A thread inside a section waits for every section to end."
    UnplugWaitsForever "unplug-waits-forever" "A section that unplugging waits for does not end."
    IoctlAfterUnplug "ioctl-after-unplug" "An ioctl handler did its work on an unplugged device."

    // Rust data.
    DataDroppedTwice "data-dropped-twice" "A value was dropped twice."
    DataNeverDropped "data-never-dropped" "A value was never dropped, or its memory freed before."
    DataDroppedUninitialised "data-dropped-uninitialised"
        "A value was dropped that was never initialised."

    // Parent devices.
    ParentNotBound "parent-not-bound"
        "A device was accessed, or depended upon, while it was not bound to its driver."
    DevresOrder "devres-order"
        "A managed resource was released while a DRM device on top of it was still registered."

    // GEM objects, files and mappings.
    GemHandleLeak "gem-handle-leak" "A GEM object went away while a file had a handle to it."
    GemObjectLeak "gem-object-leak" "A GEM object was never released, or outlived its device."
    GemForeignHandle "gem-foreign-handle" "A file got a handle to another device's object."
    FileLeak "file-leak" "A file was still open when the run ended."
    MappingLeak "mapping-leak" "A mapping was never undone."

    // Hardware.
    ClockImbalance "clock-imbalance" "A clock was not stopped as often as started."
    RegulatorImbalance "regulator-imbalance" "A regulator was not disabled as often as enabled."
    RegisterAccessUnclocked "register-access-unclocked"
        "A register was accessed while the hardware had no clock or no power."

    // Locks and work.
    LockMisuse "lock-misuse" "A lock was used in a way that locks cannot be used."
    SelfDeadlock "self-deadlock" "A thread waits for something that only itself can end."
    WorkAfterFree "work-after-free" "A work item was freed while it was queued."

    // The program itself.
    BadArgument "bad-argument" "A call got an argument that the C function forbids."
    Panic "panic" "The program panicked where it must not."
    Abort "abort" "The program aborted."
    Timeout "timeout" "The program did not end in time."
    ThreadLeft "thread-left" "A thread of the program was still there when the run ended."
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_kebab_case() {
        let names: HashSet<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(names.len(), Kind::ALL.len());
        let kebab = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(names.iter().all(|name| kebab(name)));
    }

    #[test]
    fn meanings_are_sentences() {
        assert!(Kind::ALL.iter().all(|kind| kind.meaning().ends_with('.')));
    }
}
