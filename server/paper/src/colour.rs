//! Colours: the few that a report has, and the tenant's own.

/// A colour on screen and paper, sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl Colour {
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// From `#rrggbb`, with or without the sign; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self::new(part(0)?, part(2)?, part(4)?))
    }

    /// `share` of this and the rest white, for grounds: paper has no transparency that every printer honours.
    pub(crate) fn tint(self, share: f32) -> Self {
        let mix = |part: u8| (255.0 - (255.0 - f32::from(part)) * share.clamp(0.0, 1.0)).round() as u8;
        Self::new(mix(self.red), mix(self.green), mix(self.blue))
    }

    /// This, or as much darker as it must be to be seen on white paper (WCAG's 3:1).
    pub(crate) fn on_paper(self) -> Self {
        let mut colour = self;
        while 1.05 / (colour.luminance() + 0.05) < 3.0 {
            let darker = |part: u8| (f32::from(part) * 0.9) as u8;
            colour = Self::new(darker(colour.red), darker(colour.green), darker(colour.blue));
        }
        colour
    }

    fn luminance(self) -> f32 {
        let linear = |part: u8| {
            let part = f32::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

pub(crate) const INK: Colour = Colour::new(0x17, 0x1b, 0x22);
pub(crate) const QUIET: Colour = Colour::new(0x56, 0x60, 0x70);
pub(crate) const HAIRLINE: Colour = Colour::new(0xd9, 0xdd, 0xe4);
pub(crate) const RULE: Colour = Colour::new(0x86, 0x8f, 0x9d);
pub(crate) const SUNK: Colour = Colour::new(0xf5, 0xf6, 0xf8);

/// What a figure says about the world. It colours, and always draws a shape too: paper is printed in grey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// No statement, no mark.
    #[default]
    Plain,
    /// A disc.
    Good,
    /// A triangle.
    Warning,
    /// A cross.
    Bad,
    /// A ring.
    Unknown,
    /// A square.
    Planned,
}

impl Tone {
    pub(crate) fn colour(self) -> Colour {
        match self {
            Self::Plain => INK,
            Self::Good => Colour::new(0x15, 0x7a, 0x45),
            Self::Warning => Colour::new(0x9a, 0x5b, 0x00),
            Self::Bad => Colour::new(0xc3, 0x20, 0x2f),
            Self::Unknown => Colour::new(0x5a, 0x64, 0x73),
            Self::Planned => Colour::new(0x62, 0x40, 0xc4),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_from_six_digits_only() {
        assert_eq!(Colour::parse("#2456d6"), Some(Colour::new(0x24, 0x56, 0xd6)));
        assert_eq!(Colour::parse("2456D6"), Some(Colour::new(0x24, 0x56, 0xd6)));
        for wrong in ["", "#fff", "#+12345", "#2456d6ff", "#äöü", "red"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_light_colour_is_darkened_until_it_is_seen_on_paper_and_a_dark_one_is_kept() {
        let blue = Colour::new(0x24, 0x56, 0xd6);
        assert_eq!(blue.on_paper(), blue);
        let yellow = Colour::new(0xff, 0xf0, 0x40).on_paper();
        assert!(1.05 / (yellow.luminance() + 0.05) >= 3.0);
    }
}
