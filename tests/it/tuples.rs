//! What consists of more than two things has a name, and so has each of them: no function asks for, gives or keeps them as a tuple.

use std::str::FromStr;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

use crate::architecture::sources;
use crate::signatures::{depths, split};

/// More things than these are a record that nobody has named.
const THINGS: usize = 2;

/// What of a source is such a tuple: parameters and results of functions, fields, names of types. The lines of a table of constants, and
/// what a statement takes apart at once, are none.
fn tuples(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    look(&tokens(&TokenStream::from_str(text).unwrap()), &mut found);
    found
}

fn tokens(stream: &TokenStream) -> Vec<TokenTree> {
    stream.clone().into_iter().collect()
}

fn look(tokens_of: &[TokenTree], found: &mut Vec<String>) {
    let mut at = 0;
    while let Some(token) = tokens_of.get(at) {
        let (behind, mut passed) = (&tokens_of[at + 1..], 0);
        match token {
            TokenTree::Ident(word) if *word == "fn" => passed = function(behind, found),
            TokenTree::Ident(word) if *word == "struct" || *word == "enum" => passed = kind(behind, found),
            // In a macro `$type` is the name of a part.
            TokenTree::Ident(word)
                if *word == "type" && matches!(behind.first(), Some(TokenTree::Ident(_))) =>
            {
                let end = behind.iter().position(|token| token.to_string() == ";").unwrap_or(0);
                in_types(&behind[..end], found);
            }
            TokenTree::Group(group) => look(&tokens(&group.stream()), found),
            _ => {}
        }
        at += 1 + passed;
    }
}

/// Those of a function's declaration; how many tokens it has, its body left out.
fn function(declared: &[TokenTree], found: &mut Vec<String>) -> usize {
    if !matches!(declared.first(), Some(TokenTree::Ident(_))) {
        return 0;
    }
    let is_list =
        |token: &TokenTree| matches!(token, TokenTree::Group(it) if it.delimiter() == Delimiter::Parenthesis);
    let Some(open) = depths(&declared[1..]).position(|(depth, token)| depth == 0 && is_list(token)) else {
        return 0;
    };
    let (list, behind) = (&declared[open + 1], &declared[open + 2..]);
    if let TokenTree::Group(list) = list {
        split(&tokens(&list.stream())).iter().for_each(|parameter| in_types(behind_colon(parameter), found));
    }
    let end = |token: &TokenTree| {
        matches!(token, TokenTree::Group(it) if it.delimiter() == Delimiter::Brace)
            || token.to_string() == ";"
    };
    let end = behind.iter().position(end).unwrap_or(behind.len());
    in_types(&behind[..end], found);
    open + 2 + end
}

/// Those of the fields of a struct or an enum; how many tokens it has.
fn kind(declared: &[TokenTree], found: &mut Vec<String>) -> usize {
    for (at, token) in declared.iter().enumerate() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                fields(group, found);
                return at + 1;
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => fields(group, found),
            token if token.to_string() == ";" => return at + 1,
            _ => {}
        }
    }
    declared.len()
}

fn fields(of: &Group, found: &mut Vec<String>) {
    for field in split(&tokens(&of.stream())) {
        let named = behind_colon(&field);
        if of.delimiter() == Delimiter::Parenthesis {
            in_types(&field, found);
        } else if !named.is_empty() {
            in_types(named, found);
        } else {
            // A variant with fields of its own.
            let own = field.iter().filter_map(|token| match token {
                TokenTree::Group(group) if group.delimiter() != Delimiter::Bracket => Some(group),
                _ => None,
            });
            own.for_each(|group| fields(group, found));
        }
    }
}

/// What stands behind the colon of a parameter or a field; nothing where there is none.
fn behind_colon(part: &[TokenTree]) -> &[TokenTree] {
    let mut in_path = false;
    for (at, token) in part.iter().enumerate() {
        let TokenTree::Punct(mark) = token else { continue };
        if mark.as_char() == ':' {
            if mark.spacing() == Spacing::Alone && !in_path {
                return &part[at + 1..];
            }
            in_path = mark.spacing() == Spacing::Joint;
        }
    }
    &[]
}

fn in_types(types: &[TokenTree], found: &mut Vec<String>) {
    for (at, token) in types.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let inside = tokens(&group.stream());
        // What a function asks for that is a value itself: `Fn(A, B, C)`.
        let is_called =
            at > 0 && matches!(&types[at - 1], TokenTree::Ident(word) if *word != "mut" && *word != "const");
        let is_tuple = group.delimiter() == Delimiter::Parenthesis && !is_called;
        if is_tuple && split(&inside).len() > THINGS {
            found.push(group.to_string());
        }
        in_types(&inside, found);
    }
}

#[test]
fn what_has_more_than_two_parts_has_a_name() {
    let of = |(path, text): (String, String)| {
        tuples(&text).into_iter().map(|tuple| format!("{path}: {tuple}")).collect::<Vec<_>>()
    };
    let all: Vec<String> = sources("src").into_iter().flat_map(of).collect();
    assert_eq!(all, [""; 0]);
}

/// A guard that lets a breach pass is none.
#[test]
fn planted_tuples_are_seen() {
    for breach in [
        "fn f() -> (A, B, C) { a }",
        "impl A { pub(super) fn f(&self) -> Result<Vec<(A, Option<B>, C)>, E> { a } }",
        "fn f(a: u8, (a, b, c): (A, B, &mut C)) {}",
        "trait A { fn f<T: Fn(u8) -> u8>(&self, t: &[(A, B<C, D>, E)]); }",
        "struct A { a: u8, pub b: Option<(A, B, C)> }",
        "pub struct A(Vec<(A, B, C)>);",
        "struct A<T: Fn(u8)> where T: B { a: BTreeMap<(A, B, C), D> }",
        "enum A { B, C((A, B, C)) }",
        "enum A { B { c: (A, B, C) } }",
        "type A = HashMap<u8, (A, B, C)>;",
        "fn f() { fn g() -> &'static mut (A, B, C) { a } }",
        "fn f() { type A = (A, B, C); }",
        "mod m { impl A { fn f() -> impl Iterator<Item = (A, (B, C), D)> where A: B; } }",
    ] {
        assert_eq!(tuples(breach).len(), 1, "{breach}");
    }
    for sound in [
        "fn f(a: A, (b, c): (B, C), d: Box<dyn Fn(A, B, C) -> D>) -> (A, (B, C)) { (a, b, c) }",
        "fn f(a: fn(A, B, C)) { g((a, b, c)); let (a, b, c) = h(a, b, c); }",
        "struct A { a: BTreeMap<A, B>, b: (A, BTreeMap<B, C>), c: dyn for<'a> FnMut(A, B, C) }",
        "enum A { B(C, D, E), #[derive(A, B, C)] F }",
        "const A: [(A, B, C); 2] = [(1, 2, 3), (1, 2, 3)];",
        "macro_rules! m { ($type:ident) => { const A: [($type, B, C); 1] = [($type, 2, 3)]; } }",
        "impl A { type B = (A, B); fn f(self: a::B) -> crate::b::C<A, B, C>; }",
    ] {
        assert_eq!(tuples(sound), [""; 0], "{sound}");
    }
}
