//! The style sheet and the files of `public/`, embedded in the binary: hashed names, so that browsers may keep them for
//! ever, and compressed when the binary was built. How they are answered over HTTP is not here.

/// One file.
#[derive(Debug)]
pub struct Asset {
    /// Its path below `public/`; `style.css` is all of `style/`.
    pub name: &'static str,
    /// The name that changes with the content.
    pub hashed: &'static str,
    /// For the header of that name.
    pub content_type: &'static str,
    /// As it is.
    pub plain: &'static [u8],
    /// Compressed with gzip, where that is smaller.
    pub gzip: Option<&'static [u8]>,
    /// Compressed with brotli, where that is smaller.
    pub brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The file that is called `name` in the repository.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Asset> {
    FILES.iter().find(|asset| asset.name == name)
}

/// The file with this hashed name.
#[must_use]
pub fn by_hashed(hashed: &str) -> Option<&'static Asset> {
    FILES.iter().find(|asset| asset.hashed == hashed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_is_found_by_both_names() {
        let sheet = by_name("style.css").unwrap();
        assert!(sheet.hashed.starts_with("style-") && sheet.hashed.ends_with(".css"));
        assert!(std::ptr::eq(sheet, by_hashed(sheet.hashed).unwrap()));
    }
}
