//! AUTH: proving who we are, never where somebody can read along.

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::commands::Auth;

use crate::domain::letter::relay::{AuthMechanism, Login};
use crate::domain::now::Clock;
use crate::edge::plain_file;

use super::super::verdict::{Setback, Step, What};
use super::{Conversation, expect};

const STEP: Step = Step::Login;

/// Logs in. The password is read now and forgotten when this returns.
pub(super) fn log_in(talk: &mut Conversation, login: &Login, clock: &dyn Clock) -> Result<(), Setback> {
    if !talk.is_private() {
        return Err(settings(
            "the password is not sent over a line that anybody can read; set tls to starttls or implicit"
                .to_owned(),
        ));
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
            .map_err(|_| settings("user and password make no login".to_owned()))?;
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
        return Err(settings(
            "it offers no login; see whether it wants encryption first (tls), or leave the login out"
                .to_owned(),
        ));
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
        settings(format!(
            "it offers {} and we are to use {}; set mechanism to one it offers",
            offered.join(", "),
            wanted.join(" or ")
        ))
    })
}

fn password(login: &Login) -> Result<String, Setback> {
    let path = login.password_file.display();
    let bytes = plain_file::read(&login.password_file).map_err(|fault| {
        settings(format!(
            "the password file {path} cannot be read ({fault}); give it to the user of jianchad"
        ))
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| settings(format!("the password file {path} is not UTF-8; write it anew")))?;
    let password =
        text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    if password.is_empty() {
        return Err(settings(format!("the password file {path} is empty; write the password into it")));
    }
    Ok(password.to_owned())
}

fn settings(said: String) -> Setback {
    Setback { step: STEP, what: What::Settings(said) }
}
