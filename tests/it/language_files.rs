//! What the program says stands in the language files: every message that the code names is in each of them, with the variables
//! that it gives, and none stands there that nobody says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::str::FromStr;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::architecture::{root, sources};

/// Parts of which the code puts keys together with the id of a rule, or the name of a command.
const BY_RULE: [&str; 4] = ["todo_unit-", "todo_supervisor-", "todo_admin-", "help-"];
/// Parts of which the ledger puts keys together with what it was doing, and with what was to be read back, in the words of the code.
const BY_WORDS: [(&str, &[&str]); 2] =
    [("doing-", &["cannot", "list", "doing=", "what="]), ("kept-", &["parsed", "required", "what:"])];
/// Commands that the ledger notes by their names.
const COMMANDS: [&str; 5] = ["silence add", "silence end", "source accept", "ledger accept", "time accept"];
/// Variables of these a language may leave out: of a day each writes the parts that it needs; what the system says of a failure is in
/// English.
const MAY_LEAVE_OUT: [&str; 2] = ["date-", "cause-"];
/// What the code puts behind a name: who reads it, or that it is the mark of a kind of letter.
const ENDINGS: [&str; 4] = ["_unit", "_supervisor", "_over_mark", "_mark"];

type Messages = BTreeMap<String, BTreeSet<String>>;

/// The messages of a file with their variables, and what is wrong with it.
fn messages(text: &str) -> (Messages, Vec<String>) {
    let (file, mut faults) = match parser::parse(text) {
        Ok(file) => (file, Vec::new()),
        Err((file, errors)) => (file, errors.iter().map(ToString::to_string).collect()),
    };
    let mut messages = Messages::new();
    for entry in &file.body {
        let Entry::Message(message) = entry else { continue };
        let mut variables = BTreeSet::new();
        message.value.iter().for_each(|value| gather(value, &mut variables));
        if messages.insert(message.id.name.to_owned(), variables).is_some() {
            faults.push(format!("{} is there twice", message.id.name));
        }
    }
    (messages, faults)
}

fn gather(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            gather_expression(expression, into);
        }
    }
}

fn gather_expression(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            variants.iter().for_each(|variant| gather(&variant.value, into));
            selector
        }
    };
    match inline {
        InlineExpression::VariableReference { id } => _ = into.insert(id.name.to_owned()),
        InlineExpression::Placeable { expression } => gather_expression(expression, into),
        _ => {}
    }
}

/// The messages that code names by `say!`, with the variables that it gives, and its other string literals.
#[derive(Default)]
struct Said {
    named: Vec<(String, BTreeSet<String>)>,
    /// Keys that are named otherwise: by their parts, or as what stands between the parts of a list.
    keys: BTreeSet<String>,
    literals: BTreeSet<String>,
}

impl Said {
    fn read(&mut self, tokens: Vec<TokenTree>) {
        for (place, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    let called = |back: usize| place.checked_sub(back).map(|at| tokens[at].to_string());
                    if called(2).as_deref() == Some("say") && called(1).as_deref() == Some("!") {
                        self.named.extend(call(&inside));
                    }
                    if called(1).as_deref() == Some("phrase") {
                        self.keys.extend(phrase(&inside));
                    }
                    self.read(inside);
                }
                TokenTree::Literal(literal) => {
                    let literal = unquoted(&literal.to_string());
                    self.keys.extend(literal.clone().filter(|it| is_between(it)));
                    self.literals.extend(literal);
                }
                _ => {}
            }
        }
    }
}

fn unquoted(literal: &str) -> Option<String> {
    Some(literal.strip_prefix('"')?.strip_suffix('"')?.to_owned())
}

/// A message that stands between the parts of a list; `List-ID` is a header of mails.
fn is_between(literal: &str) -> bool {
    let name = literal.strip_prefix("list-").unwrap_or_default();
    !["", "id"].contains(&name) && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

/// `phrase(language, "part", "name", …)`, where both are given as literals.
fn phrase(tokens: &[TokenTree]) -> Option<String> {
    let literals: Vec<_> = tokens.iter().filter_map(|token| unquoted(&token.to_string())).take(2).collect();
    let [part, name] = &literals[..] else { return None };
    Some(format!("{part}-{name}"))
}

/// `say!("key", name, other = …)`.
fn call(tokens: &[TokenTree]) -> Option<(String, BTreeSet<String>)> {
    let key = unquoted(&tokens.first()?.to_string())?;
    let behind_comma = |place: &usize| matches!(&tokens[*place], TokenTree::Punct(it) if it.as_char() == ',');
    let names = (1..tokens.len()).filter(behind_comma).filter_map(|place| match tokens.get(place + 1)? {
        TokenTree::Ident(name) if stands_for_a_variable(tokens.get(place + 2)) => Some(name.to_string()),
        _ => None,
    });
    Some((key, names.collect()))
}

/// Whether what follows a name makes it a variable of the message: `,`, `=` or the end.
fn stands_for_a_variable(next: Option<&TokenTree>) -> bool {
    match next {
        None => true,
        Some(TokenTree::Punct(it)) => matches!(it.as_char(), ',' | '='),
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::None,
        Some(_) => false,
    }
}

fn said(sources: impl IntoIterator<Item = (String, String)>) -> Said {
    let mut said = Said::default();
    for (path, text) in sources {
        let tokens = TokenStream::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        said.read(tokens.into_iter().collect());
    }
    said
}

fn leaves_out(key: &str) -> bool {
    MAY_LEAVE_OUT.iter().any(|begin| key.starts_with(begin))
}

/// What is wrong between the code, the pages and one language.
fn faults(said: &Said, pages: &str, language: &Messages) -> Vec<String> {
    let mut faults = Vec::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (key, given) in &said.named {
        match language.get(key) {
            None => faults.push(format!("{key} is missing")),
            Some(variables) if variables != given && !(leaves_out(key) && variables.is_subset(given)) => {
                faults.push(format!("{key} has {variables:?} and is given {given:?}"));
            }
            Some(_) => {}
        }
        used.insert(key);
    }
    for key in said.keys.iter().filter(|key| !language.contains_key(*key)) {
        faults.push(format!("{key} is missing"));
    }
    let put_together = |key: &str| {
        let name = key.split_once('-').map_or(key, |(_, name)| name);
        let base = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
        let begins = |literal: &String| {
            literal.split_once('{').is_some_and(|(begin, _)| begin.len() > 3 && name.starts_with(begin))
        };
        BY_RULE.iter().chain(BY_WORDS.map(|(part, _)| part).iter()).any(|part| key.starts_with(part))
            || said.literals.contains(name)
            || said.literals.contains(base)
            || said.literals.contains(key)
            || said.literals.iter().any(begins)
            || pages.contains(&format!("t.{}", key.replacen('-', ".", 1)))
    };
    let unused = language.keys().filter(|key| !used.contains(key.as_str()) && !put_together(key));
    faults.extend(unused.map(|key| format!("nobody says {key}")));
    faults
}

fn languages() -> Vec<(String, Messages)> {
    let files = fs::read_dir(root().join("lang")).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let (messages, faults) = messages(&fs::read_to_string(&path).unwrap());
        assert_eq!(faults, [""; 0], "{}", path.display());
        (path.file_name().unwrap().to_string_lossy().into_owned(), messages)
    };
    files.map(read).collect()
}

/// Issue of a house that others can carry on: a new language is one file and one line.
#[test]
fn every_language_has_the_same_messages_with_the_same_variables_and_stands_in_the_list() {
    let languages = languages();
    let list = fs::read_to_string(root().join("src/domain/text/language.rs")).unwrap();
    let (first, rest) = languages.split_first().unwrap();
    for (file, messages) in rest {
        let keys = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
        let differ: Vec<_> = keys(messages).symmetric_difference(&keys(&first.1)).cloned().collect();
        assert_eq!(differ, [""; 0], "{} and {file}", first.0);
        let other =
            messages.iter().filter(|(key, variables)| !leaves_out(key) && first.1[*key] != **variables);
        assert_eq!(other.count(), 0, "{} and {file}", first.0);
    }
    for (file, _) in &languages {
        assert!(list.contains(&format!("lang/{file}")), "{file} is no language of the program");
    }
}

#[test]
fn what_the_code_says_stands_in_every_language_and_nothing_else_does() {
    let said = said(sources("src"));
    let pages: String = fs::read_dir(root().join("src/domain/letter/page"))
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap_or_default())
        .collect();
    for (file, messages) in languages() {
        assert_eq!(faults(&said, &pages, &messages), [""; 0], "lang/{file}");
    }
}

/// The first text of each call of a name, of what a variable or a field of it is set to: `cannot("read a case")`, `doing = "read a case"`.
fn texts_of(tokens: Vec<TokenTree>, names: &[&str], texts: &mut BTreeSet<String>) {
    for (place, token) in tokens.iter().enumerate() {
        let name = place.checked_sub(1).map(|at| tokens[at].to_string()).unwrap_or_default();
        let set = place > 1 && names.contains(&&*format!("{}{name}", tokens[place - 2]));
        match token {
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                if names.contains(&&*name) {
                    texts.extend(inside.iter().find_map(|token| unquoted(&token.to_string())));
                }
                texts_of(inside, names, texts);
            }
            TokenTree::Literal(literal) if set => texts.extend(unquoted(&literal.to_string())),
            _ => {}
        }
    }
}

/// The keys of a part that sources make of such texts.
fn made_of(
    part: &str,
    names: &[&str],
    sources: impl IntoIterator<Item = (String, String)>,
) -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for (path, text) in sources {
        let tokens = TokenStream::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        texts_of(tokens.into_iter().collect(), names, &mut texts);
    }
    let is_said = |text: &&String| {
        text.contains(' ')
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && !COMMANDS.contains(&text.as_str())
    };
    texts
        .iter()
        .filter(is_said)
        .map(|text| format!("{part}{}", text.replace('\'', "").replace(' ', "_")))
        .collect()
}

/// Issue 13: what failed in the ledger is said in the language of whoever reads it, and none stands there that nothing can fail at.
#[test]
fn what_the_ledger_was_doing_is_said_in_every_language() {
    let ledger = || sources("src/edge/ledger").into_iter().filter(|(path, _)| !path.contains("tests"));
    for (part, names) in BY_WORDS {
        let made = made_of(part, names, ledger());
        assert!(made.len() > 10, "{part}");
        for (file, messages) in languages() {
            let there = messages.keys().filter(|key| key.starts_with(part)).cloned().collect();
            let differ: Vec<&String> = made.symmetric_difference(&there).collect();
            assert_eq!(differ, [""; 0], "lang/{file}");
        }
    }
    let code = "fn f() { let fail = cannot(\"wash a case's hands\"); let doing = \"dry it\"; db.list(\"SELECT 1\", []); }";
    let planted = made_of("doing-", BY_WORDS[0].1, [("x.rs".to_owned(), code.to_owned())]);
    assert_eq!(planted.into_iter().collect::<Vec<_>>(), ["doing-dry_it", "doing-wash_a_cases_hands"]);
}

/// A guard that lets a breach pass is none.
#[test]
fn planted_breaches_of_the_language_files_are_seen() {
    let (known, twice) =
        messages("a-b = x { $y }\nc-d = { $n ->\n  [one] { $n } e\n *[other] { $m }\n }\nc-d = f\n");
    assert_eq!(twice, ["c-d is there twice"]);
    let found = |code: &str| faults(&said([("x.rs".to_owned(), code.to_owned())]), "", &known).len();
    assert_eq!(found(r#"fn f() { say!("a-b", y); "c-d"; }"#), 0);
    assert_eq!(found(r#"fn f() { say!("a-b", y = g(a, b)); "c-d"; }"#), 0);
    assert_eq!(found(r#"fn f() { say!("a-b", z); "c-d"; }"#), 1, "another variable");
    let day = |code: &str| {
        faults(&said([("x.rs".to_owned(), code.to_owned())]), "", &messages("date-a = { $y }\n").0).len()
    };
    assert_eq!(day(r#"fn f() { say!("date-a", y, z); }"#), 0, "of a day some may be left out");
    assert_eq!(day(r#"fn f() { say!("date-a", z); }"#), 1, "and none is made up");
    assert_eq!(found(r#"fn f() { say!("a-b"); "c-d"; }"#), 1, "no variable");
    assert_eq!(found(r#"fn f() { say!("a-c", y); say!("a-b", y); "c-d"; }"#), 1, "a key that is missing");
    assert_eq!(found(r#"fn f() { say!("a-b", y); }"#), 1, "a message that nobody says");
    let list = r#"fn f() { say!("a-b", y); Text::list(a, "list-coma"); "c-d"; }"#;
    assert_eq!(found(list), 1, "what stands between is missing");
    let phrase = |name: &str| format!(r#"fn f() {{ say!("a-b", y); phrase(l, "c", "{name}", &[]); }}"#);
    assert_eq!((found(&phrase("d")), found(&phrase("e"))), (0, 2), "a phrase that is missing");
    assert!(messages("a b = c").1.len() == 1, "a line that is no message");
}
