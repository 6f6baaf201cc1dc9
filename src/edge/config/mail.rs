//! How letters leave, from the file.

use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{Access, access};
use rustix::io::Errno;

use super::open_permissions;
use super::pages;
use super::written::{At, Table};
use crate::domain::letter::Address;
use crate::domain::letter::address::single;
use crate::domain::letter::dkim::{Dkim, PrivateKey};
use crate::domain::letter::page::Pages;
use crate::domain::letter::relay::{AuthMechanism, Caps, Login, Relay, Sender, TlsMode, Way};
use crate::domain::policy::Policy;
use crate::domain::text::{Text, say};
use crate::edge::{operator, plain_file};

/// Name of the credential that the unit hands over.
const CREDENTIAL: &str = "smtp-password";

/// Everything that the section `[mail]` says.
pub(super) struct Mail {
    pub way: Way,
    pub sender: Sender,
    pub caps: Caps,
    pub pages: Pages,
}

pub(super) fn read(
    written: &Table<'_>,
    folder: &Path,
    ledger: &Path,
    policy: Option<&Policy>,
) -> Option<Mail> {
    let Some(mail) = written.table("mail") else {
        written.required("mail");
        return None;
    };
    let from = mail.required("from").and_then(|at| address(&mail, at));
    let from_name = mail.text("from_name").map_or_else(String::new, |at| at.value);
    let reply_to = mail.text("reply_to").and_then(|at| address(&mail, at));
    let list_id = mail.text("list_id");
    let eml = mail.text("folder");
    let smtp = mail.table("smtp");
    if let (Some(at), Some(_)) = (&eml, &smtp) {
        mail.wrong(at, say!("config-folder_or_smtp"));
    }
    let way = match &smtp {
        Some(smtp) => {
            let first = relay(smtp, folder, from.as_ref());
            let further: Vec<_> =
                mail.list("relay").iter().map(|table| relay(table, folder, from.as_ref())).collect();
            std::iter::once(first).chain(further).collect::<Option<Vec<_>>>().map(Way::Smtp)
        }
        None => {
            let place = eml.as_ref().map_or_else(|| mail.place(), At::place);
            let eml = eml.map_or_else(|| ledger.with_file_name("mail"), |at| folder.join(at.value));
            open_permissions::warn(&mail, &place, &eml, (say!("config-the_letters"), "750"));
            Some(Way::Folder(eml))
        }
    };
    if let (None, Some(table)) = (&smtp, mail.list("relay").first()) {
        mail.wrong(&table.place(), say!("config-relay_after"));
    }
    let caps = caps(&mail);
    // Whoever may only read the ledger, or goes by a copy, sends nothing and signs nothing.
    let only_reads = mail.files().are_kept() || access(ledger, Access::WRITE_OK) == Err(Errno::ACCESS);
    let purpose = if only_reads { Purpose::Read } else { Purpose::Send };
    let dkim = mail.table("dkim");
    let dkim = dkim.map(|table| signature(&table, folder, from.as_ref(), purpose));
    let pages = pages::read(&mail, folder, policy);
    mail.nothing_else();
    let from = from?.value;
    let domain = from.rsplit('@').next().unwrap_or("localhost").to_owned();
    let list_id = list_id.map_or_else(|| format!("jianchad.{domain}"), |at| at.value);
    let reply_to = reply_to.map(|at| Address { name: String::new(), address: at.value });
    let from = Address { name: from_name, address: from };
    // A signature that is asked for and cannot be made is a mistake, told above.
    let dkim = match dkim {
        Some(None) if purpose == Purpose::Send => return None,
        dkim => dkim.flatten(),
    };
    Some(Mail { way: way?, sender: Sender { from, reply_to, list_id, dkim }, caps, pages })
}

/// What the configuration is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Send,
    /// To look at the ledger: a key that may not be read is no mistake.
    Read,
}

fn signature(table: &Table<'_>, folder: &Path, from: Option<&At<String>>, purpose: Purpose) -> Option<Dkim> {
    let domain = table.text("domain").map(|at| at.value);
    let selector = table.required("selector");
    let file = table.required("key_file");
    let key = file.and_then(|at| {
        let path = folder.join(&at.value);
        open_permissions::warn(table, &at, &path, (say!("config-the_key"), "600"));
        let text = plain_file::read(&path);
        let denied = |fault: &std::io::Error| fault.kind() == ErrorKind::PermissionDenied;
        if table.files().are_kept() || purpose == Purpose::Read && text.as_ref().is_err_and(denied) {
            return None;
        }
        let text = text.map_err(|fault| say!("config-unread", why = operator::why(&fault)));
        text.and_then(|text| PrivateKey::from_pem(&text).map_err(Text::from))
            .map_err(|why| table.wrong(&at, say!("config-of_file", file = path.display().to_string(), why)))
            .ok()
    });
    table.nothing_else();
    let own = from.and_then(|at| at.value.rsplit('@').next().map(str::to_owned));
    Some(Dkim { domain: domain.or(own)?, selector: selector?.value, key: key? })
}

fn caps(mail: &Table<'_>) -> Caps {
    let mut caps = Caps::default();
    let Some(table) = mail.table("caps") else { return caps };
    for (key, cap) in [
        ("per_minute", &mut caps.per_minute),
        ("per_day", &mut caps.per_day),
        ("in_all", &mut caps.in_all),
        ("suspend_after", &mut caps.suspend_after),
    ] {
        let Some(at) = table.number(key) else { continue };
        match at.value {
            value if value > 0 => *cap = value,
            _ => table.wrong(&at, say!("config-from_1")),
        }
    }
    table.nothing_else();
    caps
}

/// The only address of a key, as it goes to a server.
fn address(table: &Table<'_>, at: At<String>) -> Option<At<String>> {
    match single(&at.value) {
        Ok(value) => Some(At { value, ..at }),
        Err(error) => {
            table.wrong(&at, Text::from(error));
            None
        }
    }
}

fn relay(smtp: &Table<'_>, folder: &Path, from: Option<&At<String>>) -> Option<Relay> {
    let host = smtp.required("host");
    let tls = smtp.text("tls").map(|at| (tls(smtp, &at), at));
    let mode = tls.as_ref().map_or(Some(TlsMode::StartTls), |(mode, _)| *mode);
    if let (Some((Some(TlsMode::None), at)), Some(host)) = (&tls, &host)
        && !loopback(&host.value)
    {
        smtp.wrong(at, say!("config-in_the_clear"));
    }
    let default_port = if mode == Some(TlsMode::Implicit) { 465 } else { 587 };
    let port = smtp.number("port").map_or(Some(default_port), |at| {
        let port = u16::try_from(at.value).ok().filter(|port| *port > 0);
        if port.is_none() {
            smtp.wrong(&at, say!("config-port"));
        }
        port
    });
    let ca_file = smtp.text("ca_file").map(|at| folder.join(at.value));
    let hello = smtp.text("hello").map(|at| at.value);
    let timeout = smtp.parsed::<humantime::Duration>("timeout");
    if let Some(at) = timeout.as_ref().filter(|at| !(1..=300).contains(&at.value.as_secs())) {
        smtp.wrong(at, say!("config-timeout"));
    }
    let login = login(smtp, folder);
    for key in ["password", "secret"] {
        if let Some(at) = smtp.text(key) {
            smtp.wrong(&at, say!("config-no_password"));
        }
    }
    smtp.nothing_else();
    let own = from.and_then(|at| at.value.rsplit('@').next().map(str::to_owned));
    Some(Relay {
        host: host?.value,
        port: port?,
        tls: mode?,
        ca_file,
        login,
        hello: hello.or(own).unwrap_or_else(|| "localhost".to_owned()),
        timeout: timeout.map_or(Duration::from_secs(60), |at| *at.value),
    })
}

fn tls(smtp: &Table<'_>, at: &At<String>) -> Option<TlsMode> {
    match at.value.as_str() {
        "starttls" => Some(TlsMode::StartTls),
        "implicit" => Some(TlsMode::Implicit),
        "none" => Some(TlsMode::None),
        _ => {
            smtp.wrong(at, say!("config-tls"));
            None
        }
    }
}

fn loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn login(smtp: &Table<'_>, folder: &Path) -> Option<Login> {
    let user = smtp.text("user");
    let named = smtp.text("password_file");
    let mechanism = smtp.text("mechanism").and_then(|at| match at.value.as_str() {
        "plain" => Some(AuthMechanism::Plain),
        "login" => Some(AuthMechanism::Login),
        "xoauth2" => Some(AuthMechanism::XOAuth2),
        _ => {
            smtp.wrong(&at, say!("config-mechanism"));
            None
        }
    });
    let user = user?;
    let named = named.map(|at| {
        let file = folder.join(&at.value);
        if smtp.files().are_kept() {
            return file;
        }
        match std::fs::metadata(&file).map(|found| plain_file::is_file(found.file_type())) {
            // Who sends no letters need not be able to see it; letters wait for it.
            Err(error) => smtp.warn(&at, cannot_read(&file, &error)),
            Ok(Err(error)) => smtp.wrong(&at, cannot_read(&file, &error)),
            Ok(Ok(())) => open_permissions::warn(smtp, &at, &file, (say!("config-the_password"), "600")),
        }
        file
    });
    let credential = std::env::var_os("CREDENTIALS_DIRECTORY").map(|dir| PathBuf::from(dir).join(CREDENTIAL));
    let is_named = named.is_some();
    let password_file = password_file(credential, named, folder);
    let missing = |error: std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
    if !is_named && !smtp.files().are_kept() && std::fs::metadata(&password_file).err().is_some_and(missing) {
        let file = password_file.display().to_string();
        smtp.warn(&user, say!("config-without_password", file));
    }
    Some(Login { user: user.value, password_file, mechanism })
}

/// That a file cannot be read.
pub(super) fn cannot_read(file: &Path, error: &std::io::Error) -> Text {
    say!("config-cannot_read", file = file.display().to_string(), why = operator::why(error))
}

/// Where the password is read when letters are sent: the credential that the service manager hands over, unless it is empty as the
/// unit's own stand-in is; else the file that is named; else `smtp-password` beside the configuration, from which the unit takes
/// the credential.
fn password_file(credential: Option<PathBuf>, named: Option<PathBuf>, folder: &Path) -> PathBuf {
    let says = |file: &PathBuf| plain_file::read(file).is_ok_and(|bytes| !bytes.trim_ascii().is_empty());
    let handed_over = credential.filter(says);
    handed_over.or(named).unwrap_or_else(|| folder.join(CREDENTIAL))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both documented ways, for daemon and shell: the credential goes first unless it is the unit's empty stand-in, then the named file,
    /// then the file of that name beside the configuration.
    #[test]
    fn the_credential_goes_before_the_named_file() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("handed"), "s3cret\n").unwrap();
        std::fs::write(at("empty"), "\n").unwrap();
        let (named, beside) = (at("named"), at(CREDENTIAL));
        let read = |credential: Option<&str>, named: Option<&PathBuf>| {
            password_file(credential.map(at), named.cloned(), folder.path())
        };
        assert_eq!(read(Some("handed"), Some(&named)), at("handed"));
        assert_eq!(read(Some("handed"), None), at("handed"));
        for none in [Some("empty"), Some("absent"), None] {
            assert_eq!(read(none, Some(&named)), named, "{none:?}");
            assert_eq!(read(none, None), beside, "{none:?}");
        }
    }
}
