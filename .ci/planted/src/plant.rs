//! Writes faults into a source file, each behind a switch of its own.

use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, BinOp, Block, Expr, ReturnType, Signature, UnOp};

/// Conditions that use up what they are asked of, so that they cannot be asked twice to see whether a fault makes a difference.
const ASKED_ONCE: [&str; 4] = ["{ between }", "held.is_none_or", "return", "?"];

/// A fault: where it is, and what it changes.
pub struct Fault {
    pub number: u32,
    pub place: String,
    pub function: String,
    pub what: String,
}

/// Plants every fault that a file has room for; gives its new text. The first is number `faults.len() + 1`.
pub fn plant(file: &str, source: &str, faults: &mut Vec<Fault>) -> Result<String, syn::Error> {
    let tree = syn::parse_file(source)?;
    if tree.attrs.iter().any(is_test) {
        return Ok(source.to_owned());
    }
    let mut planter = Planter { source, file, edits: Vec::new(), faults, function: String::new() };
    planter.visit_file(&tree);
    let mut edits = planter.edits;
    // At one place what ends comes before what begins, inner ends first, outer beginnings first.
    edits.sort_by_key(|(at, order, _)| (*at, *order));
    let (mut text, mut from) = (String::new(), 0);
    for (at, _, inserted) in edits {
        text.push_str(&source[from..at]);
        text.push_str(&inserted);
        from = at;
    }
    text.push_str(&source[from..]);
    Ok(text)
}

struct Planter<'a> {
    source: &'a str,
    file: &'a str,
    edits: Vec<(usize, i64, String)>,
    faults: &'a mut Vec<Fault>,
    function: String,
}

fn range(span: Span) -> (usize, usize) {
    let bytes = span.byte_range();
    (bytes.start, bytes.end)
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_test(attribute: &syn::Attribute) -> bool {
    let text = attribute.to_token_stream().to_string().replace(' ', "");
    text.contains("cfg(test") || text == "#[test]"
}

/// Part of a chain with `let`, which is no expression of its own.
fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(it) if matches!(it.op, BinOp::And(_)) => has_let(&it.left) || has_let(&it.right),
        Expr::Paren(it) => has_let(&it.expr),
        _ => false,
    }
}

fn is_number(expr: &Expr) -> bool {
    matches!(expr, Expr::Lit(it) if matches!(it.lit, syn::Lit::Int(_)))
}

/// A condition without an operator, which no other fault changes.
fn is_plain(expr: &Expr) -> bool {
    matches!(expr, Expr::MethodCall(_) | Expr::Call(_) | Expr::Path(_) | Expr::Field(_) | Expr::Macro(_))
}

/// The operator that a fault puts in the place of another.
fn swapped(expr: &syn::ExprBinary) -> Option<&'static str> {
    if has_let(&expr.left) || has_let(&expr.right) {
        return None;
    }
    Some(match expr.op {
        BinOp::Lt(_) => "<=",
        BinOp::Le(_) => "<",
        BinOp::Gt(_) => ">=",
        BinOp::Ge(_) => ">",
        BinOp::Eq(_) => "!=",
        BinOp::Ne(_) => "==",
        BinOp::And(_) => "||",
        BinOp::Or(_) => "&&",
        BinOp::Add(_) if is_number(&expr.right) => "-",
        BinOp::Sub(_) if is_number(&expr.right) => "+",
        _ => return None,
    })
}

impl Planter<'_> {
    fn number(&mut self, at: usize, what: String) -> u32 {
        let line = self.source[..at].matches('\n').count() + 1;
        let number = u32::try_from(self.faults.len()).expect("fewer faults than numbers") + 1;
        let place = format!("{}:{line}", self.file);
        self.faults.push(Fault { number, place, function: self.function.clone(), what });
        number
    }

    fn around(&mut self, (start, end): (usize, usize), before: String, after: &str) {
        let order = i64::try_from(self.edits.len()).expect("fewer edits than numbers");
        self.edits.push((start, order + 1, before));
        self.edits.push((end, -(order + 1), after.to_owned()));
    }

    fn turn(&mut self, expr: &Expr, what: &str) {
        let (start, end) = range(expr.span());
        let what = format!("{what}: {}", on_one_line(&self.source[start..end]));
        let number = self.number(start, what);
        self.around((start, end), format!("crate::planted::turned({number}, "), ")");
    }

    fn body(&mut self, signature: &Signature, block: &Block) {
        if signature.constness.is_some() || signature.asyncness.is_some() {
            return;
        }
        let outer = std::mem::replace(&mut self.function, signature.ident.to_string());
        let (open, _) = range(block.brace_token.span.open());
        let given = match &signature.output {
            ReturnType::Default => "()".to_owned(),
            ReturnType::Type(_, kind) => kind.to_token_stream().to_string(),
        };
        let values: &[&str] = match &*given {
            "()" if !block.stmts.is_empty() => &["()"],
            "bool" => &["true", "false"],
            kind if kind.starts_with("Option <") => &["None"],
            kind if kind.starts_with("Vec <") => &["Vec::new()"],
            _ => &[],
        };
        for value in values {
            let number = self.number(open, format!("body -> {value}"));
            let order = i64::try_from(self.edits.len()).expect("fewer edits than numbers");
            let early = format!(" if crate::planted::body({number}) {{ return {value}; }} ");
            self.edits.push((open + 1, -1_000_000 - order, early));
        }
        visit::visit_block(self, block);
        self.function = outer;
    }

    fn swap(&mut self, expr: &syn::ExprBinary, other: &str) {
        let (start, end) = range(expr.span());
        let (op_start, op_end) = range(expr.op.span());
        let (left, right) = (&self.source[start..op_start], &self.source[op_end..end]);
        let op = &self.source[op_start..op_end];
        let what = format!("{op} -> {other}: {}", on_one_line(&self.source[start..end]));
        let number = self.number(start, what);
        let faulty = match expr.op {
            // The right side may itself be a chain: kept as one operand.
            BinOp::And(_) | BinOp::Or(_) => format!("({left}) {other} ({right})"),
            _ => format!("{left}{other}{right}"),
        };
        let once = matches!(expr.op, BinOp::Add(_) | BinOp::Sub(_))
            || ASKED_ONCE.iter().any(|it| faulty.contains(it));
        if once {
            self.around(
                (start, end),
                format!("(if crate::planted::body({number}) {{ ({faulty}) }} else {{ ("),
                ") })",
            );
            return;
        }
        let before =
            format!("(if crate::planted::on({number}) {{ ({faulty}) }} else {{ let given__: bool = (");
        let asks = format!("crate::planted::aside(|| ({faulty})) != Some(given__)");
        let after = format!(
            "); if crate::planted::asks({number}) {{ crate::planted::differs({number}, {asks}); }} given__ }})"
        );
        self.around((start, end), before, &after);
    }
}

impl<'ast> Visit<'ast> for Planter<'_> {
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_macro(&mut self, _: &'ast syn::Macro) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_generics(&mut self, _: &'ast syn::Generics) {}

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !module.attrs.iter().any(is_test) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if !function.attrs.iter().any(is_test) {
            self.body(&function.sig, &function.block);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !function.attrs.iter().any(is_test) {
            self.body(&function.sig, &function.block);
        }
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.body(&function.sig, block);
        }
    }

    fn visit_expr_if(&mut self, expr: &'ast syn::ExprIf) {
        if is_plain(&expr.cond) {
            self.turn(&expr.cond, "condition turned");
        }
        visit::visit_expr_if(self, expr);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        if let Some((_, guard)) = &arm.guard
            && is_plain(guard)
        {
            self.turn(guard, "guard turned");
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_unary(&mut self, expr: &'ast syn::ExprUnary) {
        if matches!(expr.op, UnOp::Not(_)) {
            self.turn(&Expr::Unary(expr.clone()), "not dropped");
        }
        visit::visit_expr_unary(self, expr);
    }

    fn visit_expr_binary(&mut self, expr: &'ast syn::ExprBinary) {
        if let Some(other) = swapped(expr) {
            self.swap(expr, other);
        }
        visit::visit_expr_binary(self, expr);
    }
}
