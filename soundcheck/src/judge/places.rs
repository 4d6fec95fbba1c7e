//! Where everything is that is judged, below the root of the workspace.
//!
//! The table of case folders here is the only one: the walk, the filters and
//! whoever else needs to know a folder ask it.

use camino::Utf8Path;
use camino::Utf8PathBuf;

use crate::judge::kind::Kind;

/// The places of a workspace, and the names that its cases may say.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The name of the subject in the workspace, about which a case speaks that
    /// names none.
    pub name: String,
    /// The names of all subjects that cases may speak about.
    pub subjects: Vec<String>,
    /// The file with the claims, if cases prove any.
    pub claims: Option<Utf8PathBuf>,
    /// The folder of snapshots, if diagnostics are reviewed.
    pub snapshots: Option<Utf8PathBuf>,
    /// Folders with sources that assert claims while they are built.
    pub assertions: Vec<Utf8PathBuf>,
    /// Words that make a case need another word: one that says the first and
    /// not the second is judged alone.
    pub needs: Vec<(String, String)>,
    /// Whether cases need nothing of std, so that one that does is judged alone.
    pub no_std: bool,
    /// Where cases are.
    pub cases: Vec<CaseFolder>,
}

/// A folder of cases.
#[derive(Clone, Debug)]
pub struct CaseFolder {
    /// The folder.
    pub folder: Utf8PathBuf,
    /// What its cases are for.
    pub kind: Kind,
}

impl Places {
    /// Whether a path is that of a case, or would be.
    pub fn is_case(&self, path: &Utf8Path) -> bool {
        let folders = self.cases.iter().map(|cases| &cases.folder);
        let mut inside = folders.filter_map(|folder| path.strip_prefix(folder).ok());
        inside.any(|inside| inside.components().count() > 0)
    }

    /// What the cases of the folder are for that a path lies in.
    pub fn kind_of(&self, path: &Utf8Path) -> Option<Kind> {
        let mut folders = self.cases.iter();
        let found = folders.find(|cases| path.starts_with(&cases.folder))?;
        Some(found.kind)
    }

    /// How deep in its folder a case lies.
    pub fn depth(&self, path: &Utf8Path) -> usize {
        let folders = self.cases.iter().map(|cases| &cases.folder);
        let mut inside = folders.filter_map(|folder| path.strip_prefix(folder).ok());
        inside
            .next()
            .map_or(0, |inside| inside.components().count())
    }

    /// The first folder with cases of a kind.
    pub fn folder(&self, kind: Kind) -> Option<&Utf8Path> {
        let mut folders = self.cases.iter();
        let found = folders.find(|cases| cases.kind == kind)?;
        Some(&found.folder)
    }

    /// The file with the claims, for messages.
    pub fn claims(&self) -> &Utf8Path {
        let claims = self.claims.as_deref();
        claims.unwrap_or(Utf8Path::new("the file with the claims"))
    }
}

#[cfg(test)]
impl Places {
    /// A workspace whose cases have names, claims and snapshots as usual.
    pub fn usual() -> Self {
        let cases = |(folder, kind): (&str, Kind)| CaseFolder {
            folder: Utf8PathBuf::from(folder),
            kind,
        };
        let folders = [("ui-fail", Kind::Fail), ("ui-pass", Kind::Pass)];
        Self {
            name: "api".to_owned(),
            subjects: ["api", "linux-7.2", "linux-7.3"]
                .map(str::to_owned)
                .to_vec(),
            claims: Some("contracts/claims.toml".into()),
            snapshots: Some("snapshots/diagnostics".into()),
            assertions: Vec::new(),
            needs: vec![("vtable".to_owned(), "LocalModule".to_owned())],
            no_std: true,
            cases: folders.map(cases).to_vec(),
        }
    }
}
