//! A managed resource that is dropped before the device is unbound is released once.
//@ claim: bound-ends-with-unbind
//@ generations: api, linux-7.3
use driver::Tracked;
use kernel::devres::Devres;
use kernel::error::Result;
use kernel::faux;

pub fn main() -> Result {
    let parent = faux::Registration::new(c"parent", None)?;
    let bound = parent.as_ref().as_ref();
    let early = Devres::new(bound, Tracked::new("early resource"))?;
    let late = Devres::new(bound, Tracked::new("late resource"))?;
    assert!(early.access(bound).is_ok());
    drop(early);
    drop(parent);
    assert!(late.try_access().is_none());
    Ok(())
}
