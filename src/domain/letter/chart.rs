//! The bulletin's pictures as drawings (SVG): for machines on which a Chinese font can draw their words.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::figures::{AGES, cards, cards_of, on, percent};
use super::page::{escaped, phrase};
use crate::domain::bulletin::{Bulletin, Line};
use crate::domain::text::Language;

/// Width of a picture in pixels.
pub const WIDTH: u32 = 640;
const SIZE: u32 = 13;
const BAR: u32 = 24;
const LEFT: u32 = 170;
const RIGHT: u32 = 110;
/// Columns of text that fit left of the bars: a Chinese character takes two.
const COLUMNS: usize = 24;
const INK: &str = "#222";
const GRID: &str = "#ddd";
const RED: &str = "#b00020";
const YELLOW: &str = "#d99000";
const BLUE: &str = "#1565c0";

/// A drawing, with the words that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// `coverage`, `cards` or `ages`.
    pub name: &'static str,
    /// The drawing.
    pub svg: String,
    /// What it shows, for who sees no pictures.
    pub alt: String,
}

/// A bar: its label, its parts with their colours, and the figures at its end.
#[derive(Debug)]
pub struct Bar {
    /// Label.
    pub label: String,
    /// Lengths and colours, from the left.
    pub parts: Vec<(u64, &'static str)>,
    /// What stands at the end.
    pub figures: String,
}

/// The bulletin's pictures as drawings, those left out that would show nothing.
pub fn charts(bulletin: &Bulletin, language: Language) -> Vec<Chart> {
    let bar = |line: &Line| {
        let parts = vec![(line.red, RED), (line.yellow, YELLOW), (line.notice, BLUE)];
        Bar { label: line.name.clone(), parts, figures: cards_of(line) }
    };
    let by_unit: Vec<_> = bulletin.units.iter().filter(|line| cards(line) > 0).map(bar).collect();
    let ages: Vec<_> = AGES
        .iter()
        .zip(bulletin.ages)
        .map(|(name, count)| Bar {
            label: phrase(language, "bulletin", name, &[]),
            parts: vec![(count, BLUE)],
            figures: count.to_string(),
        })
        .collect();
    let shares: Vec<_> = bulletin.coverage.iter().map(percent).collect();
    let mut charts = Vec::new();
    if !bulletin.is_unread() {
        charts.push(bars("ages", &ages));
    }
    if !by_unit.is_empty() {
        charts.push(bars("cards", &by_unit));
    }
    if let Some((first, last)) = bulletin.coverage.first().zip(bulletin.coverage.last()) {
        charts.push(line("coverage", &shares, &on(first, language), &on(last, language)));
    }
    charts
}

/// Bars below one another; the longest fills the width.
pub fn bars(name: &'static str, bars: &[Bar]) -> Chart {
    let sum = |bar: &Bar| bar.parts.iter().map(|(length, _)| length).sum::<u64>();
    let most = bars.iter().map(sum).max().unwrap_or(0).max(1) as f64;
    let room = f64::from(WIDTH - LEFT - RIGHT);
    let (mut drawn, mut alt) = (String::new(), Vec::new());
    for (line, bar) in (0..).zip(bars) {
        let (top, middle) = (line * BAR + 6, line * BAR + 6 + BAR / 2 + 2);
        drawn += &text(LEFT - 8, middle, "end", &short(&bar.label));
        let mut at = f64::from(LEFT);
        for (length, colour) in &bar.parts {
            let width = room * *length as f64 / most;
            drawn += &format!(
                r#"<rect x="{at:.1}" y="{top}" width="{width:.1}" height="{}" fill="{colour}"/>"#,
                BAR - 8
            );
            at += width;
        }
        drawn += &text(at as u32 + 8, middle, "start", &bar.figures);
        alt.push(format!("{} {}", bar.label, bar.figures));
    }
    Chart { name, svg: drawing(bars.len() as u32 * BAR + 8, &drawn), alt: alt.join("; ") }
}

/// Shares in per cent over time, the first and the last named below.
pub fn line(name: &'static str, shares: &[f64], first: &str, last: &str) -> Chart {
    let (left, right, top, bottom) = (50_u32, WIDTH - 20, 14_u32, 174_u32);
    let height = |share: f64| f64::from(bottom) - f64::from(bottom - top) * share / 100.0;
    let mut drawn = String::new();
    for share in [0_u32, 25, 50, 75, 100] {
        let y = height(f64::from(share));
        drawn += &format!(
            r#"<line x1="{left}" x2="{right}" y1="{y:.1}" y2="{y:.1}" stroke="{GRID}" stroke-width="1"/>"#
        );
        drawn += &text(left - 8, y as u32 + 4, "end", &format!("{share}%"));
    }
    let step = f64::from(right - left) / (shares.len().max(2) - 1) as f64;
    let points =
        |x: usize, share: f64| format!("{:.1},{:.1}", f64::from(left) + step * x as f64, height(share));
    let path: Vec<String> = shares.iter().enumerate().map(|(x, share)| points(x, *share)).collect();
    drawn +=
        &format!(r#"<polyline points="{}" fill="none" stroke="{BLUE}" stroke-width="2.5"/>"#, path.join(" "));
    for point in &path {
        let (x, y) = point.split_once(',').unwrap_or_default();
        drawn += &format!(r#"<circle cx="{x}" cy="{y}" r="2.5" fill="{BLUE}"/>"#);
    }
    drawn += &text(left, bottom + 22, "start", first);
    if shares.len() > 1 {
        drawn += &text(right, bottom + 22, "end", last);
    }
    let alt = if shares.len() > 1 { format!("{first} → {last}") } else { first.to_owned() };
    Chart { name, svg: drawing(bottom + 32, &drawn), alt }
}

fn drawing(height: u32, drawn: &str) -> String {
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-size="{SIZE}" font-family="'Noto Sans CJK SC','Source Han Sans SC','WenQuanYi Micro Hei','WenQuanYi Zen Hei',sans-serif"><rect width="100%" height="100%" fill="#fff"/>{drawn}</svg>"##
    )
}

fn text(x: u32, y: u32, anchor: &str, words: &str) -> String {
    format!(r#"<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{INK}">{}</text>"#, escaped(words))
}

/// As much of a label as fits.
fn short(label: &str) -> String {
    if label.width() <= COLUMNS {
        return label.to_owned();
    }
    let mut columns = 0;
    let fits = label.chars().take_while(|letter| {
        columns += letter.width().unwrap_or(0);
        columns < COLUMNS
    });
    fits.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::{BLUE, Bar, bars, line, short};

    #[test]
    fn the_longest_bar_fills_the_width_and_a_name_is_no_markup() {
        let chart = bars(
            "cards",
            &[
                Bar {
                    label: "<局>&".into(),
                    parts: vec![(1, "#b00020"), (1, "#d99000")],
                    figures: "1 / 1".into(),
                },
                Bar { label: "市住建局".into(), parts: vec![(4, BLUE)], figures: "4".into() },
            ],
        );
        assert!(chart.svg.contains(r#"x="170.0" y="30" width="360.0""#), "{}", chart.svg);
        assert!(
            chart.svg.contains(r#"x="260.0" y="6" width="90.0""#) && chart.svg.contains("&lt;局&gt;&amp;")
        );
        assert_eq!(chart.alt, "<局>& 1 / 1; 市住建局 4");
    }

    #[test]
    fn a_line_goes_from_the_first_day_to_the_last() {
        let chart = line("coverage", &[0.0, 50.0, 100.0], "a", "b");
        assert!(chart.svg.contains(r#"points="50.0,174.0 335.0,94.0 620.0,14.0""#), "{}", chart.svg);
        assert_eq!(chart.alt, "a → b");
        assert_eq!(line("coverage", &[68.0], "a", "a").alt, "a");
    }

    #[test]
    fn a_long_name_ends_in_dots() {
        assert_eq!(short("市住房和城乡建设局"), "市住房和城乡建设局");
        assert_eq!(short("市住房和城乡建设局行政审批服务科"), "市住房和城乡建设局行政…");
    }

    /// Twelve letters of two columns fill it; of thirteen eleven are shown, and that there are more.
    #[test]
    fn a_label_that_fits_is_whole() {
        assert_eq!([11, 12].map(|count| short(&"长".repeat(count)).chars().count()), [11, 12]);
        assert_eq!(short(&"长".repeat(12)), "长".repeat(12));
        assert!(short(&"长".repeat(13)).ends_with('…'));
    }
}
