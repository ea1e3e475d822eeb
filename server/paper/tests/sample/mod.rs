//! Reports as a provider would send them, of one, two and twelve pages, with names in many scripts.

use chrono::{DateTime, Utc};
use paper::{
    Band, Block, Calendar, Callout, Cell, Chart, Column, Curve, Day, Document, GridLine, Heading, KeyValue, KeyValues,
    LegendEntry, Level, LimitLine, Masthead, Paragraph, Picture, Place, Properties, Row, Swatch, Table, Tick, Tile,
    Tone, Voice,
};

/// Names that must come out right: what is shaped, what joins, what is written from the right, what few fonts have.
pub(crate) const NAMES: [&str; 8] = [
    "Müller & Größe GmbH",
    "क्षत्रिय नेटवर्क प्राइवेट लिमिटेड",
    "株式会社東京ネットワーク",
    "北京网络科技有限公司",
    "서울네트웍스 주식회사",
    "שירותי רשת בע״מ",
    "شركة الشبكات المحدودة",
    "Þórr Søndergård Łódź",
];

pub(crate) fn one_page() -> Document {
    let mut document = empty();
    cover(&mut document, 5, &NAMES);
    document
}

/// One link's report, names in one script: what is made most often.
pub(crate) fn two_pages() -> Document {
    let mut document = empty();
    cover(
        &mut document,
        3,
        &["Frankfurt – Wien, 10G", "Łódź – Søndergård", "Zürich – Genève"],
    );
    outages(&mut document, 4);
    document.blocks.push(Block::PageBreak);
    link(&mut document, "Frankfurt – Wien, 10G");
    document
}

/// The same with names in four scripts, three of them in fonts of the system.
pub(crate) fn two_pages_of_many_scripts() -> Document {
    let mut document = empty();
    cover(&mut document, 5, &NAMES);
    outages(&mut document, 2);
    document.blocks.push(Block::PageBreak);
    link(&mut document, NAMES[1]);
    document
}

pub(crate) fn twelve_pages() -> Document {
    let mut document = empty();
    cover(&mut document, 70, &NAMES);
    for (at, name) in NAMES[..3].iter().enumerate() {
        document.blocks.push(Block::PageBreak);
        link(&mut document, &format!("Uplink {} · {name}", at + 1));
        outages(&mut document, [4, 60, 25][at]);
    }
    method(&mut document);
    document
}

fn empty() -> Document {
    let mut properties = Properties::new("Service report, November 2026", "en", "Nordlicht Netze");
    properties.created = DateTime::<Utc>::from_timestamp(1_796_083_200, 0);
    let mut document = Document::new(properties);
    document.header.left = "Nordlicht Netze".to_owned();
    document.header.right = "Service report, November 2026 · Müller & Größe GmbH".to_owned();
    document.footer.left = "Report 2026-11, revision 1, made 1 December 2026 00:30 CET".to_owned();
    document.footer.below = "SHA-256 {digest}".to_owned();
    document.footer.page = "Page {page} of {pages}".to_owned();
    document
}

fn cover(document: &mut Document, links: usize, names: &[&str]) {
    let blocks = &mut document.blocks;
    blocks.push(Block::Masthead(Masthead {
        logo: logo(),
        organisation: "Nordlicht Netze".to_owned(),
        title: "Service report".to_owned(),
        subtitle: "Müller & Größe GmbH · November 2026".to_owned(),
    }));
    blocks.push(Block::Tiles(vec![
        tile(
            "Links that met their targets",
            &format!("{} of {links}", links - 1),
            "1 breach",
            Tone::Bad,
        ),
        tile("Uptime, all links", "99.982 %", "target 99.9 %: met", Tone::Good),
        tile("Time down", "2 h 10 min", "3 outages", Tone::Plain),
        tile("Credit", "€ 1,234.50", "to be approved", Tone::Warning),
    ]));
    blocks.push(Block::Callout(Callout {
        tone: Tone::Warning,
        title: "One link missed its target".to_owned(),
        text: "Uplink 3 was down for 2 h 10 min 24 s between 14 and 16 November. Without the exclusion that you agreed to, \
               its uptime would have been 99.612 %."
            .to_owned(),
    }));
    blocks.push(Block::Heading(Heading::new(Level::Second, "Links")));
    let mut table = Table {
        columns: vec![
            Column::new("Link", 4.2),
            Column::figures("Uptime", 1.4),
            Column::figures("Target", 1.3),
            Column::figures("Latency", 1.3),
            Column::figures("Loss", 1.2),
            Column::new("Verdict", 1.5),
        ],
        rows: Vec::new(),
        empty: String::new(),
    };
    for at in 0..links {
        let (tone, verdict, uptime) = match at % 7 {
            2 => (Tone::Bad, "Breached", "99.698 %".to_owned()),
            4 => (Tone::Unknown, "Unknown", "–".to_owned()),
            _ => (Tone::Good, "Met", format!("99.9{:02} %", 99 - at % 50)),
        };
        table.rows.push(Row::new(vec![
            Cell::new(names[at % names.len()]),
            Cell::new(&uptime),
            Cell::new("99.900 %"),
            Cell::new(&format!("{}.{} ms", at % 31 + 2, at % 10)),
            Cell::new(&format!("0.{:02} %", at % 23)),
            Cell::toned(tone, verdict),
        ]));
    }
    table.rows.push(Row {
        cells: vec![
            Cell::new("All"),
            Cell::new("99.982 %"),
            Cell::new("99.900 %"),
            Cell::new("4.2 ms"),
            Cell::new("0.02 %"),
        ],
        strong: true,
    });
    blocks.push(Block::Table(table));
    blocks.push(Block::Paragraph(Paragraph::quiet(
        "Figures are of November 2026 in the zone Europe/Vienna, which has 720 hours. Uptime is truncated, never rounded up.",
    )));
}

fn link(document: &mut Document, name: &str) {
    let blocks = &mut document.blocks;
    blocks.push(Block::Heading(Heading::new(Level::First, name)));
    blocks.push(Block::Paragraph(Paragraph {
        text: "Met its targets for uptime and loss; 43 of 43 minutes 12 seconds of the error budget are left."
            .to_owned(),
        voice: Voice::Lead,
    }));
    let row = |metric: &str, target: &str, result: &str, tone, verdict: &str| {
        Row::new(vec![
            Cell::new(metric),
            Cell::new(target),
            Cell::new(result),
            Cell::toned(tone, verdict),
        ])
    };
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::new("Metric", 3.0),
            Column::figures("Target", 2.0),
            Column::figures("Result", 2.0),
            Column::new("Verdict", 2.0),
        ],
        rows: vec![
            row("Uptime", "≥ 99.900 %", "99.982 %", Tone::Good, "Met"),
            row("Latency, mean", "≤ 20 ms", "11.4 ms", Tone::Good, "Met"),
            row("Packet loss", "≤ 0.10 %", "0.14 %", Tone::Bad, "Breached"),
            row("Jitter", "≤ 5 ms", "–", Tone::Unknown, "Not measured"),
        ],
        empty: String::new(),
    }));
    blocks.push(Block::KeyValues(KeyValues {
        columns: 4,
        pairs: vec![
            KeyValue::new("95th percentile in", "812.4 Mbit/s"),
            KeyValue::new("95th percentile out", "341.0 Mbit/s"),
            KeyValue::new("Volume", "91.2 TB"),
            KeyValue::new("Coverage", "99.97 % of samples"),
        ],
    }));
    blocks.push(Block::Chart(chart()));
    blocks.push(Block::Together(vec![
        Block::Heading(Heading::new(Level::Second, "Days")),
        Block::Calendar(calendar()),
    ]));
}

fn outages(document: &mut Document, outages: usize) {
    let blocks = &mut document.blocks;
    blocks.push(Block::Heading(Heading::new(Level::Second, "Outages")));
    let rows = (0..outages).map(|at| {
        Row::new(vec![
            Cell::new(&format!("{:02} Nov 2026, 13:{:02}:00", at % 30 + 1, at % 60)),
            Cell::new(&format!("{} min {:02} s", at * 7 % 90, at * 13 % 60)),
            Cell::new(match at % 3 {
                0 => "Power at the site failed; the generator started after four minutes.",
                1 => "Fibre cut near Linz",
                _ => "",
            }),
            match at % 4 {
                1 => Cell::toned(Tone::Planned, "Excluded: agreed maintenance"),
                _ => Cell::new("Counted"),
            },
        ])
    });
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::new("Start", 2.3),
            Column::figures("Lasted", 1.4),
            Column::new("Cause", 3.6),
            Column::new("Counts", 2.4),
        ],
        rows: rows.collect(),
        empty: "There were no outages.".to_owned(),
    }));
}

fn method(document: &mut Document) {
    let blocks = &mut document.blocks;
    blocks.push(Block::Heading(Heading::new(Level::Second, "How this was measured")));
    for _ in 0..2 {
        blocks.push(Block::Paragraph(Paragraph::new(
            "The router was asked every 60 seconds. A slot of five minutes is up when at least one answer in it said so, \
             down when none did although the router answered, and unknown otherwise; unknown time counts neither way and \
             lowers the coverage. Planned maintenance that was announced at least five days before is left out.",
        )));
    }
}

fn tile(label: &str, figure: &str, word: &str, tone: Tone) -> Tile {
    Tile {
        label: label.to_owned(),
        figure: figure.to_owned(),
        word: word.to_owned(),
        tone,
    }
}

fn calendar() -> Calendar {
    let days = (1..=30).map(|day| {
        let (figure, tone) = match day {
            14 => ("99.12 %", Tone::Bad),
            15 => ("99.71 %", Tone::Warning),
            20 => ("–", Tone::Unknown),
            22 => ("100 %", Tone::Planned),
            _ => ("100 %", Tone::Good),
        };
        Day {
            label: day.to_string(),
            figure: figure.to_owned(),
            tone,
        }
    });
    Calendar {
        alternative: "Every day of November met the target but 14 and 15 November.".to_owned(),
        weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
            .map(str::to_owned)
            .to_vec(),
        lead: 6,
        days: days.collect(),
        legend: vec![
            (Tone::Good, "target met".to_owned()),
            (Tone::Warning, "below the target".to_owned()),
            (Tone::Bad, "far below".to_owned()),
            (Tone::Unknown, "not measured".to_owned()),
            (Tone::Planned, "maintenance".to_owned()),
        ],
    }
}

/// A month of traffic, in above and out below, as the page's graph has it.
fn chart() -> Chart {
    let (width, height, middle) = (800.0, 280.0, 150.0);
    let points = 720;
    let mut seed = 42_u64;
    let mut random = || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 40) as f64 / (1_u64 << 24) as f64
    };
    let (mut into, mut out) = (Vec::new(), Vec::new());
    for at in 0..=points {
        let day = (f64::from(at % 24) / 24.0 * std::f64::consts::TAU).sin();
        let x = f64::from(at) / f64::from(points) * width;
        into.push((x, middle - 55.0 - day * 35.0 - random() * 25.0));
        out.push((x, middle + 40.0 + day * 15.0 + random() * 15.0));
    }
    let curve = |line: &[Place], spread: f64| {
        // Nothing was measured for a day.
        let stretches = [&line[..470], &line[494..]];
        let area = |stretch: &[Place]| {
            let (first, last) = (stretch[0].0, stretch[stretch.len() - 1].0);
            let mut area = stretch.to_vec();
            area.extend([(last, middle), (first, middle)]);
            area
        };
        let between = |stretch: &[Place]| {
            let above = stretch.iter().map(|(x, y)| (*x, y - spread));
            let below = stretch.iter().rev().map(|(x, y)| (*x, y + spread));
            above.chain(below).collect()
        };
        Curve {
            colour: None,
            lines: stretches.iter().map(|stretch| stretch.to_vec()).collect(),
            areas: stretches.iter().map(|stretch| area(stretch)).collect(),
            spreads: stretches.iter().map(|stretch| between(stretch)).collect(),
            earlier: Vec::new(),
        }
    };
    let line = |y: f64, label: &str| GridLine {
        y,
        label: label.to_owned(),
        strong: y == middle,
    };
    Chart {
        title: "Traffic".to_owned(),
        alternative: "Traffic in, mean 620 Mbit/s, and out, mean 270 Mbit/s; nothing was measured on 20 November."
            .to_owned(),
        width,
        height,
        plot_top: 22.0,
        plot_bottom: 252.0,
        points: 165.0,
        bands: vec![
            Band {
                x: 350.0,
                width: 6.0,
                tone: Tone::Bad,
            },
            Band {
                x: 560.0,
                width: 24.0,
                tone: Tone::Planned,
            },
        ],
        lines: vec![
            line(22.0, "1 Gbit/s"),
            line(86.0, "500 Mbit/s"),
            line(middle, "0"),
            line(201.0, "400 Mbit/s"),
            line(252.0, "800 Mbit/s"),
        ],
        ticks: (0..30)
            .map(|day| Tick {
                x: f64::from(day) / 30.0 * width,
                label: format!("{} Nov", day + 1),
            })
            .collect(),
        curves: vec![curve(&into, 8.0), curve(&out, 4.0)],
        limits: vec![LimitLine {
            y: 46.0,
            label: "95th percentile 812.4 Mbit/s".to_owned(),
            below: false,
            tone: Tone::Planned,
        }],
        legend: vec![
            LegendEntry {
                swatch: Swatch::Curve(0),
                label: "in".to_owned(),
            },
            LegendEntry {
                swatch: Swatch::Curve(1),
                label: "out".to_owned(),
            },
            LegendEntry {
                swatch: Swatch::Band(Tone::Bad),
                label: "outage".to_owned(),
            },
            LegendEntry {
                swatch: Swatch::Band(Tone::Planned),
                label: "maintenance".to_owned(),
            },
            LegendEntry {
                swatch: Swatch::Limit(Tone::Planned),
                label: "95th percentile".to_owned(),
            },
        ],
    }
}

/// A logo with soft edges: three waves.
fn logo() -> Option<Picture> {
    let (width, height) = (300_u32, 90_u32);
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let wave = (f64::from(x) / 28.0).sin() * 10.0;
            let off = (0..3)
                .map(|at| (f64::from(y) - (20.0 + f64::from(at) * 24.0 + wave)).abs())
                .fold(f64::MAX, f64::min);
            let opacity = ((7.0 - off).clamp(0.0, 1.0) * 255.0) as u8;
            pixels.extend([36, 86 + (x / 4) as u8, 214, opacity]);
        }
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
    Picture::read(&file, "Nordlicht Netze", 150.0, 40.0).ok()
}
