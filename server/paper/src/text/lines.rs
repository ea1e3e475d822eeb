//! Where lines break (UAX 14), and in which order what is on them stands (UAX 9).

use std::{ops::Range, rc::Rc};

use unicode_bidi::{BidiInfo, Level, bidi_class};
use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;

use super::{Line, Manner, Run, Style, Word, Words, runs::placed};

const ELLIPSIS: &str = "…";

/// What ends a line whatever its width.
const BREAKS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

impl Words<'_> {
    /// `text` in lines of at most `width` points. There is always one, if an empty one.
    pub(crate) fn lines(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let room = (width / style.size).max(0.0);
        let mut lines = Vec::new();
        // Each is a paragraph to the rules of direction.
        for paragraph in text.replace("\r\n", "\n").replace('\t', " ").split(BREAKS) {
            self.end_with_space(&mut lines, style);
            self.paragraph(paragraph, style.bold, room, &mut lines);
        }
        while lines.len() > 1 && lines.last().is_some_and(|line| line.width == 0.0) {
            lines.pop();
        }
        lines
    }

    /// Puts a space after the last of `lines`, for whoever reads on in the next.
    pub(crate) fn end_with_space(&self, lines: &mut [Line], style: Style) {
        let Some(last) = lines.last_mut().filter(|last| !last.from_right) else {
            return;
        };
        let space = self.word(" ", self.manner("", style.bold), Level::ltr());
        last.runs.extend(space.runs.iter().map(|run| (run.clone(), last.width)));
    }

    /// At most `most` lines, the last ending in an ellipsis where there is more.
    pub(crate) fn lines_up_to(&self, text: &str, style: Style, width: f32, most: usize) -> Vec<Line> {
        let mut lines = self.lines(text, style, width);
        if lines.len() > most.max(1) {
            lines.truncate(most.max(1));
            if let Some(last) = lines.last_mut() {
                *last = self.shortened(last, style, width);
            }
        }
        lines
    }

    /// `text` in one line.
    pub(crate) fn line(&self, text: &str, style: Style, width: f32) -> Line {
        self.lines_up_to(text, style, width, 1).pop().unwrap_or_default()
    }

    /// A line of its own width, breaking nowhere.
    pub(crate) fn unbroken(&self, text: &str, style: Style) -> Line {
        self.line(&text.replace(BREAKS, " "), style, 100_000.0)
    }

    /// The beginning of `line` and an ellipsis.
    fn shortened(&self, line: &Line, style: Style, width: f32) -> Line {
        let text: String = line.runs.iter().map(|(run, _)| &*run.text).collect();
        let mut ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).collect();
        ends.push(text.len());
        while let Some(end) = ends.pop() {
            let shorter = format!("{}{ELLIPSIS}", text[..end].trim_end());
            let mut lines = self.lines(&shorter, style, width);
            if lines.len() == 1 || end == 0 {
                return lines.swap_remove(0);
            }
        }
        Line::default()
    }

    fn paragraph(&self, text: &str, bold: bool, room: f32, lines: &mut Vec<Line>) {
        let manner = self.manner(text, bold);
        let (words, from_right) = self.words(text, manner);
        let mut line = Setting::new(from_right);
        for (word, at) in words {
            if line.letters + word.width - word.space <= room - line.spaces {
                line.push(&word);
                continue;
            }
            if !line.runs.is_empty() {
                lines.push(line.end());
                line = Setting::new(from_right);
            }
            if word.width - word.space <= room {
                line.push(&word);
                continue;
            }
            // Longer than a line: it breaks anywhere between letters.
            for part in self.parts(&word, &text[at..], manner, room) {
                if !line.runs.is_empty() {
                    lines.push(line.end());
                    line = Setting::new(from_right);
                }
                line.push(&part);
            }
        }
        lines.push(line.end());
    }

    /// The words of `text` with where they begin, and whether it is written from the right.
    fn words(&self, text: &str, manner: Manner) -> (Vec<(Rc<Word>, usize)>, bool) {
        let mut words = Vec::new();
        let directed = needs_direction(text).then(|| BidiInfo::new(text, None));
        let mut start = 0;
        for (end, _) in linebreaks(text) {
            let whole = &text[start..end];
            if !whole.is_empty() {
                match &directed {
                    None => words.push((self.word(whole, manner, Level::ltr()), start)),
                    Some(info) => words.push((self.directed(info, start..end, manner), start)),
                }
            }
            start = end;
        }
        let from_right = directed.is_some_and(|info| info.paragraphs.first().is_some_and(|first| first.level.is_rtl()));
        (words, from_right)
    }

    /// A word of more than one direction.
    fn directed(&self, info: &BidiInfo<'_>, range: Range<usize>, manner: Manner) -> Rc<Word> {
        let mut whole = Word {
            runs: Vec::new(),
            width: 0.0,
            space: 0.0,
            space_runs: 0,
        };
        let mut start = range.start;
        let level = |at: usize| info.levels.get(at).copied().unwrap_or(Level::ltr());
        while start < range.end {
            let of_start = level(start);
            let end = (start..range.end)
                .find(|at| level(*at) != of_start)
                .unwrap_or(range.end);
            let part = self.word(&info.text[start..end], manner, of_start);
            whole
                .runs
                .extend(part.runs.iter().map(|run| match run.level == of_start {
                    true => run.clone(),
                    // Words from left to right are kept for all levels.
                    false => Rc::new(run.at_level(of_start)),
                }));
            whole.width += part.width;
            (whole.space, whole.space_runs) = (part.space, part.space_runs);
            start = end;
        }
        Rc::new(whole)
    }

    /// `word`, with which `text` begins, in parts that fit. At least one letter is in each.
    fn parts(&self, word: &Word, text: &str, manner: Manner, room: f32) -> Vec<Rc<Word>> {
        let mut widths = Vec::new();
        let mut start = 0;
        for run in &word.runs {
            widths.extend(run.widths().into_iter().map(|(at, width)| (start + at, width)));
            start += run.text.len();
        }
        let mut widths = widths.into_iter().peekable();
        let (mut parts, mut from, mut used) = (Vec::new(), 0, 0.0);
        let level = word.runs.first().map_or(Level::ltr(), |run| run.level);
        let whole = text.get(..start).unwrap_or(text);
        for (at, letter) in whole.grapheme_indices(true) {
            let mut width = 0.0;
            while let Some((_, more)) = widths.next_if(|(of, _)| *of < at + letter.len()) {
                width += more;
            }
            if at > from && used + width > room {
                parts.push(self.word(&whole[from..at], manner, level));
                (from, used) = (at, 0.0);
            }
            used += width;
        }
        if from < whole.len() {
            parts.push(self.word(&whole[from..], manner, level));
        }
        parts
    }
}

/// A line that is being filled.
struct Setting {
    runs: Vec<Rc<Run>>,
    letters: f32,
    /// Spaces at the end, which count once more follows.
    spaces: f32,
    /// How many runs they are.
    trailing: usize,
    from_right: bool,
}

impl Setting {
    fn new(from_right: bool) -> Self {
        Self {
            runs: Vec::new(),
            letters: 0.0,
            spaces: 0.0,
            trailing: 0,
            from_right,
        }
    }

    fn push(&mut self, word: &Word) {
        self.runs.extend(word.runs.iter().cloned());
        if word.width > word.space {
            self.letters += self.spaces + word.width - word.space;
            (self.spaces, self.trailing) = (0.0, 0);
        }
        self.spaces += word.space;
        self.trailing += word.space_runs;
    }

    /// Spaces at the end are drawn beyond it: without them, the next line's first word would be read as part of the
    /// last one's. From the right they are left out, for they would stand where the line begins.
    fn end(mut self) -> Line {
        let seen = self.runs.len().saturating_sub(self.trailing);
        if self.from_right || self.runs[seen..].iter().any(|run| run.level.is_rtl()) {
            self.runs.truncate(seen);
        }
        Line {
            runs: placed(self.runs),
            width: self.letters,
            from_right: self.from_right,
        }
    }
}

/// Whether anything in `text` is written from the right, or says so.
fn needs_direction(text: &str) -> bool {
    use unicode_bidi::BidiClass::{AL, AN, FSI, LRE, LRI, LRO, PDF, PDI, R, RLE, RLI, RLO};
    !text.is_ascii()
        && text.chars().any(|character| {
            character >= '\u{590}'
                && matches!(
                    bidi_class(character),
                    R | AL | AN | RLE | RLO | LRE | LRO | PDF | RLI | LRI | FSI | PDI
                )
        })
}
