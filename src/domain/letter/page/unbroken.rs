//! Days, numbers of cases and counts in a page stay on one line: broken over two they are not recognised, on a telephone first of all.

/// How what must not be broken begins and ends.
const SPAN: (&str, &str) = ("<span style=\"white-space:nowrap\">", "</span>");
/// Longest number that is kept on one line, in characters: it is to fit on a telephone.
const LONGEST: usize = 24;
/// What stands between these is no text of the page.
const NO_TEXT: [(&str, &str); 2] = [("<style", "</style>"), ("<title", "</title>")];

/// What counts in Chinese, the longest first, and what belongs to a count before it.
const COUNTED: [&str; 13] = [
    "个工作小时",
    "个工作日",
    "个自然日",
    "个小时",
    "个单位",
    "个月",
    "件",
    "个",
    "项",
    "张",
    "份",
    "条",
    "次",
];
const BEFORE_A_COUNT: [&str; 2] = ["超期", "逾期"];

/// The page with each day, each number with hyphens, and each count, marked so that no line ends in it.
pub(super) fn unbroken(page: &str) -> String {
    let mut said = String::with_capacity(page.len() + page.len() / 8);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        mark(&rest[..at], &mut said);
        let tag = &rest[at..];
        let whole = NO_TEXT.iter().find(|(begins, _)| tag.starts_with(begins));
        let end = whole.map_or_else(|| tag.find('>'), |(_, ends)| Some(tag.find(ends)? + ends.len() - 1));
        let end = end.map_or(tag.len(), |end| end + 1);
        said.push_str(&tag[..end]);
        rest = &tag[end..];
    }
    mark(rest, &mut said);
    said
}

fn mark(text: &str, said: &mut String) {
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(first) = rest.chars().next() {
        let joined = before.is_some_and(|c| c.is_ascii_alphanumeric() || "-&#;".contains(c));
        let length = if joined { None } else { day(rest).or_else(|| number(rest)).or_else(|| count(rest)) };
        let length = length.unwrap_or(0);
        if length > 0 {
            said.extend([SPAN.0, &rest[..length], SPAN.1]);
        } else {
            said.push(first);
        }
        let taken = if length > 0 { length } else { first.len_utf8() };
        before = rest[..taken].chars().next_back();
        rest = &rest[taken..];
    }
}

/// The length of a day of a Chinese letter at the beginning of a text, with its hour: `2011年12月14日09:05`.
fn day(text: &str) -> Option<usize> {
    let year = counted(text, 4, '年').unwrap_or(0);
    let month = year + counted(&text[year..], 2, '月')?;
    let day = month + counted(&text[month..], 2, '日')?;
    Some(day + hour(&text[day..]))
}

/// The length of so many digits at most with what counts them.
fn counted(text: &str, most: usize, unit: char) -> Option<usize> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (digits > 0 && text[digits..].starts_with(unit)).then(|| digits + unit.len_utf8())
}

/// The length of an hour: `09:05`.
fn hour(text: &str) -> usize {
    let is = |at: usize, c: u8| {
        if c == b'0' { text.as_bytes()[at].is_ascii_digit() } else { text.as_bytes()[at] == c }
    };
    let whole = text.len() >= 5 && b"00:00".iter().enumerate().all(|(at, c)| is(at, *c));
    if whole { 5 } else { 0 }
}

/// The length of a count with what it counts: `3件`, `超期43个工作日`.
fn count(text: &str) -> Option<usize> {
    let before = BEFORE_A_COUNT.iter().find(|it| text.starts_with(**it)).map_or(0, |it| it.len());
    let digits = text[before..].bytes().take_while(u8::is_ascii_digit).count();
    let behind = &text[before + digits..];
    let unit = COUNTED.iter().find(|unit| behind.starts_with(**unit)).filter(|_| digits > 0)?;
    Some(before + digits + unit.len())
}

/// The length of a number with hyphens: `2011-004104`, and of a day so written, with its hour: `2011-10-14 09:05`.
fn number(text: &str) -> Option<usize> {
    let length = text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    let word = text[..length].trim_end_matches('-');
    let whole = word.contains('-') && word.bytes().any(|b| b.is_ascii_digit()) && !word.starts_with('-');
    if !whole || word.len() > LONGEST {
        return None;
    }
    let behind = &text[word.len()..];
    let is_day = word.parse::<chrono::NaiveDate>().is_ok();
    let time = if is_day && behind.starts_with(' ') { hour(&behind[1..]) } else { 0 };
    Some(word.len() + if time > 0 { time + 1 } else { 0 })
}

#[cfg(test)]
mod tests;
