//! AUTH: proving who we are, never where somebody can read along.

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::commands::Auth;

use crate::domain::letter::relay::{AuthMechanism, Login};
use crate::domain::now::Clock;
use crate::domain::text::{Text, say};
use crate::edge::{operator, plain_file};

use super::super::verdict::{Setback, Step, What};
use super::{Conversation, expect};

const STEP: Step = Step::Login;

/// Logs in. The password is read now and forgotten when this returns.
pub(super) fn log_in(talk: &mut Conversation, login: &Login, clock: &dyn Clock) -> Result<(), Setback> {
    if !talk.is_private() {
        return Err(settings(say!("smtp-open_line")));
    }
    let mechanism = choose(talk, login)?;
    let credentials = Credentials::new(login.user.clone(), password(login)?);
    // LOGIN asks for the user and then for the password; in which words is anybody's guess, so they are not read.
    let words: &[Option<&str>] = match mechanism {
        Mechanism::Login => &[None, Some("Username"), Some("Password")],
        Mechanism::Plain | Mechanism::Xoauth2 => &[None],
    };
    for (said, challenge) in words.iter().enumerate() {
        let command = Auth::new(mechanism, credentials.clone(), challenge.map(str::to_owned))
            .map_err(|_| settings(say!("smtp-no_login")))?;
        let reply = talk.ask(STEP, &command.to_string(), clock)?;
        if said + 1 < words.len() {
            expect(STEP, reply, |reply| reply.code == 334)?;
        } else if reply.code == 334 && mechanism == Mechanism::Xoauth2 {
            // The server wants to say what is wrong with the token; an empty line lets it.
            let reply = talk.ask(STEP, "\r\n", clock)?;
            expect(STEP, reply, |reply| reply.code == 235)?;
        } else {
            expect(STEP, reply, |reply| reply.code == 235)?;
        }
    }
    Ok(())
}

fn choose(talk: &Conversation, login: &Login) -> Result<Mechanism, Setback> {
    let Some(offered) = talk.offered("AUTH") else {
        return Err(settings(say!("smtp-login_not_offered")));
    };
    let wanted: &[Mechanism] = match login.mechanism {
        Some(AuthMechanism::Plain) => &[Mechanism::Plain],
        Some(AuthMechanism::Login) => &[Mechanism::Login],
        Some(AuthMechanism::XOAuth2) => &[Mechanism::Xoauth2],
        // A token is no password: XOAUTH2 is never guessed.
        None => &[Mechanism::Plain, Mechanism::Login],
    };
    let found = wanted.iter().find(|mechanism| offered.contains(&mechanism.to_string().as_str()));
    found.copied().ok_or_else(|| {
        let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
        settings(say!("smtp-other_login", offered = offered.join(", "), wanted = wanted.join("/")))
    })
}

fn password(login: &Login) -> Result<String, Setback> {
    let file = &login.password_file.display().to_string();
    let bytes = plain_file::read(&login.password_file).map_err(|fault| {
        settings(match fault.kind() {
            std::io::ErrorKind::NotFound => say!("smtp-password_missing", file),
            _ => say!("smtp-password_unread", file, why = operator::why(&fault)),
        })
    })?;
    let text = String::from_utf8(bytes).map_err(|_| settings(say!("smtp-password_garbled", file)))?;
    let password =
        text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    if password.is_empty() {
        return Err(settings(say!("smtp-password_empty", file)));
    }
    Ok(password.to_owned())
}

fn settings(said: Text) -> Setback {
    Setback { step: STEP, what: What::Settings(said) }
}
