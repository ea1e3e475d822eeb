//! A folder that is gone when the measurement is.

use std::{fs, io, path::Path, path::PathBuf};

/// A fresh folder below the system's for temporary files; removed when dropped.
#[derive(Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> io::Result<Self> {
        let path = std::env::temp_dir().join(format!("mainstay-bench-{name}-{}", std::process::id()));
        fs::create_dir(&path)?;
        Ok(Self(path))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The URL of an SQLite file in it.
    pub(crate) fn sqlite_url(&self) -> String {
        format!("sqlite://{}?mode=rwc", self.0.join("bench.db").display())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What can't be removed the system will, some day.
        let _ = fs::remove_dir_all(&self.0);
    }
}
