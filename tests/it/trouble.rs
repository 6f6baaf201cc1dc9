//! Days of trouble: cases end and cards are withdrawn while mails wait, a reader is gone, the line breaks, and again and again
//! everything is killed. In the end everybody knows what is so.

use std::collections::BTreeSet;
use std::os::unix::net::UnixDatagram;
use std::process::{Command, Stdio};

use chrono::{DateTime, Datelike, Days, NaiveDate};
use jianchad::testing::domain::card_action::CardAction;
use jianchad::testing::domain::moment::Moment;
use jianchad::testing::edge::ledger::{Done, NotDone};

use crate::bench::Bench;
use crate::installed::wait_for;
use crate::kill::{Dice, kill, program, taken};
use crate::post_office::keyboard;
use crate::smtp_server::{At, Does, Server};

/// Working days in a row, on which no holiday lies.
fn days() -> Vec<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2011, 10, 10).unwrap();
    first.iter_days().filter(|day| day.weekday().number_from_monday() < 6).take(48).collect()
}

/// Who shall know: of every card of U1 its lead, of red ones the supervisors too.
const WHO: &str = "(SELECT 'lead.u1@example.gov.cn' AS address, 'yellow' AS card UNION ALL SELECT 'lead.u1@example.gov.cn', 'red'
    UNION ALL SELECT 'supervisor@example.gov.cn', 'red')";

fn city(port: u16) -> Bench {
    let mut city = Bench::with(&format!("[mail.smtp]\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\""));
    city.stand_in("handler.u1@example.gov.cn", "gone.u1@example.gov.cn", "lead.u1@example.gov.cn");
    city.configure(
        "[source.approval]",
        "[mail.caps]\nper_minute = 9\nper_day = 900\nin_all = 9000\n[source.approval]",
    );
    for number in 0..60 {
        city.licence(&format!("K-{number}"), &format!("2011-09-{:02} 09:00:00", number % 25 + 1));
    }
    city
}

/// What happens in the city between two days: cases end, one begins, a card is withdrawn.
fn a_day_passes(city: &mut Bench, day: NaiveDate, dice: &mut Dice) {
    city.decided(&format!("K-{}", dice.below(60)), &format!("{day} 08:00:00"));
    city.licence(&format!("N-{day}"), &format!("{} 09:00:00", day - Days::new(30)));
    let open = city.ledger("SELECT finding FROM findings WHERE standing = 'open' AND rule = 'time-limit'");
    let Some(finding) = open.get(usize::try_from(dice.below(40)).unwrap()) else { return };
    let finding = finding.parse().unwrap();
    let order = CardAction::Order("5wd".parse().unwrap());
    let actions: &[&CardAction] = match dice.below(5) {
        0 => &[],
        1 => &[&CardAction::Answer],
        2 => &[&CardAction::Appeal],
        3 => &[&CardAction::Appeal, &CardAction::Uphold],
        _ => &[&order],
    };
    // Nobody can be told of one action before the next is done: that is the order in which a withdrawal was once lost.
    for (minute, action) in actions.iter().copied().chain([&CardAction::Revoke]).enumerate() {
        let at = DateTime::parse_from_rfc3339(&format!("{day}T08:{:02}:00+08:00", 10 + minute)).unwrap();
        let order_due =
            matches!(action, CardAction::Order(_)).then(|| Moment::instant(at + chrono::Days::new(7)));
        let done = Done { finding, action, by: "孙七", why: "申诉成立", order_due, at };
        match keyboard(city).enter_deed(&done) {
            Ok(()) | Err(NotDone::Refused(_)) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// When the daemon is killed: by what it has done, and not by the time it took.
enum Strike {
    /// As soon as a round has begun.
    Begun,
    /// When a round has judged so many cases more, or is over.
    Judged(u64),
    /// When the server has taken so many letters more, or the round is over.
    Sent(usize),
}

impl Strike {
    fn of(dice: &mut Dice) -> Self {
        match dice.below(4) {
            0 => Self::Begun,
            1 => Self::Judged(1 + dice.below(30)),
            _ => Self::Sent(1 + usize::try_from(dice.below(7)).unwrap()),
        }
    }

    /// Whether it is time, by what the ledger and the server hold since `before`.
    fn strikes(&self, city: &Bench, server: &Server, before: Before) -> bool {
        let count = |sql: &str| city.ledger(sql).remove(0).parse::<u64>().unwrap();
        if count(ROUNDS) == before.rounds {
            return false;
        }
        let judged = "SELECT coalesce(sum(round_id = (SELECT max(id) FROM round)), 0) FROM deadline";
        match self {
            Self::Begun => true,
            Self::Judged(cases) => count(judged) >= *cases,
            Self::Sent(more) => server.heard(|heard| heard.letters.len()) >= before.letters + more,
        }
    }
}

const ROUNDS: &str = "SELECT count(*) FROM round";

/// What there was before the daemon started.
#[derive(Clone, Copy)]
struct Before {
    rounds: u64,
    letters: usize,
}

/// Runs the daemon from a moment on and kills it: when it is time, or when it has done all that it can.
fn run_and_kill(city: &Bench, server: &Server, from: &str, strike: Option<&Strike>) {
    let letters = server.heard(|heard| heard.letters.len());
    let before = Before { rounds: city.ledger(ROUNDS).remove(0).parse().unwrap(), letters };
    let path = city.path("notify.sock");
    drop(std::fs::remove_file(&path));
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_nonblocking(true).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(["run", "--lang", "en", "--from", from, "--config"]).arg(city.path("jianchad.toml"));
    let daemon = command.env("NOTIFY_SOCKET", &path).stderr(Stdio::null()).spawn().unwrap();
    let mut buffer = [0_u8; 4096];
    wait_for("the moment to kill", || {
        while let Ok(length) = socket.recv(&mut buffer) {
            if String::from_utf8_lossy(&buffer[..length]).contains("next round") {
                return Some(());
            }
        }
        strike.is_some_and(|strike| strike.strikes(city, server, before)).then_some(())
    });
    kill(daemon);
}

/// How often it is killed; by hand with more: `JIANCHAD_KILLS=1000 cargo test --test it trouble`.
fn kills() -> usize {
    std::env::var("JIANCHAD_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(96)
}

#[test]
fn killed_through_days_of_trouble_everybody_knows_what_is_so() {
    // Now and then the line breaks after a letter, or a letter is put off.
    let later = || Does::Says(b"451 4.7.1 come back later\r\n".to_vec());
    let faults = (1..400).flat_map(|n| [(At::Dot, n * 7, Does::Closes), (At::Data, n * 11, later())]);
    let server = Server::plain(faults.collect());
    let mut city = city(server.port);
    let mut dice = Dice(20111212);
    assert!(matches!(
        program(&city, &["once", "--at", "2011-10-09T17:00"]).wait().unwrap().code(),
        Some(0 | 1)
    ));
    let kills = kills();
    let days = days();
    let day_of = |turn: usize| days[turn * days.len() / kills];
    for turn in 0..kills {
        let (day, minute) = (day_of(turn), turn % 120);
        let strike = Strike::of(&mut dice);
        if turn > 0 && day != day_of(turn - 1) {
            a_day_passes(&mut city, day, &mut dice);
        }
        let from = format!("{day}T{:02}:{:02}", 9 + minute / 60, minute % 60);
        run_and_kill(&city, &server, &from, Some(&strike));
        if turn % 16 == 0 {
            assert_eq!(city.ledger("PRAGMA quick_check"), ["ok"]);
        }
    }
    // Left in peace, what waits leaves.
    let waiting = "SELECT count(*) FROM letters WHERE state = 'queued'";
    for minute in 0..40 {
        let from = format!("2011-12-22T{:02}:{:02}", 9 + minute / 20, 3 * (minute % 20));
        run_and_kill(&city, &server, &from, None);
        if minute > 3 && city.ledger(waiting) == ["0"] {
            break;
        }
    }
    assert_eq!(city.ledger("PRAGMA integrity_check"), ["ok"]);
    all_is_told(&city, &server, kills + 40);
}

fn all_is_told(city: &Bench, server: &Server, kills: usize) {
    assert_eq!(city.ledger("SELECT count(*) FROM letters WHERE state = 'queued'"), ["0"]);
    let taken = taken(server);
    let sent = "SELECT message_id FROM letters WHERE state = 'sent' AND kind = 'alert'";
    let sent: BTreeSet<String> = city.ledger(sent).into_iter().collect();
    // A digest that may have arrived is not sent again when there is a newer one.
    let alerts: BTreeSet<String> = taken.keys().filter(|id| id.starts_with("alert")).cloned().collect();
    let differ: Vec<_> = alerts.symmetric_difference(&sent).collect();
    assert!(differ.is_empty(), "what was taken is known, and no more: {differ:?}");
    let repeated: usize = taken.values().map(|times| times - 1).sum();
    assert!(repeated <= kills + 60, "{repeated} repeats after {kills} kills and the breaks of the line");
    let told = "SELECT 1 FROM finding_event AS e JOIN letter_event AS t ON t.event_id = e.id JOIN letter AS l ON l.id = t.letter_id
        WHERE e.finding_id = f.id AND l.state = 'sent' AND l.to_address = w.address AND";
    let cards = city.ledger(
        "SELECT count(*) FROM finding WHERE rule = 'time-limit' AND standing = 'open' AND card = 'red'",
    );
    assert!(cards[0].parse::<u32>().unwrap() > 5, "{cards:?}");
    let untold = format!(
        "SELECT f.subject, f.card, w.address FROM finding AS f JOIN {WHO} AS w ON w.card = f.card
         WHERE f.rule = 'time-limit' AND f.standing = 'open' AND NOT EXISTS ({told} e.card = f.card)"
    );
    assert_eq!(city.ledger(&untold), Vec::<String>::new(), "a card nobody was told of");
    let withdrawn = city.ledger("SELECT count(*) FROM finding WHERE standing = 'revoked'");
    assert!(withdrawn[0].parse::<u32>().unwrap() > 2, "{withdrawn:?}");
    let not_taken_back = format!(
        "SELECT f.subject, w.address FROM finding AS f JOIN (SELECT DISTINCT address FROM {WHO}) AS w
         WHERE f.standing = 'revoked' AND EXISTS ({told} e.event <> 'revoked') AND NOT EXISTS ({told} e.event = 'revoked')"
    );
    assert_eq!(city.ledger(&not_taken_back), Vec::<String>::new(), "a card told and not taken back");
    let gone = city.ledger("SELECT DISTINCT to_address FROM letters WHERE state = 'refused'");
    assert!(gone.iter().all(|address| address.starts_with("gone")), "{gone:?}");
    let suspended = city.ledger("SELECT count(*) FROM address WHERE suspended_at IS NOT NULL");
    assert_eq!(suspended, ["1"]);
}
