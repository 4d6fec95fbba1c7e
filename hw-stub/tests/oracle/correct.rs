//! Programs that do everything right.

use crate::fixture::*;
use crate::Case;

pub const CASES: &[Case] = &[
    ("correct/nothing", || Ok(()), &[]),
    ("correct/lifecycle", lifecycle, &[]),
];

fn lifecycle() -> Result<(), i32> {
    let (faux, drm) = registered()?;
    let result = serve();
    unregister(faux, drm);
    result
}

fn serve() -> Result<(), i32> {
    let file = node().open().map_err(|errno| errno.0)?;
    let mut number = 21u64;
    file.ioctl(DOUBLE, &mut number).map_err(|errno| errno.0)?;
    assert_eq!(number, 42);
    Ok(())
}
