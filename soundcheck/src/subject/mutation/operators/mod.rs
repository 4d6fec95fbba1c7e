//! The operators, one in each file.
//!
//! A new one is a file and a `mod` line: `build.rs` lists the files, and expects
//! a unit struct that is named like its file. `docs/mutation-operators.md` says
//! what each stands for, and a test keeps the two equal.

mod add_clone;
mod add_conversion;
mod add_copy;
mod add_default;
mod add_deref_mut;
mod add_handle_conversion;
mod add_send;
mod add_sync;
mod add_unpin;
mod change_default_state;
mod change_variance;
mod drop_associated_bound;
mod drop_auto_trait;
mod drop_binding;
mod drop_bound;
mod drop_must_use;
mod drop_repr;
mod drop_supertrait;
mod drop_unsafe;
mod empty_callback;
mod empty_drop;
mod ignore_error;
mod lengthen_lifetime;
mod load_state;
mod merge_lifetimes;
mod negate_condition;
mod open_field;
mod open_visibility;
mod relax_bound;
mod remove_assertion;
mod remove_assignment;
mod remove_call;
mod remove_check;
mod remove_guard;
mod remove_loop;
mod remove_marker;
mod reorder_fields;
mod repeat_call;
mod shrink_allocation;
mod swap_callee;
mod swap_macro_state;
mod swap_state;
mod swap_statements;
mod take_by_reference;
mod turn_arithmetic;
mod turn_boolean;
mod turn_comparison;
mod turn_drop;
mod unquantify;
mod untie_lifetime;
mod widen_impl;

include!(concat!(env!("OUT_DIR"), "/operators.rs"));
