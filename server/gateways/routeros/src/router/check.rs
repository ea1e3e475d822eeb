//! One look at a router before it is added.

use super::interface::{Interface, InterfaceFilter};
use super::system::Resources;
use crate::row::Text;
use crate::{Client, Error};

/// Everything that the portal needs from a router, seen to work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    pub identity: Text,
    pub resources: Resources,
    pub interfaces: Vec<Interface>,
}

impl Client {
    /// Reads identity, version, resources and interfaces at once.
    ///
    /// # Errors
    /// The first thing that did not work.
    pub async fn test(&self) -> Result<Check, Error> {
        let (identity, resources, interfaces) = tokio::try_join!(
            self.identity(),
            self.resources(),
            self.interfaces(&InterfaceFilter::All),
        )?;
        Ok(Check {
            identity,
            resources,
            interfaces,
        })
    }
}
