//! The letters of a round: what is news and to be told now, and the digest.

use std::collections::BTreeMap;

use chrono::Days;

use super::bulletin;
use crate::domain::bulletin::Period;
use crate::domain::card::Mode;
use crate::domain::letter::digest::{self, DigestInput};
use crate::domain::letter::news::{News, Running};
use crate::domain::letter::page::phrase;
use crate::domain::letter::reach::Reach;
use crate::domain::letter::relay::SendWindow;
use crate::domain::letter::route;
use crate::domain::letter::untold::Told;
use crate::domain::letter::{Away, LetterContext, alert};
use crate::domain::now::Now;
use crate::domain::plan::late;
use crate::domain::plan::question::Asks;
use crate::domain::policy::{Policy, Routing};
use crate::domain::registry::Role;
use crate::domain::rules::{LEDGER_REPLACED, OWN};
use crate::domain::text::Language;
use crate::edge::ledger::{Kept, Ledger, LedgerError, Post, RoundId, Tally};
use crate::service::Service;

const NOTICES_ON: &str = "notices_on";
const PRESSED_ON: &str = "pressed_on";
const DIGEST_ON: &str = "digest_on";
const BULLETIN_OF: &str = "bulletin_of";
/// Since when nothing had run, until the first letters after that tell it.
const AWAY_SINCE: &str = "away_since";
/// Up to when the machine's clock had been ahead, likewise.
const AHEAD_UNTIL: &str = "clock_ahead_until";

/// Remembers why what is found now is found late, or taken back.
pub(super) fn away(ledger: &mut Ledger, away: &Away) -> Result<(), LedgerError> {
    let (key, moment) = match away {
        Away::Off { since } => (AWAY_SINCE, since),
        Away::ClockAhead { until } => (AHEAD_UNTIL, until),
    };
    if ledger.recall(key)?.is_none_or(|kept| kept.is_empty()) {
        ledger.remember(key, moment)?;
    }
    Ok(())
}

fn remembered(ledger: &Ledger) -> Result<Option<Away>, LedgerError> {
    let kept = |key| Ok(ledger.recall(key)?.filter(|moment| !moment.is_empty()));
    Ok(match kept(AHEAD_UNTIL)? {
        Some(until) => Some(Away::ClockAhead { until }),
        None => kept(AWAY_SINCE)?.map(|since| Away::Off { since }),
    })
}

/// Writes the letters that are due and queues them, with the note of what they tell.
pub(super) fn write(
    service: &mut Service,
    round: RoundId,
    now: &Now,
    tally: &mut Tally,
) -> Result<(), LedgerError> {
    let Service { ledger, policy, .. } = service;
    let today = now.today().to_string();
    let leaving = leaving(policy, now);
    if !leaving.alerts && !leaving.others {
        return Ok(());
    }
    let mut post = Post::default();
    let mut news = BTreeMap::new();
    let held = ledger.held_mail()?.filter(|held| held.holds(now) && is_asked(policy));
    if held.is_some() && leaving.alerts {
        news = of_ourselves(ledger)?;
    } else if leaving.alerts {
        news = gather(ledger, policy, (round, now), &mut post, &today)?;
    }
    let suspended = ledger.muted(now)?;
    let reach = Reach { today: now.today(), suspended: &suspended };
    let context = bulletin::context(policy, &service.pages, &service.id_domain, reach, now);
    let month = Period::month_of(now.today()).before();
    let (name, mut bulletins) = (month.to_string(), Vec::new());
    if leaving.others && held.is_none() && ledger.recall(BULLETIN_OF)?.as_deref() != Some(&name) {
        // A ledger that began this month has nothing to say of the one before.
        if ledger.first_round_before(month.to)? {
            bulletins = bulletin::drafts(ledger, month, &context)?;
        }
        post.keep.push((BULLETIN_OF, name.as_str()));
    }
    let mut mornings = Vec::new();
    let seen = is_seen(ledger, now)?;
    // That of today may have gone out by the ledger that was there before.
    let digests = leaving.others && seen && held.is_none_or(|held| !held.began_on(now));
    if digests && ledger.recall(DIGEST_ON)?.as_deref() != Some(&today) {
        mornings = mornings_for(ledger, policy, &reach, now)?;
        post.keep.push((DIGEST_ON, today.as_str()));
    }
    // It speaks of what the first letters afterwards tell, and of nothing that is found later.
    let away = remembered(ledger)?;
    if away.is_some() && post.told.iter().any(|(told, _)| *told == Told::Notices) {
        post.keep.extend([(AWAY_SINCE, ""), (AHEAD_UNTIL, "")]);
    }
    if news.is_empty() && post.told.is_empty() && post.keep.is_empty() && post.over.is_empty() {
        return Ok(());
    }
    let context = LetterContext { away: away.as_ref(), ..context };
    let digests = mornings
        .iter()
        .flat_map(|morning| morning.readers.iter().map(|reader| digest::write(reader, morning, &context)));
    let drafts = alert::write(&news, context).chain(digests).chain(bulletins);
    tally.letters = ledger.queue(drafts, &post, round)?;
    Ok(())
}

/// Whether the first digest may go: when every source was read whole once; from the second day on when anything was read, as one file
/// that cannot be read, or a source that never can, would keep all digests away.
fn is_seen(ledger: &Ledger, now: &Now) -> Result<bool, LedgerError> {
    let all = ledger.has_read()? && ledger.never_read()?.is_empty();
    Ok(all || (ledger.knows_something()? && ledger.first_round_before(now.today() - Days::new(1))?))
}

/// What is told of our own running while letters on cases wait, and nothing of it twice: up to where cards were told stays as it is.
fn of_ourselves(ledger: &Ledger) -> Result<BTreeMap<i64, News>, LedgerError> {
    let mut news = ledger.untold(Told::Cards, ledger.newest_event()?)?;
    news.retain(|_, piece| OWN.contains(&piece.rule.as_str()));
    without_told(ledger, news)
}

/// Leaves out what was told of our own running while letters on cases waited.
fn without_told(ledger: &Ledger, news: BTreeMap<i64, News>) -> Result<BTreeMap<i64, News>, LedgerError> {
    let mut untold = BTreeMap::new();
    for (event, piece) in news {
        let own = OWN.contains(&piece.rule.as_str());
        if !own || ledger.told_of_event(event)?.is_empty() {
            untold.insert(event, piece);
        }
    }
    Ok(untold)
}

/// What is to be told now: cards at once, notices once a day, what nobody answered, what silences hid that are over; and
/// nothing that a silence covers.
fn gather<'t>(
    ledger: &mut Ledger,
    policy: &Policy,
    (round, now): (RoundId, &Now),
    post: &mut Post<'t>,
    today: &'t str,
) -> Result<BTreeMap<i64, News>, LedgerError> {
    ledger.settle_orders(&policy.version, round, now)?;
    if ledger.recall(PRESSED_ON)?.as_deref() != Some(today) {
        ledger.remind(policy, round, now)?;
        ledger.press_for_decisions(policy, round, now)?;
        post.keep.push((PRESSED_ON, today));
    }
    let newest = ledger.newest_event()?;
    let mut news = ledger.untold(Told::Cards, newest)?;
    if !news.is_empty() {
        post.told.push((Told::Cards, newest));
        news = without_told(ledger, news)?;
    }
    if ledger.recall(NOTICES_ON)?.as_deref() != Some(today) {
        news.extend(ledger.untold(Told::Notices, newest)?);
        post.told.push((Told::Notices, newest));
        post.keep.push((NOTICES_ON, today));
    }
    let silences = ledger.silences_on(now.today())?;
    news.retain(|event, piece| {
        let hiding = silences.iter().find(|line| line.silence.hides(piece));
        post.hidden.extend(hiding.map(|line| (line.silence.id, *event)));
        hiding.is_none()
    });
    for line in ledger.silences_over(now.today())? {
        post.over.push(line.silence.id);
        for piece in ledger.hidden(&line.silence)? {
            news.entry(piece.event_id).or_insert(piece);
        }
    }
    ledger.referred_together(&mut news)?;
    with_disputes(ledger, policy, now, &mut news)?;
    Ok(news)
}

/// Adds to what asks whether a card falls what is to be decided on: both records, and the count that the card rests on. What
/// else is told of a card in question, or of one that was upheld, goes by that count.
fn with_disputes(
    ledger: &Ledger,
    policy: &Policy,
    now: &Now,
    news: &mut BTreeMap<i64, News>,
) -> Result<(), LedgerError> {
    for piece in news.values_mut() {
        if piece.question.is_none_or(|question| question.asks != Asks::Withdrawal) {
            let rests = ledger.rests_on_its_telling(piece.finding)?;
            if let Some(mut file) = rests.then(|| ledger.file_of(piece.finding)).transpose()?.flatten() {
                let counted = late::resting_on(&mut file, piece.finding, policy, now);
                let resting = counted.map(|counted| Running::resting_on(counted, &piece.clock));
                piece.deadline = resting.or(piece.deadline.take());
            }
            continue;
        }
        if let Some(file) = ledger.file_of(piece.finding)? {
            let disputes = late::disputes(&file, policy, now);
            piece.dispute = disputes.into_iter().find(|it| it.finding == piece.finding).map(Box::new);
        }
    }
    Ok(())
}

/// How things stand, once for each language, with those who read it in that language.
fn mornings_for<'p>(
    ledger: &Ledger,
    policy: &'p Policy,
    reach: &Reach<'_>,
    now: &Now,
) -> Result<Vec<DigestInput<'p>>, LedgerError> {
    let mut mornings = Vec::new();
    for (language, ..) in Language::ALL {
        let mut readers = route::readers(policy, &policy.routing.digest, reach);
        readers.retain(|reader| reader.language == *language);
        if !readers.is_empty() {
            let overview = ledger.overview(policy, *language, now)?;
            let total = phrase(*language, "bulletin", "total", &[]);
            let month = ledger.compared(policy, Period::month_until(now.today()), &total)?;
            mornings.push(DigestInput { overview, month, readers });
        }
    }
    Ok(mornings)
}

/// What leaves now: nobody is told at night, also when a mail server comes back then.
pub(super) fn leaving(policy: &Policy, now: &Now) -> SendWindow {
    let (today, time) = (now.today(), now.instant.time());
    let working = policy.calendar.day(today).working;
    SendWindow {
        alerts: working && policy.counting.hours.on(&policy.calendar, today).contains(time),
        others: working && time >= policy.digest_at,
    }
}

/// Which letters may not leave: those of a ledger that may not know what was told, unless nobody wants to be asked (`mode = "off"`).
pub(super) fn kept(service: &Service) -> Result<Option<Kept>, LedgerError> {
    let Service { ledger, policy, clock, .. } = service;
    if is_asked(policy) { ledger.kept_letters(&clock.now()) } else { Ok(None) }
}

fn is_asked(policy: &Policy) -> bool {
    policy.rules.get(LEDGER_REPLACED).is_none_or(|rule| rule.mode != Mode::Off)
}

/// Looks at the letters that wait once more: one that tells what no longer is so, or that is of an earlier day, is written anew
/// with what still is; what was for an address that takes no letters goes to who stands in for it, and what was for one that is
/// gone from the contacts to who stands in its role.
pub(super) fn recheck(service: &mut Service, now: &Now) -> Result<(), LedgerError> {
    let Service { ledger, policy, .. } = service;
    let suspended = ledger.muted(now)?;
    let reach = Reach { today: now.today(), suspended: &suspended };
    let context = bulletin::context(policy, &service.pages, &service.id_domain, reach, now);
    let contacts = &policy.registry.contacts;
    for old in ledger.outdated(contacts, &suspended, now)? {
        let mut news = ledger.still_news(&old)?;
        with_disputes(ledger, policy, now, &mut news)?;
        let meant = contacts.iter().find(|contact| contact.address == old.reader.address);
        if meant.is_none() {
            for piece in news.values_mut().filter(|piece| piece.is_withdrawal()) {
                piece.told = vec![old.reader.clone()];
            }
            let known = news.keys().map(|event| Ok((*event, ledger.told_of_event(*event)?)));
            let known = known.collect::<Result<BTreeMap<_, _>, LedgerError>>()?;
            let drafts: Vec<_> = alert::write_in_place_of(&old.reader, &news, &known, context).collect();
            ledger.supersede(&old, drafts.into_iter(), now)?;
            continue;
        }
        let reader = meant.and_then(|contact| reach.reader(&policy.registry, contact));
        let draft = reader.filter(|_| !news.is_empty());
        let drafts: Vec<_> = match draft {
            Some(reader) => vec![alert::letter(reader, &news.values().collect::<Vec<_>>(), context)],
            None => alert::write(&news, LetterContext { policy: &to_admins(policy), ..context }).collect(),
        };
        ledger.supersede(&old, drafts.into_iter(), now)?;
    }
    ledger.all_looked_at()
}

/// A policy that tells the administrators of everything: of what nobody else can be told.
fn to_admins(policy: &Policy) -> Policy {
    let admins = vec![Role::Admin];
    let routing =
        Routing { notice: admins, yellow: vec![], red: vec![], routes: vec![], ..policy.routing.clone() };
    Policy { routing, ..policy.clone() }
}
