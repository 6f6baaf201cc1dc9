//! A login that writes: for the demo alone, which plays the approval system on a real server. Nothing that reads a source leads here.

use chrono_tz::Asia::Shanghai;

use super::super::Over;
use super::super::watermark::Mark;
use super::fault::{Engine, ServerError};
use super::session::Session;
use super::{mysql, postgres};
use crate::domain::record::server::Server;

/// Whoever a database belongs to.
pub struct Owner(Box<dyn Session>);

impl Owner {
    /// Connects and logs in.
    ///
    /// # Errors
    /// When the server cannot be reached, or does not let us in.
    pub fn open(engine: Engine, server: &Server) -> Result<Self, ServerError> {
        let over = Over::default();
        Ok(Self(match engine {
            Engine::Postgres => Box::new(postgres::Postgres::open(server, Shanghai.name(), &over)?),
            Engine::MySql => Box::new(mysql::MySql::open(server, Shanghai, &over)?),
        }))
    }

    /// Runs a statement; what it gives.
    ///
    /// # Errors
    /// When the server refuses it.
    pub fn run(&mut self, sql: &str) -> Result<Vec<Vec<Option<String>>>, ServerError> {
        self.0.ask(sql)
    }

    /// A text as a statement has it.
    pub fn literal(&self, text: &str) -> String {
        self.0.literal(&Mark::Text(text.to_owned()))
    }
}
