//! Who is told, when and how often: silences, caps, routes, stand-ins, letters that are no longer true.

use std::sync::{Arc, Mutex};

use jianchad::testing::domain::letter::{Letter, Mailer, Outcome};
use jianchad::testing::domain::now::{Clock, Now};
use jianchad::testing::domain::silence::Silence;
use jianchad::testing::edge::ledger::Ledger;

use crate::bench::{Bench, moment};

/// A server that answers as it is told.
#[derive(Clone, Default)]
pub struct Desk {
    /// Down, as the network is.
    pub down: Arc<Mutex<bool>>,
    /// It takes letters, and the line breaks before it says so.
    pub mute: Arc<Mutex<bool>>,
    /// Addresses it refuses.
    refuses: Arc<Mutex<Vec<String>>>,
    /// Addresses whose mailbox is full.
    full: Arc<Mutex<Vec<String>>>,
    /// To whom it took what.
    pub took: Arc<Mutex<Vec<(String, String)>>>,
}

impl Desk {
    /// The letters that an address was sent since it was last asked, digests left out.
    pub fn alerts_to(&self, address: &str) -> Vec<String> {
        let mut took = self.took.lock().unwrap();
        let told = |(to, text): &(String, String)| to.starts_with(address) && !text.contains("以下为截至");
        let found = took.iter().filter(|letter| told(letter)).map(|(_, text)| text.clone()).collect();
        took.clear();
        found
    }
}

impl Mailer for Desk {
    fn send(&mut self, letter: &Letter, _: &dyn Clock) -> Outcome {
        if *self.down.lock().unwrap() {
            return Outcome::TryLater { why: "connecting: refused".into(), all: true };
        }
        if self.refuses.lock().unwrap().contains(&letter.to.address) {
            return Outcome::Refused { address: true, why: "550 no such user".into() };
        }
        if self.full.lock().unwrap().contains(&letter.to.address) {
            return Outcome::TryLater { why: "452 4.2.2 mailbox full".into(), all: false };
        }
        self.took.lock().unwrap().push((letter.to.address.clone(), letter.text.clone()));
        if *self.mute.lock().unwrap() {
            return Outcome::Uncertain { why: "the line broke after the letter".into() };
        }
        Outcome::Sent { reply: "250 ok".into() }
    }
}

pub fn city(desk: &Desk) -> Bench {
    let mut city = Bench::new();
    city.mailer(Box::new(desk.clone()));
    city
}

fn alerts(city: &Bench, since: &str) -> Vec<String> {
    city.ledger(&format!(
        "SELECT to_address || ' ' || state FROM letters WHERE kind = 'alert' AND written_at > '{since}' ORDER BY letter"
    ))
}

pub fn keyboard(city: &Bench) -> Ledger {
    Ledger::at_keyboard(&city.path("ledger.db"), chrono_tz::Asia::Shanghai).unwrap()
}

/// A silence keeps back what it covers and nothing else, ends by its day, and then what it hid is told.
#[test]
fn a_silence_hides_for_a_while() {
    let desk = Desk::default();
    let mut city = city(&desk);
    city.rounds_on(&["2011-10-10"]);
    let silence = Silence {
        by: "孙七".into(),
        why: "系统切换".into(),
        until: "2011-10-26".parse().unwrap(),
        unit: Some("U1".into()),
        ..Silence::default()
    };
    keyboard(&city).silence(&silence, &moment("2011-10-10 10:00")).unwrap();
    city.licence("A", "2011-10-10 09:00:00").accepted("B", "I60", "2011-08-01 09:00:00");
    for day in 11..=25 {
        city.rounds_on(&[&format!("2011-10-{day}")]);
    }
    let told = alerts(&city, "2011-10-10");
    assert!(!told.is_empty() && told.iter().all(|line| !line.contains("u1@")), "{told:?}");
    assert_eq!(city.ledger("SELECT by, until, hidden > 0 FROM silences"), ["孙七|2011-10-26|1"]);
    assert_eq!(
        city.ledger("SELECT card, standing FROM findings WHERE case_number = 'A'"),
        ["yellow|open"],
        "found all the same"
    );
    let digest =
        city.ledger("SELECT text FROM letters WHERE kind = 'digest' AND to_name = '监察室' ORDER BY letter DESC LIMIT 1").join("");
    assert!(digest.contains("静默生效") && digest.contains("孙七"), "{digest}");
    city.rounds_on(&["2011-10-26", "2011-10-27"]);
    let text =
        city.ledger("SELECT text FROM letters WHERE to_address LIKE 'lead.u1%' AND kind = 'alert'").join("");
    assert!(text.contains("静默期间（至10月26日）未告知，现予告知"), "{text}");
    let count = alerts(&city, "2011-10-26").len();
    city.rounds_on(&["2011-10-28"]);
    assert_eq!(alerts(&city, "2011-10-26").len(), count, "told once");
}

/// DESIGN section 12: so many alerts a day, and no more; what is over waits, and the digest says so.
#[test]
fn what_is_over_the_cap_waits() {
    let desk = Desk::default();
    let mut city = city(&desk);
    city.configure("[source.approval]", "[mail.caps]\nin_all = 1\n[source.approval]");
    city.mailer(Box::new(desk.clone()));
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10", "2011-10-25"]);
    let states =
        city.ledger("SELECT state, count(*) FROM letters WHERE kind = 'alert' GROUP BY state ORDER BY state");
    assert_eq!(states, ["queued|1", "sent|1"], "handler and lead");
    let digests = city.ledger("SELECT DISTINCT state FROM letters WHERE kind = 'digest'");
    assert_eq!(digests, ["sent"], "the digest is not counted");
    city.rounds_on(&["2011-10-26"]);
    let states = city.ledger("SELECT state, count(*) FROM letters WHERE kind = 'alert' GROUP BY state");
    assert_eq!(states, ["sent|2", "superseded|1"], "with the day of today by which to answer");
}

/// A letter that waited while the case was finished is not sent as if it were still open; three days of digests are one.
#[test]
fn what_no_longer_is_so_is_not_sent() {
    let desk = Desk::default();
    let mut city = city(&desk);
    city.licence("A", "2011-10-10 09:00:00").licence("B", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10"]);
    *desk.down.lock().unwrap() = true;
    city.rounds_on(&["2011-10-25"]);
    city.decided("A", "2011-10-25 16:00:00");
    city.rounds_on(&["2011-10-26", "2011-10-27"]);
    *desk.down.lock().unwrap() = false;
    desk.took.lock().unwrap().clear();
    city.round("2011-10-27 11:00");
    let took = desk.took.lock().unwrap().clone();
    let lead: Vec<_> = took.iter().filter(|(to, _)| to.starts_with("lead.u1")).collect();
    assert!(
        !lead.is_empty()
            && lead.iter().all(|(_, text)| !text.contains("A\n") || text.contains("10月25日16:00办结")),
        "{lead:?}"
    );
    let supervisor =
        took.iter().filter(|(to, text)| to.starts_with("supervisor") && text.contains("以下为截至")).count();
    assert_eq!(supervisor, 1, "only the newest digest");
    assert!(
        city.ledger("SELECT count(*) FROM letters WHERE state = 'superseded'")[0].parse::<u32>().unwrap()
            >= 3
    );
    assert_eq!(city.ledger("SELECT count(*) FROM letters WHERE state = 'queued'"), ["0"]);
}

/// An address that is refused for good is suspended; its letters go to the stand-in, and the administrator is told.
#[test]
fn a_refused_address_has_a_stand_in() {
    let desk = Desk::default();
    let mut city = Bench::new();
    city.stand_in("lead.u1@example.gov.cn", "lead.u1@example.gov.cn", "handler.u2@example.gov.cn");
    city.restart();
    city.mailer(Box::new(desk.clone()));
    desk.refuses.lock().unwrap().push("lead.u1@example.gov.cn".into());
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10", "2011-10-25", "2011-10-27", "2011-10-28", "2011-10-31"]);
    assert_eq!(city.ledger("SELECT address, refused FROM address"), ["lead.u1@example.gov.cn|2"]);
    let passed_on = city.ledger(
        "SELECT count(*) FROM letters WHERE to_address = 'handler.u2@example.gov.cn' AND state = 'sent'",
    );
    assert!(passed_on[0].parse::<u32>().unwrap() >= 1, "{passed_on:?}");
    let subjects = city.subjects("admin@example.gov.cn");
    assert!(
        subjects.iter().any(|subject| subject.contains("lead.u1@example.gov.cn refuses our letters")),
        "{subjects:?}"
    );
    desk.refuses.lock().unwrap().clear();
    assert!(keyboard(&city).restore_address("lead.u1@example.gov.cn").unwrap());
    city.rounds_on(&["2011-11-01"]);
    let standing = city.ledger("SELECT standing FROM findings WHERE rule = 'mail-refused'");
    assert_eq!(standing, ["resolved"]);
}

const PRESSED: &str = "SELECT f.subject || ' ' || substr(e.at, 1, 10) || ' ' || e.event FROM finding_event AS e
    JOIN finding AS f ON f.id = e.finding_id WHERE f.rule = 'time-limit' AND e.event IN ('reminded', 'unanswered') ORDER BY e.id";

/// The yellow card of 2011-10-25 and what comes of it over seven working days, with a mailbox that is full: what presses, what the lead is
/// told, the day by which to answer.
fn with_full_mailbox(full: Option<&str>) -> (Vec<String>, Vec<String>, Vec<String>, Bench) {
    let desk = Desk::default();
    let mut city = city(&desk);
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10"]);
    desk.full.lock().unwrap().extend(full.map(str::to_owned));
    city.rounds_on(&["2011-10-25", "2011-10-26", "2011-10-27", "2011-10-28"]);
    city.round("2011-10-28 10:30");
    assert_eq!(city.ledger("SELECT address FROM address"), [""; 0], "four days are no reason to give up");
    city.round("2011-10-31 09:05");
    city.round("2011-10-31 10:30");
    city.rounds_on(&["2011-11-01", "2011-11-02", "2011-11-03"]);
    let due = city.ledger("SELECT answer_due FROM finding WHERE rule = 'time-limit' AND card = 'yellow'");
    (city.ledger(PRESSED), city.subjects("lead.u1@example.gov.cn"), due, city)
}

/// A clerk whose mailbox is full keeps her card from nobody: its day stays that on which the lead was told, it goes up on that day, and the
/// lead is reminded no oftener. On the fifth day on which others get their letters hers go to whoever gets them in her place.
#[test]
fn a_full_mailbox_keeps_no_card_from_going_up() {
    let (pressed, lead, due, _) = with_full_mailbox(None);
    assert!(pressed.last().is_some_and(|it| it == "A 2011-11-02 unanswered"), "{pressed:?}");
    let in_place = "SELECT count(*) > 0 FROM letter AS l JOIN letter_event AS t ON t.letter_id = l.id JOIN finding_event AS e ON e.id = t.event_id
        JOIN finding AS f ON f.id = e.finding_id WHERE f.rule = 'time-limit' AND e.event = 'raised' AND l.to_address LIKE 'admin%'";
    for full in ["handler.u1@example.gov.cn", "handler.u2@example.gov.cn"] {
        let (pressed_too, lead_too, due_too, city) = with_full_mailbox(Some(full));
        assert_eq!((&pressed_too, &lead_too, &due_too), (&pressed, &lead, &due), "{full}");
        let hers = full.contains("u1");
        let suspended = city.ledger("SELECT address FROM address WHERE suspended_at IS NOT NULL");
        assert_eq!(suspended, if hers { vec![full.to_owned()] } else { vec![] });
        assert_eq!(city.ledger(in_place), [if hers { "1" } else { "0" }], "{full}");
    }
}

/// The one supervisor takes no letters and nobody stands in: that a card was not answered is told to the administrator. Where there is
/// another supervisor, he is told, and the administrator is not.
#[test]
fn what_only_a_suspended_supervisor_would_get_goes_to_the_administrator() {
    for another in [false, true] {
        let desk = Desk::default();
        let mut city = Bench::new();
        if another {
            let contacts = std::fs::read_to_string(city.path("registry/contacts.csv")).unwrap();
            let more = format!("{contacts},,监察人员,监察二室,second@example.gov.cn,中文\n");
            city.write("registry/contacts.csv", &more);
        }
        city.mailer(Box::new(desk.clone()));
        desk.refuses.lock().unwrap().push("supervisor@example.gov.cn".into());
        city.licence("A", "2011-10-10 09:00:00");
        city.rounds_on(&["2011-10-10", "2011-10-11", "2011-10-25", "2011-10-26", "2011-11-01", "2011-11-02"]);
        assert_eq!(city.ledger("SELECT suspended_at > '2011-11-01' FROM address"), ["1"]);
        let told = "SELECT DISTINCT l.to_address FROM letter AS l JOIN letter_event AS t ON t.letter_id = l.id
            JOIN finding_event AS e ON e.id = t.event_id WHERE e.event = 'unanswered' AND l.superseded_at IS NULL ORDER BY 1";
        let (handler, lead) = ("handler.u1@example.gov.cn", "lead.u1@example.gov.cn");
        let expected = if another {
            [handler, lead, "second@example.gov.cn"]
        } else {
            ["admin@example.gov.cn", handler, lead]
        };
        assert_eq!(city.ledger(told), expected);
    }
}

/// A suspension ends by a weekly trial: seven days after the last refusal the next letter goes to the address itself. Taken, it has its
/// letters again without a person; refused, the next week begins.
#[test]
fn a_suspended_address_is_tried_once_a_week() {
    for taken in [true, false] {
        let desk = Desk::default();
        let mut city = Bench::new();
        city.mailer(Box::new(desk.clone()));
        desk.refuses.lock().unwrap().push("lead.u1@example.gov.cn".into());
        city.licence("A", "2011-10-10 09:00:00");
        city.rounds_on(&["2011-10-10", "2011-10-25", "2011-10-27", "2011-10-28", "2011-10-31"]);
        let since = city.ledger("SELECT suspended_at FROM address").remove(0);
        let suspended = chrono::DateTime::parse_from_rfc3339(&since).unwrap();
        for (seconds, muted) in [(0, true), (7 * 86_400 - 1, true), (7 * 86_400, false), (8 * 86_400, false)]
        {
            let now = Now { instant: suspended + chrono::TimeDelta::seconds(seconds), replay: false };
            assert_eq!(city.service().ledger.muted(&now).unwrap().len(), usize::from(muted), "{seconds} s");
        }
        if taken {
            desk.refuses.lock().unwrap().clear();
        }
        // The red card comes on the day after 2011-11-07.
        city.rounds_on(&["2011-11-08", "2011-11-09", "2011-11-10"]);
        let state = "SELECT state FROM letters WHERE to_address = 'lead.u1@example.gov.cn' AND written_at > '2011-11-08' ORDER BY letter";
        let address = city.ledger("SELECT suspended_at > '2011-11-08' FROM address");
        let standing = city.ledger("SELECT standing FROM findings WHERE rule = 'mail-refused'");
        if taken {
            assert_eq!(
                (city.ledger(state)[0].as_str(), address, standing),
                ("sent", vec![], vec!["resolved".to_owned()])
            );
        } else {
            assert_eq!(
                (address, standing),
                (vec!["1".to_owned()], vec!["open".to_owned()]),
                "{:?}",
                city.ledger(state)
            );
        }
    }
}

/// A route adds readers for what it covers, or takes the place of the card's own.
#[test]
fn routes_add_readers_or_replace_them() {
    let told = |route: &str| {
        let mut city = Bench::new();
        city.configure("[source.approval]", &format!("{route}\n[source.approval]"));
        city.licence("A", "2011-10-10 09:00:00");
        city.rounds_on(&["2011-10-10", "2011-10-25"]);
        let mut told = city.ledger("SELECT DISTINCT to_name FROM letters WHERE kind = 'alert' AND text LIKE '%A%' AND subject LIKE '%市住建局%'");
        told.sort_unstable();
        told
    };
    assert_eq!(told(""), ["张三（规划科）", "李四"]);
    assert_eq!(
        told("[[route]]\nitem = \"I20\"\nto = [\"supervisor\"]"),
        ["张三（规划科）", "李四", "监察室"]
    );
    assert_eq!(
        told("[[route]]\nunit = \"U1\"\ncard = \"yellow\"\nto = [\"supervisor\"]\ninstead = true"),
        ["监察室"]
    );
    assert_eq!(
        told("[[route]]\ncard = \"red\"\nrule = \"time-limit\"\nto = [\"supervisor\"]"),
        ["张三（规划科）", "李四"]
    );
}

/// Who no longer holds a role is told nothing.
#[test]
fn a_role_has_its_dates() {
    let mut city = Bench::new();
    let contacts = std::fs::read_to_string(city.path("registry/contacts.csv")).unwrap();
    let contacts = contacts
        .replacen('\n', ",任职止\n", 1)
        .replace("中文\n", "中文,\n")
        .replace("英文\n", "英文,\n")
        .replace(
            "lead.u1@example.gov.cn,中文,",
            "lead.u1@example.gov.cn,中文,2011-10-20\nU1,,单位负责人,新任,new.u1@example.gov.cn,中文,",
        );
    city.write("registry/contacts.csv", &contacts);
    city.restart();
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10", "2011-10-25"]);
    assert!(city.subjects("lead.u1@example.gov.cn").is_empty());
    assert_eq!(city.subjects("new.u1@example.gov.cn").len(), 1);
}

/// Later letters on one matter stand under the first, in every mail program.
#[test]
fn letters_on_one_case_make_a_thread() {
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10", "2011-10-25", "2011-10-27"]);
    let letters = city.ledger("SELECT message_id, thread FROM letters WHERE kind = 'alert' AND to_address LIKE 'lead.u1%' ORDER BY letter");
    let (first, later) = (letters[0].split('|').next().unwrap(), letters[1].split('|').next_back().unwrap());
    assert_eq!(first, later);
    let mail = city
        .letters()
        .into_iter()
        .find(|mail| mail.contains("In-Reply-To:") && mail.contains("lead.u1@"))
        .unwrap();
    assert!(mail.contains(&format!("References: <{first}>")), "{mail}");
}

/// Who would be sent what is shown before anything is sent, and nothing is noted.
#[test]
fn a_plan_sends_nothing() {
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10"]);
    city.round("2011-10-25 22:00");
    let plan = |arguments: &[&str]| {
        let config = city.path("jianchad.toml");
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_jianchad"))
            .args(["plan", "--lang", "zh-CN", "--config", config.to_str().unwrap()])
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    let before = city.ledger("SELECT count(*) FROM letters");
    let text = plan(&[]);
    assert!(
        text.contains("李四") && text.contains("单位负责人，黄牌") && text.contains("1 件监察事项"),
        "{text}"
    );
    let text = plan(&["--routes"]);
    assert!(text.contains("市林业局") && text.contains("监察人员，红牌"), "{text}");
    assert_eq!(city.ledger("SELECT count(*) FROM letters"), before);
}

/// What is found after the daemon was down is told as found late, and nothing that is found later.
#[test]
fn what_is_found_late_says_so() {
    let mut city = Bench::new();
    city.licence("A", "2011-10-10 09:00:00").licence("B", "2011-10-13 09:00:00");
    city.rounds_on(&["2011-10-12", "2011-10-13", "2011-10-14", "2011-10-17", "2011-10-18"]);
    let text = |city: &Bench| {
        city.ledger("SELECT text FROM letters WHERE kind = 'alert' AND to_address LIKE 'lead.u1%' ORDER BY letter DESC LIMIT 1").join("")
    };
    city.rounds_on(&["2011-10-25"]);
    assert!(text(&city).contains("系统自10月18日09:05起曾停止运行"), "{}", text(&city));
    city.rounds_on(&["2011-10-26", "2011-10-27", "2011-10-28"]);
    assert!(text(&city).contains("B") && !text(&city).contains("曾停止运行"), "{}", text(&city));
}
