//! Whole documents: what other programs read out of them, and that nothing a caller can pass in breaks them.

#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

mod sample;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use paper::{
    Align, Band, Block, Calendar, Callout, Cell, Chart, Colour, Column, Curve, Day, Document, Error, Fonts, GridLine,
    Heading, KeyValue, KeyValues, LegendEntry, Level, LimitLine, Masthead, Paper, Paragraph, Properties, Row, Swatch,
    Table, Tick, Tile, Tone, Typeset, Voice, typeset,
};
use proptest::prelude::*;

fn fonts() -> &'static Fonts {
    static FONTS: std::sync::OnceLock<Fonts> = std::sync::OnceLock::new();
    FONTS.get_or_init(|| Fonts::load(&[]))
}

/// What `program` says about `file`; `None`, and a word about it, where it is not installed.
fn asked(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let mut command = Command::new(program);
    command.args(arguments).arg(file);
    if program == "pdftotext" {
        command.arg("-");
    }
    match command.output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(
                output.status.success(),
                "{program}: {said}{}",
                String::from_utf8_lossy(&output.stderr)
            );
            Some(said)
        }
        Err(error) => {
            eprintln!("SKIPPED: {program} is not installed ({error}); `make prerequisites` installs it");
            None
        }
    }
}

/// Whether there are fonts for what the built-in ones lack.
fn has_system_fonts() -> bool {
    let all = [
        "truetype/noto/NotoSansDevanagari-Regular.ttf",
        "opentype/noto/NotoSansCJK-Regular.ttc",
    ];
    let has = all
        .iter()
        .all(|font| PathBuf::from("/usr/share/fonts").join(font).exists());
    if !has {
        eprintln!("SKIPPED: names in other scripts, for want of fonts-noto-core and fonts-noto-cjk");
    }
    has
}

fn checked(name: &str, document: &Document, pages: usize) {
    let paper = typeset(document, fonts()).expect(name);
    assert_eq!(paper.pages, pages, "{name}");
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join(name);
    std::fs::write(&file, &paper.bytes).expect(name);
    if let Some(said) = asked("qpdf", &["--check"], &file) {
        assert!(said.contains("No syntax or stream encoding errors"), "{said}");
    }
    if let Some(said) = asked("pdffonts", &[], &file) {
        for font in said.lines().skip(2) {
            let columns: Vec<_> = font.split_whitespace().collect();
            assert_eq!(
                columns[columns.len() - 5..][..3],
                ["yes"; 3],
                "embedded, subset, with characters: {font}"
            );
        }
    }
    if let Some(said) = asked("pdfinfo", &[], &file) {
        for wanted in [
            "Tagged:          yes",
            "Title:           Service report, November 2026",
            "Author:          Nordlicht Netze",
        ] {
            assert!(said.contains(wanted), "{wanted}: {said}");
        }
    }
    if let Some(text) = asked("pdftotext", &[], &file) {
        for wanted in [
            "Service report",
            "Müller & Größe GmbH",
            "99.982 %",
            "€ 1,234.50",
            "2 h 10 min",
            "Breached",
        ] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        for page in 1..=pages {
            assert!(text.contains(&format!("Page {page} of {pages}")), "page {page}");
        }
        assert!(text.contains(&paper.digest));
        if has_system_fonts() {
            for name in &sample::NAMES[..5] {
                assert!(text.contains(name), "{name}: {text}");
            }
        }
    }
}

#[test]
fn other_programs_read_one_page_and_twelve_pages() {
    checked("one.pdf", &sample::one_page(), 1);
    checked("twelve.pdf", &sample::twelve_pages(), 12);
}

#[test]
fn a_report_of_two_pages_is_small() {
    let paper = typeset(&sample::two_pages(), fonts()).expect("two pages");
    assert_eq!(paper.pages, 2);
    assert!(paper.bytes.len() < 120_000, "{} bytes", paper.bytes.len());
    let paper = typeset(&sample::two_pages_of_many_scripts(), fonts()).expect("two pages");
    assert!(paper.bytes.len() < 120_000, "{} bytes", paper.bytes.len());
}

#[test]
fn the_same_document_gives_the_same_bytes_and_another_gives_another_digest() {
    let [one, again] = [(); 2].map(|()| typeset(&sample::one_page(), fonts()).expect("document"));
    assert!(one.bytes == again.bytes);
    let mut document = sample::one_page();
    document.blocks.push(Block::Paragraph(Paragraph::new(".")));
    assert_ne!(typeset(&document, fonts()).expect("document").digest, one.digest);
}

#[test]
fn the_language_and_the_structure_are_in_the_file() {
    let paper = typeset(&sample::two_pages(), fonts()).expect("document");
    let file = lopdf::Document::load_mem(&paper.bytes).expect("file");
    let catalog = file.catalog().expect("catalog");
    assert_eq!(
        catalog.get(b"Lang").and_then(lopdf::Object::as_str).expect("language"),
        b"en"
    );
    assert!(catalog.has(b"StructTreeRoot"));
    let elements = |name: &[u8]| {
        let is = |object: &&lopdf::Object| {
            let kind = object
                .as_dict()
                .and_then(|dict| dict.get(b"S"))
                .and_then(lopdf::Object::as_name);
            kind.is_ok_and(|kind| kind == name)
        };
        file.objects.values().filter(is).count()
    };
    // The masthead's title and the link's name; tables of links, outages and targets; logo, graph and calendar.
    assert_eq!((elements(b"H1"), elements(b"Table"), elements(b"Figure")), (2, 3, 3));
    assert!(elements(b"TH") > 10 && elements(b"TD") > 20 && elements(b"H2") == 3);
}

#[test]
fn a_character_that_no_font_has_is_seen_and_still_itself_to_whoever_copies_it() {
    let mut document = Document::new(Properties::new("Stand-ins", "en", ""));
    document
        .blocks
        .push(Block::Paragraph(Paragraph::new("before\u{e000}漢\u{1f600}after")));
    let paper = typeset(&document, &Fonts::built_in()).expect("document");
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("standin.pdf");
    std::fs::write(&file, &paper.bytes).expect("file");
    if let Some(text) = asked("pdftotext", &[], &file) {
        assert!(text.contains("before\u{e000}漢\u{1f600}after"), "{text:?}");
    }
}

#[test]
fn a_paper_without_room_is_an_error() {
    for (width, side) in [
        (100.0, 0.0),
        (f32::NAN, 0.0),
        (595.0, 300.0),
        (595.0, -1.0),
        (f32::INFINITY, 10.0),
    ] {
        let mut document = sample::one_page();
        document.paper = Paper {
            width,
            side,
            ..Paper::A4
        };
        assert!(
            matches!(typeset(&document, fonts()), Err(Error::NoRoom)),
            "{width} {side}"
        );
    }
}

#[test]
fn a_long_cell_goes_on_over_pages_and_nothing_of_it_is_lost() {
    let words: Vec<String> = (0..1_500).map(|at| format!("word{at:04}")).collect();
    let mut document = Document::new(Properties::new("Long", "en", ""));
    document.blocks.push(Block::Table(Table {
        columns: vec![Column::new("Text", 1.0), Column::figures("Figure", 3.0)],
        rows: vec![Row::new(vec![Cell::new(&words.join(" ")), Cell::toned(Tone::Bad, "7")])],
        empty: String::new(),
    }));
    document.blocks.push(Block::Callout(Callout {
        tone: Tone::Warning,
        title: "Long too".to_owned(),
        text: words.join(" "),
    }));
    document
        .blocks
        .push(Block::Paragraph(Paragraph::new(&"x".repeat(10_000))));
    let paper = typeset(&document, fonts()).expect("document");
    assert!(paper.pages > 10, "{}", paper.pages);
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("long.pdf");
    std::fs::write(&file, &paper.bytes).expect("file");
    if let Some(text) = asked("pdftotext", &[], &file) {
        for word in &words {
            assert_eq!(text.matches(word.as_str()).count(), 2, "{word}");
        }
        assert_eq!(text.matches('x').count() - text.matches("Text").count(), 10_000);
    }
}

/// Text as somebody hostile, or a terminal, might leave it.
fn text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "",
        " ",
        "\n",
        "\r\n\r\n",
        "\t",
        "\0",
        "\u{7f}\u{9f}",
        "\u{202e}abc\u{202c}",
        "\u{2066}x",
        "\u{2069}\u{2069}",
        "\u{200d}\u{fe0f}",
        "क्षत्रिय",
        "ि",
        "\u{301}\u{301}",
        "שלום 12:30 a",
        "السَّلامُ",
        "東京",
        "👩‍👩‍👧‍👦",
        "\u{e000}",
        "\u{10ffff}",
        "\u{ad}",
        "a\u{a0}b",
        "ﬁ",
        "{digest}{page}",
        "Supercalifragilisticexpialidocious_and_no_place_to_break_in_it",
        "\\)(<>",
        "\u{feff}",
        "\u{2028}",
    ]);
    prop_oneof![
        prop::collection::vec(odd, 0..8).prop_map(|parts| parts.concat()),
        any::<String>(),
        "[a-z0-9 .%]{0,40}",
    ]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        -10.0..1000.0,
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(0.0)
    ]
}

fn tone() -> impl Strategy<Value = Tone> {
    prop::sample::select(vec![
        Tone::Plain,
        Tone::Good,
        Tone::Warning,
        Tone::Bad,
        Tone::Unknown,
        Tone::Planned,
    ])
}

fn table() -> impl Strategy<Value = Table> {
    let column = (text(), any::<f32>(), 0..3_u8).prop_map(|(title, share, align)| Column {
        title,
        share,
        align: [Align::Start, Align::Middle, Align::End][usize::from(align)],
    });
    let cell = (text(), tone()).prop_map(|(text, tone)| Cell { text, tone });
    let row = (prop::collection::vec(cell, 0..5), any::<bool>()).prop_map(|(cells, strong)| Row { cells, strong });
    let parts = (
        prop::collection::vec(column, 0..30),
        prop::collection::vec(row, 0..6),
        text(),
    );
    parts.prop_map(|(columns, rows, empty)| Table { columns, rows, empty })
}

fn chart() -> impl Strategy<Value = Chart> {
    let places = || prop::collection::vec((number(), number()), 0..30);
    let stretches = move || prop::collection::vec(places(), 0..3);
    let curve = (stretches(), stretches(), stretches()).prop_map(|(lines, areas, spreads)| Curve {
        colour: Some(Colour::new(255, 255, 255)),
        earlier: lines.clone(),
        lines,
        areas,
        spreads,
    });
    let sizes = (number(), number(), number(), number(), any::<f32>());
    let marked = || prop::collection::vec((number(), number(), text(), tone()), 0..4);
    (text(), sizes, prop::collection::vec(curve, 0..3), marked()).prop_map(|(title, sizes, curves, marked)| Chart {
        alternative: title.clone(),
        title,
        width: sizes.0,
        height: sizes.1,
        plot_top: sizes.2,
        plot_bottom: sizes.3,
        points: sizes.4,
        bands: marked
            .iter()
            .map(|(x, width, _, tone)| Band {
                x: *x,
                width: *width,
                tone: *tone,
            })
            .collect(),
        lines: marked
            .iter()
            .map(|(_, y, label, _)| GridLine {
                y: *y,
                label: label.clone(),
                strong: true,
            })
            .collect(),
        ticks: marked
            .iter()
            .map(|(x, _, label, _)| Tick {
                x: *x,
                label: label.clone(),
            })
            .collect(),
        limits: marked
            .iter()
            .map(|(_, y, label, tone)| LimitLine {
                y: *y,
                label: label.clone(),
                below: true,
                tone: *tone,
            })
            .collect(),
        legend: marked
            .iter()
            .map(|(_, _, label, tone)| LegendEntry {
                swatch: Swatch::Limit(*tone),
                label: label.clone(),
            })
            .chain([LegendEntry {
                swatch: Swatch::Curve(usize::MAX),
                label: String::new(),
            }])
            .collect(),
        curves,
    })
}

fn block() -> impl Strategy<Value = Block> {
    let pairs = prop::collection::vec((text(), text()).prop_map(|(key, value)| KeyValue { key, value }), 0..6);
    let tile = (text(), text(), text(), tone()).prop_map(|(label, figure, word, tone)| Tile {
        label,
        figure,
        word,
        tone,
    });
    let day = (text(), text(), tone()).prop_map(|(label, figure, tone)| Day { label, figure, tone });
    let calendar = (
        prop::collection::vec(text(), 0..9),
        any::<usize>(),
        prop::collection::vec(day, 0..40),
        text(),
    );
    let level = prop::sample::select(vec![Level::First, Level::Second, Level::Third]);
    let single = prop_oneof![
        (text(), text(), text()).prop_map(|(organisation, title, subtitle)| Block::Masthead(Masthead {
            logo: None,
            organisation,
            title,
            subtitle
        })),
        (level, text()).prop_map(|(level, text)| Block::Heading(Heading { level, text })),
        text().prop_map(|text| Block::Paragraph(Paragraph {
            text,
            voice: Voice::Lead
        })),
        (any::<usize>(), pairs).prop_map(|(columns, pairs)| Block::KeyValues(KeyValues { columns, pairs })),
        prop::collection::vec(tile, 0..7).prop_map(Block::Tiles),
        table().prop_map(Block::Table),
        (tone(), text(), text()).prop_map(|(tone, title, text)| Block::Callout(Callout { tone, title, text })),
        calendar.prop_map(|(weekdays, lead, days, alternative)| Block::Calendar(Calendar {
            legend: days.iter().map(|day| (day.tone, day.label.clone())).collect(),
            alternative,
            weekdays,
            lead,
            days,
        })),
        chart().prop_map(Block::Chart),
        Just(Block::PageBreak),
    ];
    let together = prop::collection::vec(single.clone(), 0..3).prop_map(Block::Together);
    prop_oneof![9 => single, 1 => together]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_becomes_a_file_that_can_be_read(
        blocks in prop::collection::vec(block(), 0..8),
        edges in prop::collection::vec(text(), 8),
        letter in any::<bool>(),
    ) {
        let mut document = Document::new(Properties::new(&edges[0], &edges[1], &edges[2]));
        document.header.left = edges[3].clone();
        document.header.right = edges[4].clone();
        document.footer.left = edges[5].clone();
        document.footer.below = edges[6].clone();
        document.footer.page = edges[7].clone();
        if letter {
            document.paper = Paper::LETTER;
        }
        document.blocks = blocks;
        let Typeset { bytes, pages, .. } = typeset(&document, fonts()).expect("document");
        let file = lopdf::Document::load_mem(&bytes).expect("file");
        prop_assert_eq!(file.get_pages().len(), pages);
    }
}
