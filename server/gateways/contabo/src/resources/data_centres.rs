//! Where Contabo is, and what there is in each place.

use super::lists;
use crate::Region;
use crate::client::group;
use crate::decode::answer;
use crate::query::filter;

answer! {
    /// A data centre.
    DataCentre {
        /// Such as `EU1`.
        slug: String,
        name: String,
        region_slug: Option<Region>,
        region_name: Option<String>,
        /// Words such as `VPS` and `Object-Storage`.
        capabilities: Vec<String>,
        s3_url: Option<String>,
    }
}

filter! {
    /// Which data centres.
    DataCentreFilter {
        slug: Option<String>,
        name: Option<String>,
        region_name: Option<String>,
        region_slug: Option<Region>,
    }
}

group! {
    /// Data centres.
    DataCentres, data_centres
}

impl DataCentres<'_> {
    lists!(
        DATA_CENTRES_LIST,
        DataCentreFilter => DataCentre,
        by |centre: &DataCentre| (centre.slug.clone(), centre.name.clone())
    );
}
