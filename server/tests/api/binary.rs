//! What the binary says to whoever started it.

use std::process::Command;

#[test]
fn a_log_that_nobody_sees_on_a_terminal_has_no_colours() {
    let data = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mainstay"))
        .args(["migrate", "--log", "info", "--data"])
        .arg(data.path())
        .output()
        .unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{log}");
    assert!(log.contains("INFO"), "{log}");
    assert!(!log.contains('\x1b'), "{log}");
}
