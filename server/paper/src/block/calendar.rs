//! Days as a grid of weeks. Which day is the week's first is the caller's to say.

use crate::colour::Tone;

#[derive(Clone, Debug, Default)]
pub struct Calendar {
    /// What it shows, for those who can't see it.
    pub alternative: String,
    /// The columns' names. As many as there are columns; seven where there is none.
    pub weekdays: Vec<String>,
    /// Empty cells before the first day.
    pub lead: usize,
    pub days: Vec<Day>,
    /// What the tones mean here, below the grid.
    pub legend: Vec<(Tone, String)>,
}

#[derive(Clone, Debug, Default)]
pub struct Day {
    /// The day's number.
    pub label: String,
    pub figure: String,
    pub tone: Tone,
}
