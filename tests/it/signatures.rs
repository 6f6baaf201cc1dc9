//! What a function asks for can be read where it is called: no bare `true` or `false`, no more than five things; what goes wrong in the
//! domain has a type; and what others may use says what it is, as the compiler asks for that only where it can be reached from outside.

use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::architecture::{root, sources};

/// More parameters than these are a record that nobody has named; `self` is none of them.
const PARAMETERS: usize = 5;

/// What a function may ask for all the same, with the reason.
const EXCEPT: [(&str, &str, &str); 1] =
    [("src/edge/source/program/row/found.rs", "visit_bool", "serde gives a value of JSON so")];

/// A function as it is declared.
#[derive(Default)]
struct Function {
    name: String,
    /// The types of its parameters, `self` left out.
    parameters: Vec<String>,
    result: String,
}

/// Every function of a source, with those in its traits and blocks.
fn functions(text: &str) -> Vec<Function> {
    let mut found = Vec::new();
    gather(&TokenStream::from_str(text).unwrap().into_iter().collect::<Vec<_>>(), &mut found);
    found
}

fn gather(tokens: &[TokenTree], found: &mut Vec<Function>) {
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if *word == "fn" => found.extend(function(&tokens[at + 1..])),
            TokenTree::Group(group) => gather(&group.stream().into_iter().collect::<Vec<_>>(), found),
            _ => {}
        }
    }
}

/// The function whose declaration goes on here; `None` where it is the type of one.
fn function(tokens: &[TokenTree]) -> Option<Function> {
    let Some(TokenTree::Ident(name)) = tokens.first() else { return None };
    let group = |token: &&TokenTree| matches!(token, TokenTree::Group(it) if it.delimiter() == Delimiter::Parenthesis);
    // Bounds of generic parameters have parentheses too: `<F: Fn(u8)>`.
    let open = depths(&tokens[1..]).position(|(depth, token)| depth == 0 && group(&token))? + 1;
    let TokenTree::Group(list) = &tokens[open] else { return None };
    let list: Vec<TokenTree> = list.stream().into_iter().collect();
    let parameters = split(&list).into_iter().filter_map(type_of).collect();
    let end = |token: &TokenTree| {
        matches!(token, TokenTree::Group(it) if it.delimiter() == Delimiter::Brace)
            || ["where", ";"].contains(&&*token.to_string())
    };
    let result = tokens[open + 1..].iter().take_while(|token| !end(token)).map(ToString::to_string).collect();
    Some(Function { name: name.to_string(), parameters, result })
}

/// The tokens with the number of angle brackets that are open before each; the arrow closes none.
pub fn depths(tokens: &[TokenTree]) -> impl Iterator<Item = (i32, &TokenTree)> {
    let (mut depth, mut before) = (0, ' ');
    tokens.iter().map(move |token| {
        let mark = if let TokenTree::Punct(mark) = token { mark.as_char() } else { ' ' };
        let now = depth;
        depth += i32::from(mark == '<') - i32::from(mark == '>' && before != '-');
        before = mark;
        (now, token)
    })
}

/// What stands between commas.
pub fn split(tokens: &[TokenTree]) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for (depth, token) in depths(tokens) {
        if depth == 0 && token.to_string() == "," {
            parts.push(Vec::new());
        } else {
            parts.last_mut().unwrap().push(token.clone());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The type of a parameter: what stands behind its colon. `self` may have none.
fn type_of(parameter: Vec<TokenTree>) -> Option<String> {
    let colon = parameter.iter().position(|token| token.to_string() == ":")?;
    let of_self = parameter[..colon].iter().any(|token| token.to_string() == "self");
    (!of_self)
        .then(|| parameter[colon + 1..].iter().map(|token| token.to_string().replace(' ', "")).collect())
}

/// Whether a type is a truth value, alone or beside others: `bool`, `Option<bool>`, `(Duration,bool)`.
fn has_truth(of: &str) -> bool {
    of == "bool"
        || of == "Option<bool>"
        || of.starts_with('(') && of.split(['(', ',', ')']).any(|it| it == "bool")
}

fn has_truth_of(function: &Function) -> bool {
    function.parameters.iter().any(|it| has_truth(it))
}

/// What is wrong with the functions of a source.
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for function in functions(text) {
        let Function { name, parameters, result } = &function;
        if EXCEPT.iter().any(|(file, function, _)| *file == path && function == name) {
            continue;
        }
        if has_truth_of(&function) {
            faults.push(format!("{path}: `{name}` takes true or false: name what it means"));
        }
        if parameters.len() > PARAMETERS {
            faults.push(format!("{path}: `{name}` takes {} parameters", parameters.len()));
        }
        if path.starts_with("src/domain/") && result.contains("Result<") && result.ends_with(",String>") {
            faults.push(format!("{path}: `{name}` fails with a text that has no type"));
        }
    }
    faults
}

#[test]
fn a_call_can_be_read_without_its_function() {
    let all: Vec<String> = sources("src").iter().flat_map(|(path, text)| faults(path, text)).collect();
    assert_eq!(all, [""; 0]);
    for (file, function, _) in EXCEPT {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        let excused = functions(&text)
            .into_iter()
            .any(|it| it.name == function && (has_truth_of(&it) || it.parameters.len() > PARAMETERS));
        assert!(excused, "{file}: `{function}` needs no exception");
    }
}

/// What is `pub` in a source and has no words of its own.
fn unsaid(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    look_for_unsaid(&TokenStream::from_str(text).unwrap().into_iter().collect::<Vec<_>>(), &mut found);
    found.into_iter().map(|name| format!("{path}: `{name}` does not say what it is")).collect()
}

fn look_for_unsaid(tokens: &[TokenTree], found: &mut Vec<String>) {
    const ITEMS: [&str; 7] = ["fn", "struct", "enum", "const", "static", "type", "trait"];
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(word) if *word == "pub" => {
                let words: Vec<String> = tokens[at + 1..].iter().take(4).map(ToString::to_string).collect();
                let name =
                    words.iter().find(|word| ![&ITEMS[..], &["async", "mut"]].concat().contains(&&***word));
                if ITEMS.contains(&&*words[0]) && !is_said(&tokens[..at]) {
                    found.extend(name.cloned());
                }
            }
            TokenTree::Group(group) => {
                look_for_unsaid(&group.stream().into_iter().collect::<Vec<_>>(), found);
            }
            _ => {}
        }
    }
}

/// Whether the attributes before a place have words among them: to the compiler a comment with three strokes is one.
fn is_said(before: &[TokenTree]) -> bool {
    let mut attributes = before.rchunks(2).map_while(|pair| match pair {
        [TokenTree::Punct(mark), TokenTree::Group(group)] if mark.as_char() == '#' => Some(group),
        _ => None,
    });
    let words = |group: &proc_macro2::Group| group.stream().into_iter().next().map(|it| it.to_string());
    attributes.any(|group| words(group).as_deref() == Some("doc"))
}

#[test]
fn what_others_may_use_says_what_it_is() {
    let all: Vec<String> = sources("src").iter().flat_map(|(path, text)| unsaid(path, text)).collect();
    assert_eq!(all, [""; 0]);
    for breach in [
        "pub fn f() {}",
        "/// Words.\nfn a() {} pub const fn f() {}",
        "impl A { #[must_use] pub fn f(self) {} }",
        "#[derive(Debug)] pub struct F;",
        "mod m { pub enum F {} }",
        "pub const F: u8 = 1;",
    ] {
        assert_eq!(unsaid("src/a.rs", breach).len(), 1, "{breach}");
    }
    for sound in [
        "/// Words.\npub fn f() {}",
        "/// Words.\n#[derive(Debug)]\npub struct F { pub a: u8 }",
        "#[must_use]\n/// Words.\npub const fn f() {}",
        "pub(super) fn f() {} pub use a::b; pub mod c;",
    ] {
        assert_eq!(unsaid("src/a.rs", sound), [""; 0], "{sound}");
    }
}

/// A guard that lets a breach pass is none.
#[test]
fn planted_signatures_are_seen() {
    for breach in [
        "fn f(a: u8, b: bool) {}",
        "impl A { pub(super) fn f(&self, b: bool) -> u8 { 1 } }",
        "trait A { fn f<T: Fn(u8) -> BTreeMap<u8, u8>>(&self, t: T, b: Option<bool>); }",
        "fn f((a, b): (Duration, bool)) {}",
        "mod m { fn f() { fn g(b: bool) {} } }",
        "fn f(a: A, b: B, c: C, d: D, e: E, f: F) {}",
        "fn f<F: FnMut(u8, u8)>(&mut self, a: A, b: B<C, D>, c: C, d: D, e: E, f: F) {}",
        "fn f(a: u8) -> Result<u8, String> { Ok(a) }",
        "fn f(self: Box<Self>) -> Result<BTreeMap<u8, u8>, String> where Self: Sized { Ok(a) }",
    ] {
        assert_eq!(faults("src/domain/a.rs", breach).len(), 1, "{breach}");
    }
    for sound in [
        "fn f(a: &mut bool) -> bool { a }",
        "fn f(&self, a: A, b: B<C, D>, c: C, d: D, e: (E, F)) {}",
        "fn f(mut self: Box<Self>, a: A, b: B, c: C, d: D, e: impl Fn(&str, bool) -> bool,) {}",
        "fn f(a: fn(bool) -> bool) -> Result<String, Fault> { Ok(a) }",
        "fn f() -> Vec<Result<u8, Fault>> { let known: bool = true; }",
    ] {
        assert_eq!(faults("src/domain/a.rs", sound), [""; 0], "{sound}");
    }
    assert_eq!(faults("src/cli/a.rs", "fn f() -> Result<u8, String> { Ok(a) }"), [""; 0]);
}
