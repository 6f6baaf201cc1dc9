//! The bulletin of a period, put together and sent.

use crate::domain::bulletin::{Bulletin, Period};
use crate::domain::letter::LetterContext;
use crate::domain::letter::bulletin::{self, Issue};
use crate::domain::letter::chart::{self, Chart};
use crate::domain::letter::list;
use crate::domain::letter::news::Draft;
use crate::domain::letter::page::{Pages, phrase};
use crate::domain::letter::reach::Reach;
use crate::domain::letter::route;
use crate::domain::letter::sheet::{Cell, Sheet};
use crate::domain::now::{Clock, Now};
use crate::domain::policy::Policy;
use crate::domain::text::Language;
use crate::edge::clock::SystemClock;
use crate::edge::config::Config;
use crate::edge::ledger::{Ledger, LedgerError, Post};
use crate::edge::report::picture::Painter;
use crate::edge::report::xlsx;

/// The bulletin of a period, its sum named in a language.
pub fn bulletin_of(
    ledger: &Ledger,
    policy: &Policy,
    period: Period,
    language: Language,
) -> Result<Bulletin, LedgerError> {
    ledger.bulletin(policy, period, language, &phrase(language, "bulletin", "total", &[]))
}

/// Its tables as a workbook.
pub fn workbook(bulletin: &Bulletin, language: Language) -> Vec<u8> {
    write_workbook(&sheets(bulletin, language))
}

fn sheets(bulletin: &Bulletin, language: Language) -> Vec<Sheet> {
    let title = bulletin.sums.period.words(language);
    let sheet = |table: bulletin::Table| Sheet {
        title: format!("{} {title}", table.name),
        name: table.name,
        headings: table.headings,
        rows: table.rows.into_iter().map(cells).collect(),
    };
    bulletin::red_cases(bulletin, language)
        .into_iter()
        .chain(bulletin::tables(bulletin, language))
        .map(sheet)
        .collect()
}

/// A row of a table: what it is about, and behind it what are numbers as counts.
fn cells(row: Vec<String>) -> Vec<Cell> {
    let cell = |(place, text): (usize, String)| match text.parse() {
        Ok(count) if place > 0 => Cell::Count(count),
        _ => Cell::text(&text),
    };
    row.into_iter().enumerate().map(cell).collect()
}

/// Lists as the bytes of a workbook.
pub(super) fn write_workbook(sheets: &[Sheet]) -> Vec<u8> {
    xlsx::workbook(sheets)
        .expect("the names of the sheets are ours, and the longest list is shorter than a sheet")
}

/// What letters are written with when nothing was away.
pub(super) fn context<'c>(
    policy: &'c Policy,
    pages: &'c Pages,
    id_domain: &'c str,
    reach: Reach<'c>,
    now: &'c Now,
) -> LetterContext<'c> {
    LetterContext { policy, pages, id_domain, workbook: write_workbook, reach, away: None, now }
}

/// Queues the bulletin of a period for those who get bulletins. Gives how many letters are new.
pub fn send_bulletin(ledger: &mut Ledger, config: &Config, period: Period) -> Result<u64, LedgerError> {
    let policy = &config.policy;
    let now = &SystemClock::new(policy.zone).now();
    let suspended = ledger.muted(now)?;
    let reach = Reach { today: now.today(), suspended: &suspended };
    let context = context(policy, &config.pages, &config.sender.list_id, reach, now);
    let drafts = drafts(ledger, period, &context)?;
    let round = ledger.last_round_id()?;
    ledger.queue(drafts.into_iter(), &Post::default(), round)
}

/// The letters of a bulletin.
pub(super) fn drafts(
    ledger: &Ledger,
    period: Period,
    context: &LetterContext<'_>,
) -> Result<Vec<Draft>, LedgerError> {
    let policy = context.policy;
    let readers = route::readers_or_admins(policy, &policy.routing.bulletin, &context.reach);
    if readers.is_empty() {
        return Ok(Vec::new());
    }
    let painter = Painter::find();
    let mut drafts = Vec::new();
    for (language, ..) in Language::ALL {
        let readers: Vec<_> = readers.iter().filter(|reader| reader.language == *language).collect();
        if readers.is_empty() {
            continue;
        }
        let bulletin = &bulletin_of(ledger, policy, period, *language)?;
        let name = phrase(*language, "bulletin", "attachment", &[("period", &period.to_string())]);
        // What its tables say stands in the bulletin itself.
        let attachments = vec![list::attachment(name, &sheets(bulletin, *language), write_workbook)];
        let paint = |chart: Chart| painter.png(&chart.svg).map(|png| (chart, png));
        let painted = chart::charts(bulletin, *language).into_iter().filter_map(paint).collect();
        let issue = Issue { bulletin, attachments, painted };
        drafts.extend(readers.iter().map(|reader| bulletin::write(reader, &issue, context)));
    }
    Ok(drafts)
}
