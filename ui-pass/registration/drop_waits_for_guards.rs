//! Dropping a registration waits until every thread has dropped its guard; only then is the
//! registration data dropped.
//@ claim: registration-drop-unplugs
//@ generations: api, linux-7.3
use driver::{data, ever_registered, registration_data, with_parent, Ever, Probe};
use kernel::drm;
use kernel::error::{code::ENODEV, Result};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

static IS_DROPPED: AtomicBool = AtomicBool::new(false);

pub fn main() -> Result {
    with_parent(|parent| {
        let dev = drm::UnregisteredDevice::<Probe>::new(parent, data())?;
        let data = registration_data(7, Some(parent.as_ref()));
        // SAFETY: The registration is dropped below, while the parent is bound.
        let registration = unsafe { drm::Registration::new(parent.as_ref(), dev, data, 0) }?;
        let dev = ever_registered(&registration);
        thread::scope(|scope| {
            let (entered, all_entered) = mpsc::channel();
            let holders: Vec<_> = (0..3)
                .map(|_| (dev.clone(), entered.clone()))
                .map(|(dev, entered)| scope.spawn(move || hold(&dev, entered)))
                .collect();
            for _ in &holders {
                let _ = all_entered.recv();
            }
            drop(registration);
            IS_DROPPED.store(true, Ordering::Release);
            for holder in holders {
                holder.join().expect("a holder does not panic")?;
            }
            Ok(())
        })
    })
}

/// Holds a guard until the device refuses others, and then still uses what the guard lends.
fn hold(dev: &Ever<Probe>, entered: Sender<()>) -> Result {
    let guard = dev.registration_guard().ok_or(ENODEV)?;
    let _ = entered.send(());
    while dev.registration_guard().is_some() && !IS_DROPPED.load(Ordering::Acquire) {
        thread::sleep(Duration::from_millis(1));
    }
    guard.registration_data_with(|data| {
        assert_eq!(data.value, 7);
        let parent = data.parent.map(|parent| parent.name());
        assert_eq!(parent, Some(c"probe"));
    });
    Ok(())
}
