//! A bar that shows how far a command is.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error, where that is a terminal.
#[must_use]
pub fn bar(doing: &'static str, total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total);
    if let Ok(style) = ProgressStyle::with_template("{msg:10} {bar:30} {percent}%  {eta} left") {
        bar.set_style(style);
    }
    bar.set_message(doing);
    bar
}
