//! Where the snapshots of a workspace lie, and which file has that of a case.

use camino::Utf8Path;
use camino::Utf8PathBuf;

/// The folder of snapshots, and the folder of the cases that they are of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// Has a folder for each toolchain, below the root.
    pub folder: Utf8PathBuf,
    /// The folder of the cases, with which their ids begin.
    pub cases: Utf8PathBuf,
}

/// The file with the snapshots of cases that lie in no folder of their own.
const FLAT: &str = "_";

impl Home {
    /// The file with the snapshot of a case, below the root.
    pub fn file_of(&self, label: &str, id: &str) -> Utf8PathBuf {
        let (folder, _) = self.split(id);
        self.path(label, folder)
    }

    /// The file with the snapshots of a folder of cases, below the root.
    pub fn path(&self, label: &str, folder: &str) -> Utf8PathBuf {
        let name = if folder.is_empty() { FLAT } else { folder };
        self.folder.join(label).join(format!("{name}.txt"))
    }

    /// The folder of cases whose snapshots are in a file with a name.
    pub fn folder_of(name: &str) -> &str {
        if name == FLAT {
            ""
        } else {
            name
        }
    }

    /// The folder and the name of a case, inside of the folder of all cases.
    pub fn split<'a>(&self, id: &'a str) -> (&'a str, &'a str) {
        let inside = Utf8Path::new(id).strip_prefix(&self.cases);
        let inside = inside.map_or(id, Utf8Path::as_str);
        inside.rsplit_once('/').unwrap_or(("", inside))
    }

    /// The id of a case with that folder and name.
    pub fn id(&self, folder: &str, name: &str) -> String {
        self.cases.join(folder).join(name).into_string()
    }
}
