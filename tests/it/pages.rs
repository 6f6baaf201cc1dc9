//! Pages of letters that an administrator writes.

use std::process::Command;

use crate::bench::Bench;

fn city(pages: &[(&str, &str)]) -> Bench {
    let city = Bench::new();
    std::fs::create_dir(city.path("own")).unwrap();
    for (name, text) in pages {
        city.write(&format!("own/{name}"), text);
    }
    let text = std::fs::read_to_string(city.path("jianchad.toml")).unwrap();
    city.write("jianchad.toml", &text.replace("[mail]\n", "[mail]\ntemplates = \"own\"\n"));
    city
}

fn check(city: &Bench) -> String {
    let config = city.path("jianchad.toml");
    let output = Command::new(env!("CARGO_BIN_EXE_jianchad"))
        .args(["check-config", "--config", config.to_str().unwrap()])
        .output()
        .unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn a_page_of_ones_own_takes_the_place_of_the_shipped_one() {
    let mut city =
        city(&[("alert.txt", "本市格式\n{% for c in v.cases %}{{ c.subject }}：{{ c.why }}\n{% endfor %}")]);
    assert!(check(&city).contains("in order"), "{}", check(&city));
    city.restart();
    city.licence("A", "2011-10-10 09:00:00");
    city.rounds_on(&["2011-10-10", "2011-10-25"]);
    let text = city.ledger("SELECT text FROM letters WHERE kind = 'alert' LIMIT 1").join("");
    assert!(text.starts_with("本市格式\nA："), "{text}");
}

fn jianchad(city: &Bench, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jianchad"));
    command.args(arguments).arg("--config").arg(city.path("jianchad.toml")).env("JIANCHAD_LANG", "en");
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

const STANDS_IN: &str = "the shipped one stands in for it: ";

fn digests(city: &Bench, reader: &str) -> String {
    let sql = format!("SELECT text FROM letters WHERE kind = 'digest' AND to_address LIKE '{reader}%'");
    city.ledger(&sql).join("\n")
}

/// Whatever is wrong with a page, supervision goes on with the shipped one: `check-config` ends with 78, while journal, `status` and the
/// administrators' digest say which page it is, and nobody else's does.
#[test]
fn a_page_that_cannot_be_used_stops_nothing() {
    let endless = "{% for i in range(100000) %}{% for j in range(100000) %}x{% endfor %}{% endfor %}";
    for (name, text, fault) in [
        ("alert.txt", "{{ v.nothing }}", "alert.txt: line 1: undefined value"),
        ("alert.html", "{% for x in %}", "alert.html: line 1: syntax error"),
        ("frame.html", "{{ nothing.at.all }}", "alert.html: line 1: undefined value"),
        ("bulletin.txt", endless, "bulletin.txt: line 1: engine ran out of fuel"),
        ("alert.html", "{% autoescape false %}{{ v.greeting }}{% endautoescape %}", "as markup"),
        ("letter.html", "x", "`letter.html` is no page of a letter"),
    ] {
        let city = city(&[(name, text)]);
        city.licence("A", "2011-10-10 09:00:00");
        let (code, said) = jianchad(&city, &["check-config", "--only-files"]);
        assert_eq!((code, said.contains(fault)), (Some(78), true), "{name} {text}: {said}");
        let (code, said) = jianchad(&city, &["once", "--at", "2011-10-25T09:05"]);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(STANDS_IN) && said.contains(fault), "{said}");
        assert_eq!(city.findings(), ["A time-limit promise yellow open"], "{name}");
        let html = city.ledger("SELECT html FROM letter WHERE kind = 'alert' LIMIT 1").join("");
        assert!(html.contains("办理要求"), "the shipped page: {html}");
        let (code, said) = jianchad(&city, &["status"]);
        assert!(code == Some(1) && said.contains(STANDS_IN) && said.contains(fault), "{said}");
        let (admin, supervisor) = (digests(&city, "admin"), digests(&city, "supervisor"));
        assert!(admin.contains(STANDS_IN), "{admin}");
        assert!(!supervisor.is_empty() && !supervisor.contains(name), "{supervisor}");
        std::fs::remove_file(city.path(&format!("own/{name}"))).unwrap();
        jianchad(&city, &["once", "--at", "2011-10-25T09:15"]);
        let (_, said) = jianchad(&city, &["status"]);
        assert!(!said.contains(STANDS_IN), "mended: {said}");
    }
}

/// A page may fail on what no trial had: it is told from then on, until other pages are there.
#[test]
fn a_page_that_fails_on_a_real_letter_is_told() {
    let city = city(&[("alert.txt", "{% if v.cases | length == 1 %}{{ v.nothing }}{% endif %}页面")]);
    city.licence("A", "2011-10-10 09:00:00");
    assert!(check(&city).contains("in order"), "{}", check(&city));
    jianchad(&city, &["once", "--at", "2011-10-14T09:05"]);
    assert!(!jianchad(&city, &["status"]).1.contains(STANDS_IN));
    for at in ["2011-10-25T09:05", "2011-10-26T09:05"] {
        jianchad(&city, &["once", "--at", at]);
        let (code, said) = jianchad(&city, &["status"]);
        assert!(code == Some(1) && said.contains("alert.txt: line 1: undefined value"), "{at}: {said}");
    }
    let text = city.ledger("SELECT text FROM letters WHERE kind = 'alert' LIMIT 1").join("");
    assert!(text.contains("办理要求"), "{text}");
    assert!(digests(&city, "admin").contains(STANDS_IN), "the digest of the next day");
}

/// Every mistake is told before a letter is written, and nothing of a record becomes markup.
#[test]
fn a_page_that_cannot_be_filled_in_is_told_with_its_line() {
    for (name, text, expected) in [
        ("alert.txt", "{{ v.nothing }}", "alert.txt: line 1: undefined value"),
        ("digest.html", "{% for x in %}", "digest.html: line 1: syntax error"),
        ("alert.html", "{% for c in v.cases %}{{ c.why | safe }}{% endfor %}", "unknown filter"),
        ("alert.html", "{% autoescape false %}{{ v.greeting }}{% endautoescape %}", "as markup"),
        ("letter.html", "x", "`letter.html` is no page of a letter"),
    ] {
        let said = check(&city(&[(name, text)]));
        assert!(said.contains(expected), "{name} {text}: {said}");
    }
}
