//! An event and a rule are named by their value or constant, so that the compiler knows of each place; a word that is typed slips
//! without its notice.

use std::collections::BTreeMap;
use std::str::FromStr;

use jianchad::testing::domain::finding::{Event, Standing};
use jianchad::testing::domain::rules::{OWN, RULES};
use proc_macro2::{TokenStream, TokenTree};

use crate::architecture::sources;

/// A string literal with the tokens around it.
struct Literal {
    text: String,
    before: [String; 2],
    after: [String; 2],
}

fn literals(source: &str) -> Vec<Literal> {
    let mut found = Vec::new();
    gather(&TokenStream::from_str(source).unwrap().into_iter().collect::<Vec<_>>(), &mut found);
    found
}

fn gather(tokens: &[TokenTree], found: &mut Vec<Literal>) {
    let word = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).map(|token| match token {
            TokenTree::Group(_) => "()".to_owned(),
            other => other.to_string(),
        })
    };
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                // A text's key is none of them.
                let said = word(at.checked_sub(2)).as_deref() == Some("say");
                let inside: Vec<_> = group.stream().into_iter().skip(usize::from(said)).collect();
                // Nor what a comment says.
                if word(Some(at.wrapping_sub(1))).as_deref() != Some("#") || inside[0].to_string() != "doc" {
                    gather(&inside, found);
                }
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let Some((_, text)) = text.split_once('"') else { continue };
                let text = text.trim_end_matches('#').trim_end_matches('"').to_owned();
                let before = [2, 1].map(|back| word(at.checked_sub(back)).unwrap_or_default());
                let after = [1, 2].map(|further| word(Some(at + further)).unwrap_or_default());
                found.push(Literal { text, before, after });
            }
            _ => {}
        }
    }
}

/// The quoted words of a statement, each with the column that it is compared with: the name before it, past operators and
/// the words listed before it.
fn compared(sql: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, _) in sql.match_indices('\'') {
        match open.take() {
            None => open = Some(at),
            Some(begin) => found.push((column(&sql[..begin]), &sql[begin + 1..at])),
        }
    }
    found
}

fn column(before: &str) -> &str {
    let mut before = before;
    loop {
        let past = before.trim_end_matches(|c: char| c.is_whitespace() || ",(=<>!\\".contains(c));
        let quoted = past.strip_suffix('\'').and_then(|past| past.rsplit_once('\'')).map(|(past, _)| past);
        let name = past.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        before = match quoted {
            Some(past) => past,
            None if ["IN", "NOT", "IS", "LIKE"].contains(&name) => {
                past.strip_suffix(name).unwrap_or_default()
            }
            None => return name,
        };
    }
}

/// Where a source names an event by its word: in a statement, unless a standing of the same word is meant, or compared in code.
fn named_events(source: &str) -> Vec<String> {
    let is_event = |word: &str| word.parse::<Event>().is_ok_and(|event| event.word() == word);
    let is_standing = |word: &str| word.parse::<Standing>().is_ok();
    let mut found = Vec::new();
    for Literal { text, before, after } in literals(source) {
        // A standing, or a parameter (`?2`) that is one.
        let of_standing =
            |column: &str| ["standing", "THEN", "ELSE"].contains(&column) || column.parse::<u32>().is_ok();
        let in_statement = compared(&text)
            .into_iter()
            .filter(|(column, word)| is_event(word) && !(is_standing(word) && of_standing(column)));
        found.extend(in_statement.map(|(column, word)| format!("{column} '{word}'")));
        let is = |pair: &[String; 2], marks: &[&str; 2]| pair.iter().eq(marks.iter());
        let compares = [["=", "="], ["!", "="]].iter().any(|marks| is(&before, marks) || is(&after, marks));
        let arm = is(&after, &["=", ">"]) || after[0] == "|" || before[1] == "|";
        if is_event(&text) && (compares || arm) && !is_standing(&text) {
            found.push(text);
        }
    }
    found
}

/// A word of an event stands in `src/domain/finding/event.rs`, and nowhere else.
#[test]
fn no_event_is_named_by_its_word() {
    for (path, source) in sources("src") {
        assert_eq!(named_events(&source), [""; 0], "{path}");
    }
}

/// A guard that lets a breach pass is none.
#[test]
fn planted_events_are_seen() {
    for statement in [
        "x.event IN ('raised')",
        "x.event IN('raised')",
        "x.event='raised'",
        "x.event != 'raised'",
        "x.event IS NOT 'raised'",
        "x.event LIKE 'raised'",
        "'raised' = x.event",
        "CASE x.event WHEN 'raised' THEN 1 END",
        "x.event IN ({begins}, 'raised')",
        "x.event IN ('other', 'revoked')",
        "x.event = 'resolved' AND x.standing = 'resolved'",
        "INSERT INTO finding_event VALUES (1, 'raised')",
    ] {
        assert_eq!(named_events(&format!("const SQL: &str = \"{statement}\";")).len(), 1, "{statement}");
        assert_eq!(named_events(&format!("fn f() {{ list(r#\"{statement}\"#); }}")).len(), 1, "{statement}");
    }
    assert_eq!(
        named_events(r#"const SQL: &str = "(e.event <> 'raised' AND o.event NOT IN ('moved'))";"#).len(),
        2
    );
    for code in [
        r#"fn f() { it.event == "raised" }"#,
        r#"fn f() { "raised" != it.event }"#,
        r#"fn f() { match word { "raised" => 1, _ => 2 } }"#,
        r#"fn f() { matches!(word, "raised") || matches!(word, "a" | "moved") }"#,
    ] {
        assert_eq!(named_events(code).len(), 1, "{code}");
    }
    for code in [
        r#"const SQL: &str = "e.event IN ({begins}) AND e.event = {revoked}";"#,
        r#"const SQL: &str = "f.standing NOT IN ('resolved', 'revoked') -- raised";"#,
        r#"fn f() { say("raised", it.raised); table.row("revoked") }"#,
    ] {
        assert_eq!(named_events(code), [""; 0], "{code}");
    }
}

/// The ids of rules that a source has in literals of its own, in statements too. One without a hyphen may be another word.
fn named_rules(source: &str) -> Vec<&'static str> {
    let ids = || RULES.iter().map(|rule| rule.id).chain(OWN).filter(|id| id.contains('-'));
    let mut found = Vec::new();
    for Literal { text, .. } in literals(source) {
        let quoted = |id: &&str| text == *id || compared(&text).iter().any(|(_, word)| word == id);
        found.extend(ids().filter(quoted));
    }
    found
}

/// A rule's id stands where the rule does: whoever needs it names the constant. So each stands in one place of all.
#[test]
fn each_rule_is_named_by_its_id_in_one_place() {
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, source) in sources("src").into_iter().filter(|(path, _)| !path.starts_with("src/cli/demo")) {
        named_rules(&source).into_iter().for_each(|id| places.entry(id).or_default().push(path.clone()));
    }
    let many: Vec<_> = places.iter().filter(|(_, places)| places.len() > 1).collect();
    assert!(many.is_empty(), "{many:#?}");
    // The file of a case stands a floor below the rules, and knows the one of them that says it is at fault.
    let of_rules = |path: &str| path.starts_with("src/domain/rules") || path == "src/domain/case_file.rs";
    let strays: Vec<_> = places.iter().filter(|(_, places)| !of_rules(&places[0])).collect();
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn planted_ids_are_seen() {
    let in_sql = |sql: &str| named_rules(&format!("const SQL: &str = \"{sql}\";"));
    assert_eq!(
        in_sql("f.rule = 'time-limit' OR rule IN ('off-hours-entry', {ids})"),
        ["time-limit", "off-hours-entry"]
    );
    assert_eq!(in_sql("rule NOT IN ({ids},'late-entry')"), ["late-entry"]);
    assert_eq!(named_rules(r#"fn f() { it.rule == "time-limit" }"#), ["time-limit"]);
    assert_eq!(named_rules(r##"const A: &str = r#"time-limit"#;"##), ["time-limit"]);
    assert_eq!(in_sql("f.rule = '{limit}' -- time-limit"), [""; 0]);
    assert_eq!(named_rules(r#"fn f() { say!("step-due", day) }"#), [""; 0]);
}

/// What the sources of the rules declare as rules: `id: "…"` of a `Rule`.
fn declared(source: &str) -> Vec<String> {
    let of_rule = |it: &Literal| it.before == ["id", ":"];
    literals(source).into_iter().filter(of_rule).map(|it| it.text).collect()
}

/// A rule that is not in the list judges nothing.
#[test]
fn every_rule_is_in_the_list() {
    let mut found = Vec::new();
    for (path, source) in sources("src/domain/rules") {
        for id in declared(&source) {
            assert!(RULES.iter().any(|rule| rule.id == id), "{path}: `{id}` is not in RULES");
            found.push(id);
        }
    }
    assert!(found.len() * 2 > RULES.len(), "{found:?}");
    assert_eq!(declared(r#"pub const RULE: Rule = Rule { id: "new-rule", meaning: "x" };"#), ["new-rule"]);
}
