//! The crates of a kernel as data: where they are, what they need, and the
//! flags that `rust/Makefile` of a tree compiles them with.
//!
//! The last two are not the kernel's: the helpers that cases share, and the
//! stub.

/// A crate and how it is compiled.
#[derive(Clone, Copy, Debug)]
pub struct Crate {
    /// The name.
    pub name: &'static str,
    /// Where its sources are.
    pub place: Place,
    /// The folder or the only file with its sources, below that place.
    pub sources: &'static str,
    /// The root file, below the sources; empty if they are one file.
    pub root: &'static str,
    /// What it is compiled to.
    pub kind: Kind,
    /// The crates that it names.
    pub needs: &'static [&'static str],
    /// Flags of its own.
    pub flags: &'static [&'static str],
    /// Variables of its own.
    pub variables: &'static [(&'static str, &'static str)],
    /// Files of the build directory that it includes.
    pub generated: &'static [&'static str],
    /// Whether optimisation and the order of fields are looked at in it. What
    /// is below such a crate is not compiled again for that.
    pub has_flavors: bool,
    /// Whether trees may come without it.
    pub is_optional: bool,
}

/// Where sources are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Below `rust/` of the tree.
    Kernel,
    /// Below the root of the workspace.
    Workspace,
    /// In the folder of the helpers of the generation.
    Helpers,
}

/// What a crate is compiled to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A library that procedural macros are made of.
    Host,
    /// Procedural macros.
    Macros,
    /// A library that is configured like the kernel.
    Kernel,
    /// A library of the workspace.
    Library,
}

const CRATE: Crate = Crate {
    name: "",
    place: Place::Kernel,
    sources: "",
    root: "lib.rs",
    kind: Kind::Kernel,
    needs: &[],
    flags: &[],
    variables: &[],
    generated: &[],
    has_flavors: false,
    is_optional: false,
};

/// Every crate, after those that it needs.
pub const CRATES: &[Crate] = &[
    Crate {
        name: "proc_macro2",
        sources: "proc-macro2",
        kind: Kind::Host,
        flags: &[
            "--cfg=feature=\"proc-macro\"",
            "--cfg=wrap_proc_macro",
            "--cfg=proc_macro_span_file",
            "--cfg=proc_macro_span_location",
        ],
        ..CRATE
    },
    Crate {
        name: "quote",
        sources: "quote",
        kind: Kind::Host,
        needs: &["proc_macro2"],
        flags: &["--edition=2018", "--cfg=feature=\"proc-macro\""],
        ..CRATE
    },
    Crate {
        name: "syn",
        sources: "syn",
        kind: Kind::Host,
        needs: &["proc_macro2", "quote"],
        flags: &[
            "--cfg=feature=\"clone-impls\"",
            "--cfg=feature=\"derive\"",
            "--cfg=feature=\"full\"",
            "--cfg=feature=\"parsing\"",
            "--cfg=feature=\"printing\"",
            "--cfg=feature=\"proc-macro\"",
            "--cfg=feature=\"visit\"",
            "--cfg=feature=\"visit-mut\"",
        ],
        ..CRATE
    },
    Crate {
        name: "pin_init_internal",
        sources: "pin-init/internal/src",
        kind: Kind::Macros,
        needs: &["proc_macro2", "quote", "syn"],
        flags: PIN_INIT,
        ..CRATE
    },
    Crate {
        name: "macros",
        sources: "macros",
        kind: Kind::Macros,
        needs: &["proc_macro2", "quote", "syn"],
        ..CRATE
    },
    Crate {
        name: "zerocopy_derive",
        sources: "zerocopy-derive",
        kind: Kind::Macros,
        needs: &["proc_macro2", "quote", "syn"],
        flags: &["--cfg=zerocopy_unstable_linux"],
        is_optional: true,
        ..CRATE
    },
    Crate {
        name: "ffi",
        sources: "ffi.rs",
        root: "",
        ..CRATE
    },
    Crate {
        name: "build_error",
        sources: "build_error.rs",
        root: "",
        ..CRATE
    },
    Crate {
        name: "zerocopy",
        sources: "zerocopy/src",
        needs: &["zerocopy_derive"],
        flags: &["--cfg=no_fp_fmt_parse"],
        variables: &[("CARGO_PKG_VERSION", "0.8.54")],
        is_optional: true,
        ..CRATE
    },
    Crate {
        name: "pin_init",
        sources: "pin-init/src",
        needs: &["pin_init_internal", "macros"],
        flags: PIN_INIT,
        ..CRATE
    },
    Crate {
        name: "bindings",
        sources: "bindings",
        needs: &["ffi", "pin_init"],
        generated: &[
            "rust/bindings/bindings_generated.rs",
            "rust/bindings/bindings_helpers_generated.rs",
        ],
        ..CRATE
    },
    Crate {
        name: "uapi",
        sources: "uapi",
        needs: &["ffi", "pin_init"],
        generated: &["rust/uapi/uapi_generated.rs"],
        ..CRATE
    },
    Crate {
        name: "kernel",
        sources: "kernel",
        needs: &[
            "pin_init",
            "ffi",
            "build_error",
            "macros",
            "bindings",
            "uapi",
            "zerocopy",
            "zerocopy_derive",
        ],
        generated: &[
            "rust/kernel/generated_arch_static_branch_asm.rs",
            "rust/kernel/generated_arch_warn_asm.rs",
            "rust/kernel/generated_arch_reachable_asm.rs",
        ],
        has_flavors: true,
        ..CRATE
    },
    Crate {
        name: "driver",
        place: Place::Helpers,
        sources: "src",
        kind: Kind::Library,
        needs: &["kernel", "pin_init", "macros"],
        has_flavors: true,
        ..CRATE
    },
    Crate {
        name: "hw_stub",
        place: Place::Workspace,
        sources: "hw-stub/src",
        kind: Kind::Library,
        needs: &["bindings"],
        ..CRATE
    },
];

const PIN_INIT: &[&str] = &["--cfg=kernel", "--cfg=USE_RUSTC_FEATURES"];

/// The stub, which only lanes with programs need.
pub const STUB: &str = "hw_stub";
