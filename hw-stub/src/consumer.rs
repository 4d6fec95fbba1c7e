//! What clocks and regulators have in common: somebody gets one, switches it on and off, and gives
//! it back.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use bindings::device;

use crate::abi::{key, pointer};
use crate::arena::{self, Fill, Purpose};
use crate::base::parent::require_bound;
use crate::missing::report_missing;
use crate::names;
use crate::oracle::{report, report_leak, Kind, Seq};
use crate::sync::lock;

/// What is switched.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Supply {
    Clock,
    Regulator,
}

impl Supply {
    fn noun(self) -> &'static str {
        match self {
            Supply::Clock => "clock",
            Supply::Regulator => "regulator",
        }
    }

    fn imbalance(self) -> Kind {
        match self {
            Supply::Clock => Kind::ClockImbalance,
            Supply::Regulator => Kind::RegulatorImbalance,
        }
    }
}

/// Somebody's use of a supply.
struct Consumer {
    supply: Supply,
    device: usize,
    id: String,
    on: u32,
    got: Seq,
    switched: Option<Seq>,
}

#[derive(Default)]
struct Supplies {
    /// What devices have, in the order of their declaration.
    of: HashMap<(usize, Supply), Vec<String>>,
    consumers: BTreeMap<usize, Consumer>,
}

static SUPPLIES: Mutex<Option<Supplies>> = Mutex::new(None);

/// Gives a device a supply of its own.
pub(crate) fn declare(dev: *mut device, supply: Supply, id: &str) {
    let mut supplies = lock(&SUPPLIES);
    let of = supplies
        .get_or_insert_default()
        .of
        .entry((key(dev), supply));
    of.or_default().push(id.into());
}

/// Whether a device has a supply; no id stands for the first one.
pub(crate) fn exists(dev: *mut device, supply: Supply, id: &str) -> bool {
    let mut supplies = lock(&SUPPLIES);
    let of = supplies.get_or_insert_default().of.get(&(key(dev), supply));
    of.is_some_and(|ids| ids.iter().any(|known| known == id) || id.is_empty())
}

/// A handle to a supply of a device.
pub(crate) fn get<T>(call: &str, dev: *mut device, supply: Supply, id: &str) -> *mut T {
    require_bound(call, dev);
    let name = format!("{}:{id}", supply.noun());
    let handle = arena::alloc(16, 16, Purpose::Core, &name, Fill::Zero);
    names::set(key(handle), name.clone());
    let got = event!("{call}({}) = {name}", names::of(key(dev)));
    let consumer = Consumer {
        supply,
        device: key(dev),
        id: id.into(),
        on: 0,
        got,
        switched: None,
    };
    lock(&SUPPLIES)
        .get_or_insert_default()
        .consumers
        .insert(key(handle), consumer);
    handle.cast()
}

/// Gives a handle back.
pub(crate) fn put<T>(call: &str, handle: *mut T) {
    let now = event!("{call}({})", names::of(key(handle)));
    let Some(consumer) = take(call, key(handle), now) else {
        return;
    };
    if consumer.on > 0 {
        let message = format!("{} was given back while it was on", names::of(key(handle)));
        report(consumer.supply.imbalance(), message, consumer.switched, now);
    }
    arena::free(call, key(handle));
}

/// Switches a supply on.
pub(crate) fn switch_on<T>(call: &str, handle: *mut T) -> i32 {
    let now = event!("{call}({})", names::of(key(handle)));
    let device = with(call, key(handle), now, |consumer| {
        consumer.on += 1;
        consumer.switched = Some(now);
        consumer.device
    });
    let Some(device) = device else {
        return -libc::EINVAL;
    };
    require_bound(call, pointer::<device>(device));
    0
}

/// Switches a supply off.
pub(crate) fn switch_off<T>(call: &str, handle: *mut T) {
    let now = event!("{call}({})", names::of(key(handle)));
    let off = with(call, key(handle), now, |consumer| {
        let was_on = consumer.on > 0;
        consumer.on = consumer.on.saturating_sub(1);
        let earlier = consumer.switched.replace(now);
        (was_on, consumer.supply, earlier)
    });
    if let Some((false, supply, earlier)) = off {
        let message = format!(
            "{} was switched off, but was not on",
            names::of(key(handle))
        );
        report(supply.imbalance(), message, earlier, now);
    }
}

/// The first supply of each kind of a device, if it is off.
pub(crate) fn first_off(dev: usize) -> Option<String> {
    let mut supplies = lock(&SUPPLIES);
    let supplies = supplies.get_or_insert_default();
    [Supply::Clock, Supply::Regulator]
        .into_iter()
        .find_map(|supply| {
            let first = supplies.of.get(&(dev, supply))?.first()?;
            let mut consumers = supplies.consumers.values();
            let on = consumers.any(|consumer| {
                (consumer.device, consumer.supply, &consumer.id) == (dev, supply, first)
                    && consumer.on > 0
            });
            (!on).then(|| format!("{} {first}", supply.noun()))
        })
}

/// Reports supplies that are on still, or were not given back.
pub(crate) fn check_at_end() {
    let consumers = std::mem::take(&mut lock(&SUPPLIES).get_or_insert_default().consumers);
    for (handle, consumer) in consumers {
        let kind = consumer.supply.imbalance();
        let state = if consumer.on > 0 {
            "switched off"
        } else {
            "given back"
        };
        let message = format!("{} was never {state}", names::of(handle));
        report_leak(kind, message, consumer.switched.unwrap_or(consumer.got));
    }
}

fn take(call: &str, handle: usize, now: Seq) -> Option<Consumer> {
    let taken = lock(&SUPPLIES)
        .get_or_insert_default()
        .consumers
        .remove(&handle);
    if taken.is_none() {
        report_missing(call, handle, now, "given back", "was never got");
    }
    taken
}

fn with<R>(call: &str, handle: usize, now: Seq, f: impl FnOnce(&mut Consumer) -> R) -> Option<R> {
    let found = lock(&SUPPLIES)
        .get_or_insert_default()
        .consumers
        .get_mut(&handle)
        .map(f);
    if found.is_none() {
        report_missing(call, handle, now, "given back", "was never got");
    }
    found
}
