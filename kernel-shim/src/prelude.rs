//! What nearly every driver uses: `use kernel::prelude::*;`.
//!
//! Macros come without the modules of the same name.

#[doc(no_inline)]
pub use core::mem::{align_of, align_of_val, size_of, size_of_val};
#[doc(no_inline)]
pub use core::pin::Pin;

#[doc(no_inline)]
pub use crate::ffi::{
    c_char, c_int, c_long, c_longlong, c_schar, c_short, c_uchar, c_uint, c_ulong, c_ulonglong,
    c_ushort, c_void, CStr,
};

#[doc(no_inline)]
pub use macros::vtable;

#[doc(no_inline)]
pub use pinned_init::{pin_data, pinned_drop, InPlaceWrite, Init, PinInit, Zeroable};

#[doc(no_inline)]
pub use crate::{
    alloc::flags::*,
    alloc::{KBox, KVec},
    build_assert::{build_assert, build_error, const_assert, static_assert},
    dev_alert, dev_crit, dev_dbg, dev_emerg, dev_err, dev_info, dev_notice, dev_warn,
    error::code::*,
    error::{Error, Result},
    fmt_macro as fmt,
    init::InPlaceInit,
    init_macro as init, module_macro as module, pin_init, pr_alert, pr_crit, pr_debug, pr_emerg,
    pr_err, pr_info, pr_notice, pr_warn,
    str::CStrExt as _,
    try_init, try_pin_init, ThisModule,
};
