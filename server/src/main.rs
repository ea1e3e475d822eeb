//! The `mainstay` binary: reads the command line and hands over.

use std::process::ExitCode;

use clap::Parser;
use server::commands::Mainstay;

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
