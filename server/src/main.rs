//! The `mainstay` binary: reads the command line and hands over.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;
use server::commands::Mainstay;

/// A page is thousands of small strings that live for a millisecond, and a start writes much that is never needed
/// again: measured against glibc's allocator, a list took a quarter less CPU and the idle demo a third of the memory
/// (docs/performance.md).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let command = Mainstay::parse();
    match command.run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("mainstay: {error:#}");
            ExitCode::FAILURE
        }
    }
}
