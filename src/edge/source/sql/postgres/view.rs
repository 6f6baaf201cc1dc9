//! A view of the whole database, and the settings that last as long as it does.

use std::fmt::Write;

use super::super::fault::ServerError;
use super::Postgres;
use super::notation::text;

/// How long we wait for a lock that somebody else holds, in milliseconds.
const LOCK: u32 = 5_000;

impl Postgres {
    /// Begins a view, with our own limits and ways of writing.
    pub(super) fn open_view(&mut self) -> Result<(), ServerError> {
        const BEGIN: &str = "begin isolation level repeatable read read only";
        self.talk.limits_itself = false;
        self.run(BEGIN)?;
        // Alone and first: the limit that the login brings along may leave no time for anything more.
        match self.run(&format!("set local statement_timeout = {}", self.timeout)) {
            Ok(()) => self.talk.limits_itself = true,
            Err(error) if error.is_of_statement() => {
                self.talk.await_question()?;
                self.run("rollback")?;
                self.run(BEGIN)?;
            }
            Err(error) => return Err(error),
        }
        self.run(&self.settings())
    }

    /// Whether texts come in the bytes that the server keeps.
    pub(super) fn bytes_as_they_are(&self) -> bool {
        ["SQL_ASCII", "UTF8", ""].contains(&self.talk.keeps_in.as_str())
    }

    /// The settings of a session last until its transaction ends, so that a pooler may hand it on. Those that this server does not
    /// have are left out.
    fn settings(&self) -> String {
        let encoding = if self.bytes_as_they_are() { "SQL_ASCII" } else { "UTF8" };
        let (lock, hold) = (LOCK.to_string(), (self.hold + self.timeout).to_string());
        let wanted = [
            ("lock_timeout", lock.as_str()),
            // Should we be gone, the server does not hold the view for ever.
            ("idle_in_transaction_session_timeout", &hold),
            ("timezone", &self.zone),
            ("datestyle", "ISO, YMD"),
            ("bytea_output", "hex"),
            ("client_encoding", encoding),
            // As it is from home.
            ("extra_float_digits", ""),
        ];
        let mut sql = "set local standard_conforming_strings = on; \
                       select pg_catalog.set_config(s.name, coalesce(nullif(v.value, ''), s.boot_val), true) from pg_catalog.pg_settings s join (values "
            .to_owned();
        for (at, (name, value)) in wanted.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            // A text can always be written to.
            let _ = write!(sql, "{comma}({}, {})", text(name), text(value));
        }
        sql + ") as v(name, value) on pg_catalog.lower(s.name) = v.name"
    }
}
