//! The door for tests, benchmarks and fuzz targets, which stand outside the crate: what they name of it, under the paths that it has
//! inside, and no more. The program itself needs [`crate::cli::run`] and what that returns. What is not named here and that nobody
//! uses inside is dead, and the compiler says so.

/// The law.
pub mod domain {
    pub use crate::domain::{card_action, finding, moment, now, plan, season, silence};

    /// A card, and how a rule gives one.
    pub mod card {
        pub use crate::domain::card::Mode;
    }
    /// What is known of a case when it is judged.
    pub mod case_file {
        pub use crate::domain::case_file::CaseFile;
    }
    /// One limit running on one case.
    pub mod clock {
        pub use crate::domain::clock::read;
    }
    /// Counting.
    pub mod count {
        pub use crate::domain::count::OfficeHours;
    }
    /// What was erased.
    pub mod erased {
        /// What stays.
        pub mod stays {
            pub use crate::domain::erased::stays::Stays;
        }
    }
    /// Letters.
    pub mod letter {
        pub use crate::domain::letter::{
            Address, Attachment, Letter, LetterContext, Mailer, Outcome, address, alert, example, relay,
        };
        /// What is told.
        pub mod news {
            pub use crate::domain::letter::news::News;
        }
        /// Pages of letters.
        pub mod page {
            pub use crate::domain::letter::page::Pages;
        }
        /// Whom a letter reaches.
        pub mod reach {
            pub use crate::domain::letter::reach::Reach;
        }
    }
    /// A limit.
    pub mod limit {
        pub use crate::domain::limit::Limit;
    }
    /// What a source says.
    pub mod record {
        pub use crate::domain::record::{Batch, chronological};
        /// Where a source is.
        pub mod connection {
            pub use crate::domain::record::connection::Connection;
        }
        /// How a source is read.
        pub mod mapping {
            pub use crate::domain::record::mapping::SourceSpec;
        }
        /// A server.
        pub mod server {
            pub use crate::domain::record::server::{Server, ServerTls};
        }
    }
    /// The rules.
    pub mod rules {
        pub use crate::domain::rules::{OWN, RULES, Rule, name};
    }
    /// Cases drawn for inspection.
    pub mod sample {
        pub use crate::domain::sample::lot;
    }
    /// Words.
    pub mod text {
        pub use crate::domain::text::{Language, Text};
    }
}

/// The world.
pub mod edge {
    /// The machine's clock.
    pub mod clock {
        pub use crate::edge::clock::SystemClock;
    }
    /// The configuration.
    pub mod config {
        pub use crate::edge::config::{Problems, load};
        /// The calendar.
        pub mod calendar {
            pub use crate::edge::config::calendar::{embedded, parse};
        }
    }
    /// The ledger.
    pub mod ledger {
        pub use crate::edge::ledger::{Done, Erasure, Ledger, LedgerError, NotDone, Person, Tally, Whose};
    }
    /// Mail.
    pub mod notify {
        pub use crate::edge::notify::{mime, open};
    }
    /// Reports.
    pub mod report {
        /// Workbooks.
        pub mod xlsx {
            pub use crate::edge::report::xlsx::workbook;
        }
    }
    /// Sources.
    pub mod source {
        pub use crate::edge::source::{Cursors, Reading, Source, SourceError, looked_at, open, within};
    }
}

/// A round.
pub mod round {
    pub use crate::round::{Watch, deliver, read_on, run};
}

/// What a round works with.
pub mod service {
    pub use crate::service::{Service, load};
}
