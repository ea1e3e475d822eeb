//! A tenant's accent colour: whether it can be read on both themes, and the small stylesheet that sets it.
//!
//! Contrast is that of WCAG 2.2 (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>). On light pages the colour is
//! used as it is: it is the tenant's brand. On dark pages it is lightened as far as reading takes.

use std::{fmt, str::FromStr};

/// Counts up when the same colour gives another sheet: browsers keep each for ever.
const SHEET_VERSION: u32 = 1;

/// What text needs against its ground (WCAG 2.2, 1.4.3).
const NEEDED: f64 = 4.5;

/// The darkest ground of light pages and the lightest of dark ones: `--ground` and `--surface-hover` of
/// `style/tokens.css`, on which links stand.
const LIGHT_GROUND: Colour = Colour([0xf1, 0xf3, 0xf6]);
const DARK_GROUND: Colour = Colour([0x1d, 0x22, 0x2b]);

/// What is written on a ground of the accent's colour.
const INKS: [Colour; 2] = [Colour([0xff; 3]), Colour([0x0c, 0x15, 0x30])];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Colour([u8; 3]);

/// A colour that can be read on both themes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent(Colour);

/// A colour that can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadColour {
    /// Not written as `#2456d6`.
    #[error("not a colour written as #2456d6")]
    Unreadable,
    /// Too light for light pages.
    #[error("a contrast of {contrast} to light pages where 4.5 is needed")]
    TooLight {
        /// Its contrast to the ground of light pages, cut off after one place.
        contrast: String,
        /// The nearest darker shade that would do.
        darker: String,
    },
}

impl FromStr for Accent {
    type Err = BadColour;

    fn from_str(typed: &str) -> Result<Self, BadColour> {
        let colour: Colour = typed.trim().parse()?;
        let contrast = colour.contrast(LIGHT_GROUND);
        if contrast < NEEDED {
            let contrast = format!("{:.1}", (contrast * 10.0).floor() / 10.0);
            let darker = colour.towards(Colour([0; 3]), LIGHT_GROUND).to_string();
            return Err(BadColour::TooLight { contrast, darker });
        }
        Ok(Self(colour))
    }
}

impl fmt::Display for Accent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Accent {
    /// The name of its stylesheet, under which it never changes: `2456d6-1.css`.
    #[must_use]
    pub fn sheet_name(self) -> String {
        let [red, green, blue] = self.0.0;
        format!("{red:02x}{green:02x}{blue:02x}-{SHEET_VERSION}.css")
    }

    /// The name of a tenant's sheet by the colour that is kept of it, which was checked when it was set.
    #[must_use]
    pub fn sheet_name_of(kept: &str) -> String {
        format!("{}-{SHEET_VERSION}.css", kept.trim_start_matches('#'))
    }

    /// The accent whose sheet has this name.
    #[must_use]
    pub fn of_sheet(name: &str) -> Option<Self> {
        let colour: Self = name.split_once('-')?.0.parse().ok()?;
        (colour.sheet_name() == name).then_some(colour)
    }

    /// The stylesheet that sets the colour for both themes. Always the same for the same colour and version.
    #[must_use]
    pub fn stylesheet(self) -> String {
        let dark = self.on_dark();
        format!(
            "@layer tokens {{\n  :root {{\n    --accent-light: {};\n    --accent-ink-light: {};\n    --accent-dark: {dark};\n    --accent-ink-dark: {};\n  }}\n}}\n",
            self.0,
            self.0.ink(),
            dark.ink(),
        )
    }

    /// What can be read on a ground of this colour.
    #[must_use]
    pub fn ink(self) -> String {
        self.0.ink().to_string()
    }

    fn on_dark(self) -> Colour {
        self.0.towards(Colour([0xff; 3]), DARK_GROUND)
    }
}

impl FromStr for Colour {
    type Err = BadColour;

    fn from_str(typed: &str) -> Result<Self, BadColour> {
        let digits = typed.strip_prefix('#').unwrap_or(typed);
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(BadColour::Unreadable);
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16)
            .map_err(|_| BadColour::Unreadable)?
            .to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Colour {
    /// Relative luminance, 0 to 1.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// From 1, the same, to 21, black and white.
    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The first mixture on the way to `end` that can be read on `ground`.
    fn towards(self, end: Self, ground: Self) -> Self {
        let mixed = |hundredths: u32| {
            let mut parts = self.0;
            for (part, end) in parts.iter_mut().zip(end.0) {
                let sum = u32::from(*part) * (100 - hundredths) + u32::from(end) * hundredths;
                *part = u8::try_from(sum / 100).unwrap_or(u8::MAX);
            }
            Self(parts)
        };
        (0..=100)
            .map(mixed)
            .find(|colour| colour.contrast(ground) >= NEEDED)
            .unwrap_or(end)
    }

    /// What can best be read on this colour.
    fn ink(self) -> Self {
        let [light, dark] = INKS;
        if self.contrast(light) >= self.contrast(dark) {
            light
        } else {
            dark
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert_eq!(Colour([0; 3]).contrast(Colour([255; 3])), 21.0);
        let grey: Colour = "#767676".parse().unwrap();
        assert!((grey.contrast(Colour([255; 3])) - 4.54).abs() < 0.01);
    }

    #[test]
    fn a_colour_too_light_says_how_much_and_which_shade_would_do() {
        let Err(BadColour::TooLight { contrast, darker }) = "#ffd400".parse::<Accent>() else {
            panic!("yellow can't be read on white");
        };
        assert_eq!(contrast, "1.2");
        assert!(darker.parse::<Accent>().is_ok(), "{darker}");
        for typed in ["", "blue", "#12345", "#12345g", "2456d6d6", "#ünf00"] {
            assert_eq!(typed.parse::<Accent>(), Err(BadColour::Unreadable), "{typed}");
        }
    }

    #[test]
    fn whatever_is_taken_can_be_read_on_both_themes_and_written_on() {
        for typed in ["#2456d6", "#000000", "#0c1530", "#8b0000", "#1a6b3c", "6240C4"] {
            let accent: Accent = typed.parse().unwrap();
            assert!(accent.0.contrast(LIGHT_GROUND) >= NEEDED);
            let dark = accent.on_dark();
            assert!(dark.contrast(DARK_GROUND) >= NEEDED, "{typed}");
            assert!(accent.0.contrast(accent.0.ink()) >= NEEDED);
            assert!(dark.contrast(dark.ink()) >= NEEDED, "{typed} {dark}");
        }
    }

    #[test]
    fn a_sheet_is_found_by_its_name_and_by_no_other() {
        let accent: Accent = "#2456d6".parse().unwrap();
        assert_eq!(accent.sheet_name(), Accent::sheet_name_of("#2456d6"));
        assert_eq!(Accent::of_sheet(&accent.sheet_name()), Some(accent));
        for name in ["2456d6-0.css", "2456D6-1.css", "ffd400-1.css", "x", "2456d6-1.css/.."] {
            assert_eq!(Accent::of_sheet(name), None, "{name}");
        }
    }

    #[test]
    fn the_stylesheet_sets_the_four_properties_that_the_tokens_have() {
        let sheet = "#2456D6".parse::<Accent>().unwrap().stylesheet();
        assert!(
            sheet.contains("--accent-light: #2456d6;\n    --accent-ink-light: #ffffff;"),
            "{sheet}"
        );
        for property in ["--accent-dark: #", "--accent-ink-dark: #0c1530"] {
            assert!(sheet.contains(property), "{sheet}");
        }
    }
}
