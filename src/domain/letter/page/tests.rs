//! What a page looks like: every letter can be read by day and by night.

use super::*;
use crate::domain::letter::example;

type Colour = [f64; 3];

/// A colour as `#abc` or `#aabbcc`; nothing of one that lets shine through, as lines have.
fn colour(text: &str) -> Option<Colour> {
    let hex = text.trim().trim_end_matches("!important").trim().strip_prefix('#')?;
    let digit = |at: usize, length: usize| {
        let part = &hex[at * length..(at + 1) * length];
        let whole = if length == 1 { part.repeat(2) } else { part.to_owned() };
        u8::from_str_radix(&whole, 16).ok().map(|value| f64::from(value) / 255.0)
    };
    let length = match hex.len() {
        3 => 1,
        6 => 2,
        _ => return None,
    };
    Some([digit(0, length)?, digit(1, length)?, digit(2, length)?])
}

/// Relative luminance (WCAG 2.1).
fn luminance(colour: Colour) -> f64 {
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

/// A property of a style.
fn property<'s>(style: &'s str, name: &str) -> Option<&'s str> {
    let mut pairs = style.split(';').filter_map(|pair| pair.split_once(':'));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim())
}

#[derive(Clone, Copy)]
struct Look {
    ink: Colour,
    paper: Colour,
    opacity: f64,
}

/// The contrast of every text of a page, by day or by night.
fn contrasts(page: &str, dark: bool) -> Vec<(f64, String)> {
    let night = page.split_once("prefers-color-scheme: dark").and_then(|(_, rest)| rest.split_once("body {"));
    let night = night.and_then(|(_, rest)| rest.split_once('}')).map(|(style, _)| style).unwrap();
    let body = page.split_once("<body style=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
    let style = if dark { night } else { body };
    let of = |name| colour(property(style, name).unwrap()).unwrap();
    let mut looks = vec![Look { ink: of("color"), paper: of("background"), opacity: 1.0 }];
    let mut found = Vec::new();
    for piece in page.split_once("<body").unwrap().1.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap();
        let name = tag.split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            looks.pop();
        } else if !["br", "img"].contains(&name) {
            let style = tag.split_once("style=\"").and_then(|(_, rest)| rest.split_once('"'));
            let style = style.map_or("", |(style, _)| style);
            let mut look = *looks.last().unwrap();
            look.ink = property(style, "color").and_then(colour).unwrap_or(look.ink);
            look.paper = property(style, "background").and_then(colour).unwrap_or(look.paper);
            look.opacity *= property(style, "opacity").map_or(1.0, |value| value.parse().unwrap());
            looks.push(look);
        }
        let text = text.trim().trim_matches(['\u{a0}']).replace("&nbsp;", "");
        if let Some(Look { ink, paper, opacity }) = looks.last().copied().filter(|_| !text.is_empty()) {
            let mixed = [0, 1, 2].map(|part| ink[part] * opacity + paper[part] * (1.0 - opacity));
            found.push((contrast(mixed, paper), text));
        }
    }
    found
}

/// WCAG 2.1, 1.4.3: text has a contrast of 4.5 to 1 at least, in every letter, by day and by night.
#[test]
fn every_text_can_be_read_by_day_and_by_night() {
    let at = chrono::DateTime::parse_from_rfc3339("2011-11-15T09:05:00+08:00").unwrap();
    let letters = example::letters(&crate::domain::letter::route::tests::policy(), &Pages::default(), at);
    let mut texts = 0;
    for letter in letters {
        for dark in [false, true] {
            for (contrast, text) in contrasts(&letter.html, dark) {
                assert!(contrast >= 4.5, "{contrast:.2} dark {dark}: {text} of {}", letter.subject);
                texts += 1;
            }
        }
    }
    assert!(texts > 400, "{texts}");
}

/// Also where a page says itself that a value is markup.
#[test]
fn a_value_hides_nothing_in_a_page_that_escapes_it_itself() {
    let mut pages = Pages::default();
    pages.replace("alert.html", "{{ v.a }} {{ v.a | escape }} {{ [v.a, v.a] | join('<') }}".into()).unwrap();
    let value = std::collections::BTreeMap::from([("a", "<\u{202e}\u{1b}[2J\u{200b}>")]);
    let page = pages.render("alert.html", Language::English, value);
    assert_eq!(pages.faults(), BTreeSet::new());
    assert!(page.starts_with("&lt;\u{fffd}\u{fffd}[2J\u{fffd}&gt; &lt;\u{fffd}\u{fffd}[2J"), "{page}");
    assert!(!page.contains(['\u{202e}', '\u{1b}', '\u{200b}']), "{page}");
}
