//! Folders for what is nobody else's business: the database and the master key.

use std::{fs::DirBuilder, io, path::Path};

/// Makes `folder` and those above it that lack, for their owner alone. One that is there stays as it is.
///
/// # Errors
/// When the system does not let it be made.
pub fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_folder_that_is_made_is_its_owners_alone() {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("made").join("data");
        create_private(&folder).unwrap();
        create_private(&folder).unwrap();
        assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
}
