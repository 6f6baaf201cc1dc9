//! The page of a case as text for a terminal.

use std::io::{self, Write};

use super::page::Page;
use crate::domain::text::visible::on_one_line;

pub(super) fn write(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}    ({})", on_one_line(&page.title), page.as_of)?;
    for (name, value) in &page.head {
        writeln!(out, "{name} {}", on_one_line(value))?;
    }
    writeln!(out, "\n{}", page.headings.traces)?;
    for trace in &page.traces {
        let by = trace.by.as_deref().map(|by| format!("  [{by}]")).unwrap_or_default();
        let note = trace.note.as_deref().map(|note| format!("  “{note}”")).unwrap_or_default();
        let former = trace.former.as_deref().map(|former| format!("  {former}")).unwrap_or_default();
        let line = format!("{}{by}{note}{former}", trace.what);
        writeln!(out, "  {:<25}  {}", trace.when, on_one_line(&line))?;
    }
    list(&page.headings.faults, "- ", &page.faults, out)?;
    for clock in &page.clocks {
        writeln!(
            out,
            "\n{}: {}    {} {}",
            clock.name,
            clock.limit,
            clock.state,
            clock.card.as_deref().unwrap_or_default()
        )?;
        for (name, value) in &clock.lines {
            writeln!(out, "  {name} {}", on_one_line(value))?;
        }
        for warning in &clock.warnings {
            writeln!(out, "  ! {}", on_one_line(warning))?;
        }
        for step in &clock.steps {
            writeln!(out, "    {step}")?;
        }
    }
    list(&page.headings.moves, "", &page.moves, out)?;
    list(&page.headings.events, "", &page.events, out)?;
    list(&page.headings.letters, "", &page.letters, out)?;
    let versions: Vec<String> = page.versions.iter().map(|(name, value)| format!("{name} {value}")).collect();
    writeln!(out, "\n{}", versions.join("  "))
}

fn list(heading: &str, mark: &str, lines: &[String], out: &mut dyn Write) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{heading}")?;
    lines.iter().try_for_each(|line| writeln!(out, "  {mark}{}", on_one_line(line)))
}
