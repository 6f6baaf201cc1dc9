//! Whether something wants a person's attention: `once` and `status` end with 1 then, so that a timer or a monitor sees it.

use crate::domain::overview::Overview;
use crate::domain::text::{Language, Text, say};
use crate::failure::{ExitCode, Failure};

/// What wants attention, if anything does: sources that nobody can judge by, letters that cannot leave, cards that were not answered
/// in time, pages of letters that cannot be used.
pub(super) fn wanted(overview: &Overview, language: Language) -> Result<(), Failure> {
    let troubled = |state: &str| ["dark", "incomplete", "suspect", "overdue"].contains(&state);
    let sources = overview.sources.iter().filter(|source| troubled(&source.state));
    let mut wants: Vec<Text> = sources
        .map(|source| say!("attention-source", source = &source.name, state = source_state(&source.state)))
        .collect();
    let letters = &overview.letters;
    if letters.last_failure.is_some() {
        wants.push(say!("attention-letters", queued = letters.queued, refused = letters.refused));
    }
    if overview.overdue_answer_count > 0 {
        wants.push(say!("attention-unanswered", count = overview.overdue_answer_count));
    }
    wants.extend(overview.page_faults.iter().map(Text::from));
    if wants.is_empty() {
        return Ok(());
    }
    let wants = say!("attention", wants = Text::list(wants, "list-semicolon"));
    Err(Failure::new(ExitCode::Partly, wants.words(language)))
}

/// The state of a source as people read it.
pub(super) fn source_state(word: &str) -> Text {
    match word {
        "ok" => say!("source_state-ok"),
        "dark" => say!("source_state-dark"),
        "incomplete" => say!("source_state-incomplete"),
        "suspect" => say!("source_state-suspect"),
        "overdue" => say!("source_state-overdue"),
        "unread" => say!("source_state-unread"),
        "removed" => say!("source_state-removed"),
        other => other.into(),
    }
}
