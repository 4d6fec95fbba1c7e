//! How long what a run leaves behind is kept without being used.

use std::time::Duration;
use std::time::SystemTime;

use camino::Utf8Path;

/// How long the passes of a build are kept after their last use.
pub const KEPT: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// Whether a file or a folder was not changed for that long.
pub fn is_old(path: &Utf8Path) -> bool {
    let changed = path.metadata().and_then(|metadata| metadata.modified());
    let age = changed.map(|changed| SystemTime::now().duration_since(changed));
    matches!(age, Ok(Ok(age)) if age > KEPT)
}
