//! Lists: one page of them, or all pages.
//!
//! A list can change while it is read: what is deleted moves everything behind it forward, over the edge
//! of the page that was read already. So a whole list is read until it comes out as long as Contabo says.

use crate::asking::{Asking, data, json};
use crate::decode::{Answer, Fault, members, whole};
use crate::error::Error;
use crate::query::Pairs;
use serde_json::Value;
use std::collections::HashMap;
use std::hash::Hash;

/// How often a list that changes while it is read is read at most.
const READINGS: u32 = 3;

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// From 1.
    pub number: u32,
    /// How many pages there are; `None` for lists that do not say.
    pub pages: Option<u32>,
    /// How many items there are on all pages; `None` for lists that do not say.
    pub total: Option<u64>,
}

/// Which page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// From 1.
    pub number: u32,
    /// Contabo gives at most 100.
    pub size: u32,
}

/// What one reading of all pages came to.
struct Reading<K, T> {
    items: Items<K, T>,
    /// Nothing was missed.
    whole: bool,
}

/// Items by their id, in the order in which they came.
struct Items<K, T> {
    places: HashMap<K, usize>,
    items: Vec<T>,
}

impl<K: Hash + Eq, T> Items<K, T> {
    fn new() -> Self {
        Self {
            places: HashMap::new(),
            items: Vec::new(),
        }
    }

    /// The newer of two with the same id stays. Whether it was not there before.
    fn put(&mut self, key: K, item: T) -> bool {
        if let Some(place) = self.places.get(&key) {
            self.items[*place] = item;
            return false;
        }
        self.places.insert(key, self.items.len());
        self.items.push(item);
        true
    }
}

/// A list's call, made anew for each page.
pub(crate) struct Listing<'a, F: Fn() -> Asking<'a>> {
    asking: F,
    pairs: Pairs,
}

impl<'a, F: Fn() -> Asking<'a>> Listing<'a, F> {
    pub(crate) fn new(pairs: Pairs, asking: F) -> Self {
        Self { asking, pairs }
    }

    pub(crate) async fn page<T: Answer>(&self, page: PageRequest) -> Result<Page<T>, Error> {
        let mut pairs = self.pairs.clone();
        pairs.0.push(("page".into(), page.number.max(1).to_string()));
        pairs.0.push(("size".into(), page.size.clamp(1, 100).to_string()));
        let asking = (self.asking)().query(&pairs);
        let answered = asking.send().await?;
        json(&answered.received)
            .and_then(|value| read(&value, page.number.max(1)))
            .map_err(|fault| asking.unusable(&answered, &fault))
    }

    /// All items of all pages, each once.
    pub(crate) async fn all<T: Answer, K: Hash + Eq>(&self, key: impl Fn(&T) -> K) -> Result<Vec<T>, Error> {
        let mut reading = self.reading(&key).await?;
        for _ in 1..READINGS {
            if reading.whole {
                break;
            }
            // Pages moved. What was found in any reading stays: a thing too many is found to be gone with
            // the next look, while one too few would look deleted.
            let again = self.reading(&key).await?;
            if again.whole {
                reading = again;
                break;
            }
            for item in again.items.items {
                reading.items.put(key(&item), item);
            }
        }
        Ok(reading.items.items)
    }

    async fn reading<T: Answer, K: Hash + Eq>(&self, key: &impl Fn(&T) -> K) -> Result<Reading<K, T>, Error> {
        let options = &(self.asking)().client.shared.options;
        let (size, most_pages) = (options.page_size.clamp(1, 100), options.most_pages);
        let mut items = Items::new();
        let mut first_total = None;
        let mut steady = true;
        for number in 1.. {
            if number > most_pages {
                return Err(Error::Unreadable {
                    what: format!("a list of more than {most_pages} pages"),
                    place: String::new(),
                });
            }
            let page = self.page::<T>(PageRequest { number, size }).await?;
            let count = page.items.len();
            let mut new = 0;
            for item in page.items {
                new += usize::from(items.put(key(&item), item));
            }
            if number == 1 {
                first_total = page.total;
            }
            steady &= page.total == first_total;
            let last = match page.pages {
                Some(pages) => number >= pages,
                None => count < size as usize,
            };
            // A page that brings nothing new is the end, whatever the counts say.
            if last || new == 0 {
                break;
            }
        }
        let found = u64::try_from(items.items.len()).unwrap_or(u64::MAX);
        let whole = steady && first_total.is_none_or(|total| total == found);
        Ok(Reading { items, whole })
    }
}

fn read<T: Answer>(value: &Value, number: u32) -> Result<Page<T>, Fault> {
    members(value)?;
    let pagination = value.get("_pagination");
    let count = |name| {
        pagination?
            .get(name)
            .and_then(whole)
            .and_then(|n| u64::try_from(n).ok())
    };
    Ok(Page {
        items: data(value)?,
        number,
        pages: count("totalPages").and_then(|pages| u32::try_from(pages).ok()),
        total: count("totalElements"),
    })
}
