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
