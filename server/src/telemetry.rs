//! Logs: structured, on standard error, each line of a request with its request id. What never to log: passwords,
//! tokens, sealed values, and mail addresses beyond sign-in.

use std::io::{self, IsTerminal};

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::LogFormat;

/// What is logged when nothing else is asked for.
pub const DEFAULT_FILTER: &str = "info,sqlx=warn,sea_orm_migration=warn";

/// Starts logging. A second call changes nothing, so that tests may each call it.
///
/// # Errors
/// When `filter` is no filter that tracing understands.
pub fn init(filter: &str, format: LogFormat) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter)
        .map_err(|error| anyhow::anyhow!("the log filter `{filter}` can't be understood: {error}"))?;
    let registry = tracing_subscriber::registry().with(filter);
    let _ = match format {
        LogFormat::Text => {
            // In a file or a journal, colours are rubbish between the words.
            let colours = io::stderr().is_terminal();
            registry
                .with(fmt::layer().with_ansi(colours).with_writer(io::stderr))
                .try_init()
        }
        LogFormat::Json => registry
            .with(fmt::layer().json().flatten_event(true).with_writer(io::stderr))
            .try_init(),
    };
    Ok(())
}
