//! Promises against the law's own limit, where the catalogue gives none to hold them against.

use std::io::Write;

use chrono::NaiveDate;

use super::SHOWN;
use crate::domain::limit::Limit;
use crate::domain::limit::LimitSource;
use crate::domain::policy::{ClockRule, Policy};
use crate::domain::registry::Item;
use crate::failure::Failure;

/// Says which items promise longer than the law, or what cannot be compared with it, by any version of the catalogue that is in
/// force on a day or comes later. It is no mistake: a special law may allow
/// more, and then its limit belongs into the catalogue, where a longer promise is refused.
pub(super) fn write(
    policy: &Policy,
    today: NaiveDate,
    chinese: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    for (unsure, zh, en) in [
        (false, "长于法律规定的时限", "longer than the law's own limit"),
        (true, "无法与法律规定的时限比较", "not to be compared with the law's own limit"),
    ] {
        let found: Vec<String> = policy
            .registry
            .items
            .values()
            .flat_map(Item::versions)
            .filter(|version| version.valid_until.is_none_or(|until| today <= until))
            .filter_map(|item| Some((item, against(policy, item, unsure)?)))
            .map(|(item, (promised, clock, law))| words((item, today), promised, clock, law, chinese))
            .collect();
        if found.is_empty() {
            continue;
        }
        let (count, more) =
            (found.len(), if found.len() > SHOWN { if chinese { "等" } else { "; …" } } else { "" });
        let shown = found[..count.min(SHOWN)].join(if chinese { "、" } else { "; " });
        if chinese {
            writeln!(
                out,
                "注意：{count}个事项目录未填法定时限，承诺时限{zh}：{shown}{more}。依其他法律、法规可以更长的，请在“法定时限”中填写；否则请缩短承诺时限"
            )?;
        } else {
            writeln!(
                out,
                "warning: {count} item(s) without a statutory limit in the catalogue have a promise that is {en}: \
                 {shown}{more}. Where another law allows more, enter its limit as 法定时限; else shorten the promise"
            )?;
        }
    }
    Ok(())
}

/// The promise of an item, the clock that limits it and the law's limit, where the promise is surely longer, or (`unsure`) may be.
/// What the law says only by assumption is nothing to hold a promise against.
fn against<'p>(
    policy: &'p Policy,
    item: &'p Item,
    unsure: bool,
) -> Option<(&'p Limit, &'p ClockRule, &'p Limit)> {
    let promised = item.promised.as_ref().filter(|_| item.statutory.is_none())?;
    let of_law = |clock: &&ClockRule| {
        clock.limit == LimitSource::Statutory && !clock.by_law.assumed && clock.valid_to.is_none()
    };
    let clock = policy.clocks_on(item).find(of_law)?;
    let law = clock.by_law.own_limit.as_ref()?;
    let told = match promised.is_longer_than(law) {
        Some(longer) => longer && !unsure,
        None => unsure,
    };
    told.then_some((promised, clock, law))
}

fn words(
    (item, today): (&Item, NaiveDate),
    promised: &Limit,
    clock: &ClockRule,
    law: &Limit,
    chinese: bool,
) -> String {
    let to_come = item.valid_from.filter(|from| today < *from);
    let code = match (to_come, chinese) {
        (None, _) => item.code.clone(),
        (Some(from), true) => format!("{}自{from}起", item.code),
        (Some(from), false) => format!("{} from {from} on", item.code),
    };
    let basis = &clock.basis;
    let (promised, law) = (promised.words(chinese), law.words(chinese));
    if chinese {
        return format!("{code}（承诺 {promised}，{basis}为 {law}）");
    }
    format!("{code} ({promised}; {basis} gives {law})")
}
