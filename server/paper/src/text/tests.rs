//! Lines, and what they are made of. What needs fonts of the system is tried with whole documents.

use proptest::prelude::*;

use super::*;

fn built_in() -> &'static Fonts {
    static FONTS: std::sync::OnceLock<Fonts> = std::sync::OnceLock::new();
    FONTS.get_or_init(Fonts::built_in)
}

fn words() -> Words<'static> {
    Words::new(built_in(), "en")
}

const STYLE: Style = Style::regular(10.0);

fn read(line: &Line) -> String {
    line.runs.iter().map(|(run, _)| &*run.text).collect()
}

fn lines(text: &str, width: f32) -> Vec<String> {
    words()
        .lines(text, STYLE, width)
        .iter()
        .map(|line| read(line).trim_end().to_owned())
        .collect()
}

#[test]
fn text_breaks_between_words_and_where_it_says_so() {
    assert_eq!(lines("one two three", 45.0), ["one two", "three"]);
    assert_eq!(lines("one\ntwo\r\n\r\nthree", 450.0), ["one", "two", "", "three"]);
    assert_eq!(lines("", 45.0), [""]);
    assert_eq!(lines("a\u{a0}b c", 17.0), ["a\u{a0}b", "c"]);
}

#[test]
fn a_word_longer_than_a_line_breaks_between_letters_and_none_is_lost() {
    let long = "Donaudampfschifffahrtsgesellschaft";
    let lines = lines(long, 40.0);
    assert!(lines.len() > 3, "{lines:?}");
    assert_eq!(lines.concat(), long);
}

#[test]
fn no_line_is_wider_than_its_room() {
    for line in words().lines(&"Figures of November, measured at 10 places. ".repeat(40), STYLE, 120.0) {
        assert!(line.width * STYLE.size <= 120.01, "{}", read(&line));
    }
}

#[test]
fn a_text_that_is_cut_ends_in_an_ellipsis_and_fits() {
    let line = words().line("A name that is much too long for its column", STYLE, 80.0);
    assert!(read(&line).trim_end().ends_with('…'), "{}", read(&line));
    assert!(line.width * STYLE.size <= 80.01);
    assert_eq!(read(&words().line("short", STYLE, 80.0)), "short");
}

#[test]
fn figures_are_as_wide_as_each_other() {
    let width = |text: &str| words().unbroken(text, STYLE).width;
    for digits in ["000", "111", "479"] {
        assert_eq!(width("888"), width(digits), "{digits}");
    }
}

#[test]
fn what_is_written_from_the_right_stands_so_and_is_kept_in_the_order_of_reading() {
    // The built-in fonts lack Hebrew; stand-ins are placed by the same rules.
    let line = words().unbroken("ab אב 12", STYLE);
    assert_eq!(read(&line), "ab אב 12");
    let place = |text: &str| {
        line.runs
            .iter()
            .find(|(run, _)| &*run.text == text)
            .map(|(_, place)| *place)
    };
    let (alef, bet) = (place("א").expect("alef"), place("ב").expect("bet"));
    assert!(place("ab").expect("ab") < bet && bet < alef);
    assert!(!line.from_right && words().unbroken("אב ab", STYLE).from_right);
}

#[test]
fn a_character_without_a_font_and_one_that_controls_are_seen_and_one_that_is_invisible_is_not() {
    let stand_ins = |text: &str| {
        let line = words().unbroken(text, STYLE);
        line.runs
            .iter()
            .filter(|(run, _)| matches!(run.matter, Matter::StandIn { .. }))
            .count()
    };
    assert_eq!(stand_ins("a漢b\u{1b}c\u{e000}"), 3);
    assert_eq!(stand_ins("a\u{200b}b\u{ad}c"), 0);
}

#[test]
fn a_word_that_comes_again_is_shaped_once() {
    let words = words();
    let first = words.lines("again again", STYLE, 500.0);
    let second = words.lines("again again", Style::regular(20.0), 500.0);
    assert!(Rc::ptr_eq(&first[0].runs[0].0, &second[0].runs[0].0));
}

proptest! {
    #[test]
    fn nothing_of_a_text_is_lost_but_spaces_and_breaks(text in any::<String>(), width in 0.0_f32..400.0) {
        let seen = |text: &str| text.chars().filter(|character| !(character.is_whitespace() || *character == '\u{b}')).collect::<String>();
        let lines = words().lines(&text, STYLE, width);
        let all: String = lines.iter().map(read).collect();
        prop_assert_eq!(seen(&all), seen(&text));
    }

    #[test]
    fn cut_text_is_never_more_than_its_lines(text in "[a-zäé אב漢]{0,200}", width in 0.0_f32..100.0, most in 0_usize..4) {
        prop_assert!(words().lines_up_to(&text, STYLE, width, most).len() <= most.max(1));
    }
}
