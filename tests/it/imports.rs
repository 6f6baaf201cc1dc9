//! Which file of the crate uses which, and which libraries: read from the tokens of its sources, so that no way of writing a path
//! hides one.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path as it is written, segment by segment.
type Path = Vec<String>;

/// What the files of a crate name, tests left out.
#[derive(Default)]
pub struct Imports {
    files: BTreeMap<String, File>,
}

#[derive(Default)]
struct File {
    /// What its `use` lines name, with the name by which it is known in the file.
    uses: Vec<(String, Path)>,
    /// Names that it hands on (`pub use`), likewise.
    handed_on: BTreeMap<String, Path>,
    /// How many modules within the file the code stands in that is being read.
    depth: usize,
    /// What its code names besides, by path.
    named: Vec<Path>,
    /// Types that its code names, and functions that it calls.
    words: BTreeSet<String>,
}

impl Imports {
    /// Of sources by their path below `src`.
    pub fn of<'s>(sources: impl IntoIterator<Item = (&'s str, &'s str)>) -> Self {
        let mut imports = Self::default();
        for (path, text) in sources {
            let tokens = TokenStream::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            let mut file = File::default();
            file.read(tokens.into_iter().collect());
            imports.files.insert(module_of(path), file);
        }
        imports
    }

    /// Everything that a file uses: modules of the crate as `crate::domain::plan`, the rest as `std::fs::read`.
    pub fn uses(&self, module: &str) -> BTreeSet<String> {
        let file = &self.files[module];
        // What a file hands on it uses only where its own code says so.
        let own = file.handed_on.iter().filter(|(name, _)| file.words.contains(*name));
        let known: BTreeMap<_, _> =
            file.uses.iter().map(|(name, path)| (name, path)).chain(own.clone()).collect();
        let through_a_name = |path: &Path| match known.get(&path[0]) {
            Some(whole) if whole[0] != path[0] => [&whole[..], &path[1..]].concat(),
            _ => path.clone(),
        };
        let named = file.named.iter().map(through_a_name);
        let used = file.uses.iter().map(|(_, path)| path.clone());
        let all = used.chain(own.map(|(_, path)| path.clone())).chain(named);
        all.filter_map(|path| self.found(module, &path, 0)).filter(|found| found != module).collect()
    }

    /// What a file hands on, though its own code may not use it, in the same form.
    pub fn hands_on(&self, module: &str) -> BTreeSet<String> {
        let paths = self.files[module].handed_on.values();
        paths.filter_map(|path| self.found(module, path, 0)).filter(|found| found != module).collect()
    }

    /// The file that a path leads to, through what others hand on; a path out of the crate as it is written.
    fn found(&self, module: &str, path: &Path, depth: u32) -> Option<String> {
        let mut own: Path = module.split("::").map(str::to_owned).collect();
        let whole = match path[0].as_str() {
            "crate" => path.clone(),
            "self" | "super" => {
                let begin = usize::from(path[0] == "self");
                let up = path[begin..].iter().take_while(|segment| *segment == "super").count();
                own.truncate(own.len().saturating_sub(up));
                [own, path[begin + up..].to_vec()].concat()
            }
            first if self.files.contains_key(&format!("{module}::{first}")) => [own, path.clone()].concat(),
            "std" | "core" | "alloc" => return Some(path.join("::")),
            first if path.len() > 1 && first.starts_with(|c: char| c.is_lowercase()) => {
                return Some(path.join("::"));
            }
            _ => return None,
        };
        let last = (1..=whole.len()).rev().find(|end| self.files.contains_key(&whole[..*end].join("::")))?;
        let (place, rest) = (whole[..last].join("::"), &whole[last..]);
        let onward = rest.first().and_then(|name| self.files[&place].handed_on.get(name));
        match onward {
            Some(onward) if depth < 8 => {
                self.found(&place, &[&onward[..], &rest[1..]].concat(), depth + 1).or(Some(place))
            }
            _ => Some(place),
        }
    }

    /// Files that use one another in a ring, each ring once.
    pub fn rings(&self) -> Vec<BTreeSet<String>> {
        self.rings_by(|_, _| true)
    }

    /// The same where a file may use the module that it is a part of, as the parts of a struct's `impl` do.
    pub fn rings_beside(&self) -> Vec<BTreeSet<String>> {
        self.rings_by(|user, used| !user.starts_with(&format!("{used}::")))
    }

    fn rings_by(&self, counts: impl Fn(&str, &str) -> bool) -> Vec<BTreeSet<String>> {
        let reached: BTreeMap<&String, BTreeSet<String>> =
            self.files.keys().map(|module| (module, self.reached_from(module, &counts))).collect();
        let in_ring = |one: &String| {
            let back = |other: &&String| reached.get(other).is_some_and(|it| it.contains(one));
            reached[one].iter().filter(back).cloned().collect::<BTreeSet<_>>()
        };
        let rings: BTreeSet<_> = self.files.keys().map(in_ring).filter(|ring| !ring.is_empty()).collect();
        rings.into_iter().collect()
    }

    fn reached_from(&self, module: &str, counts: &impl Fn(&str, &str) -> bool) -> BTreeSet<String> {
        let (mut reached, mut waiting) = (BTreeSet::new(), vec![module.to_owned()]);
        while let Some(next) = waiting.pop() {
            let used = self.uses(&next).into_iter();
            let used = used.filter(|used| self.files.contains_key(used) && counts(&next, used));
            waiting.extend(used.filter(|used| reached.insert(used.clone())));
        }
        reached
    }

    /// Every file, as `crate::domain::plan`.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

/// `domain/plan/mod.rs` and `domain/plan.rs` are `crate::domain::plan`.
fn module_of(path: &str) -> String {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    if path == "lib" { "crate".to_owned() } else { format!("crate::{}", path.replace('/', "::")) }
}

impl File {
    fn read(&mut self, tokens: Vec<TokenTree>) {
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Punct(hash) if hash.as_char() == '#' && is_for_tests(tokens.get(at + 1)) => {
                    after_item(&tokens, at + 2)
                }
                // Neither the declaration of a file nor `pub(in crate::domain)` uses anything.
                TokenTree::Ident(word) if *word == "mod" => {
                    if let Some(TokenTree::Group(inside)) = tokens.get(at + 2) {
                        self.depth += 1;
                        self.read(inside.stream().into_iter().collect());
                        self.depth -= 1;
                    }
                    at + 3
                }
                TokenTree::Ident(word)
                    if *word == "pub" && is_group(tokens.get(at + 1), Delimiter::Parenthesis) =>
                {
                    at + 2
                }
                TokenTree::Ident(word) if *word == "use" => {
                    let end = after_item(&tokens, at);
                    let public = at > 0
                        && (is_word(&tokens[at - 1], "pub") || at > 1 && is_word(&tokens[at - 2], "pub"));
                    self.read_use(&tokens[at + 1..end], &Vec::new(), public);
                    end
                }
                TokenTree::Ident(_) => self.read_path(&tokens, at),
                TokenTree::Group(group) => {
                    self.read(group.stream().into_iter().collect());
                    at + 1
                }
                _ => at + 1,
            };
        }
    }

    /// A path in the code: `a::b::c`. Gives where it ends.
    fn read_path(&mut self, tokens: &[TokenTree], from: usize) -> usize {
        let mut path = vec![plain(&tokens[from])];
        // A field or a method of the same name is another thing.
        let called = is_group(tokens.get(from + 1), Delimiter::Parenthesis)
            && !tokens[..from].last().is_some_and(|before| is_punct(before, '.') || is_word(before, "fn"));
        if called || path[0].starts_with(char::is_uppercase) {
            self.words.insert(path[0].clone());
        }
        let mut at = from + 1;
        while let [colon, second, TokenTree::Ident(word), ..] = &tokens[at.min(tokens.len())..] {
            if !is_punct(colon, ':') || !is_punct(second, ':') {
                break;
            }
            path.push(plain(word));
            at += 3;
        }
        if path.len() > 1 {
            self.named.push(self.of_file(path));
        }
        at
    }

    /// A path as it would stand outside the modules within the file.
    fn of_file(&self, path: Path) -> Path {
        let begin = usize::from(path[0] == "self");
        let up = path[begin..].iter().take_while(|segment| *segment == "super").count();
        if up == 0 || self.depth == 0 {
            return path;
        }
        let within = up.min(self.depth);
        [vec!["self".to_owned()], path[begin + within..].to_vec()].concat()
    }

    /// What a `use` names below a prefix: `{a, b::{self, c as d}}`.
    fn read_use(&mut self, tokens: &[TokenTree], prefix: &Path, public: bool) {
        let (mut path, mut known_as) = (prefix.clone(), None);
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Ident(word) if *word == "as" => {
                    known_as = tokens.get(at + 1).map(plain);
                    at += 1;
                }
                TokenTree::Ident(word) if *word == "self" && !path.is_empty() => {}
                TokenTree::Ident(word) => path.push(plain(word)),
                // All of a library by their bare names.
                TokenTree::Punct(star) if star.as_char() == '*' && path.len() == 1 => {
                    path.push("*".to_owned());
                }
                TokenTree::Group(group) => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    for part in inner.split(|token| is_punct(token, ',')) {
                        self.read_use(part, &path, public);
                    }
                    return;
                }
                _ => {}
            }
            at += 1;
        }
        let Some(last) = path.last().cloned() else { return };
        let path = self.of_file(path);
        let name = known_as.unwrap_or(last);
        if public {
            self.handed_on.insert(name, path);
        } else {
            self.uses.push((name, path));
        }
    }
}

/// A word as it is meant: `r#fs` is `fs`.
fn plain(word: &impl ToString) -> String {
    word.to_string().trim_start_matches("r#").to_owned()
}

fn is_punct(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if *ident == word)
}

fn is_group(token: Option<&TokenTree>, delimiter: Delimiter) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == delimiter)
}

/// Whether an attribute says that what follows is compiled for tests only.
fn is_for_tests(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.stream().to_string().replace(' ', "") == "cfg(test)")
}

/// Where an item ends: after its `;` or its braces.
fn after_item(tokens: &[TokenTree], from: usize) -> usize {
    let is_end = |token: &TokenTree| is_punct(token, ';') || is_group(Some(token), Delimiter::Brace);
    if is_word(&tokens[from], "use") {
        return tokens[from..]
            .iter()
            .position(|token| is_punct(token, ';'))
            .map_or(tokens.len(), |at| from + at);
    }
    tokens[from..].iter().position(is_end).map_or(tokens.len(), |at| from + at + 1)
}
