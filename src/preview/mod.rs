//! A local page for whoever edits templates: the letter of a case as it reads, its pages as they will be
//! printed, the ruling it rests on, and where each paragraph comes from. It follows every save.
//!
//! The page is served to this machine alone. Nothing in a request names a file: a case is looked up in a
//! list, a page among those that were drawn. Where something is faulty, the last version that was good stays
//! on the page, with the fault beside it.
//!
//! A save is seen by `watch`, what it touched is read again by `stock`, and every open page is told; it
//! then asks for the letter first, and for the pages and the origin of each line after it.

mod cases;
mod fault;
mod html;
mod http;
mod names;
mod origin;
mod prints;
mod routes;
mod serve;
mod stock;
mod view;
mod watch;

use std::io;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::{law, letter};

pub use html::html;
pub use serve::{Port, Server};

/// What is to be shown.
#[derive(Clone, Debug)]
pub struct Order {
    /// A record or a folder of them, shown before the cases that ship.
    pub records: Option<PathBuf>,
    /// Templates that go before the built-in ones.
    pub templates: Option<PathBuf>,
    /// Packs of law that go before the built-in ones.
    pub law: Option<PathBuf>,
    /// Fonts beside the built-in ones.
    pub fonts: Option<PathBuf>,
    /// The day that every case is looked at, unless the page asks for another.
    pub as_of: Option<NaiveDate>,
    /// Says what day it is where the coverage was issued; rooms below the command line do not know.
    pub today: fn(Option<&str>) -> NaiveDate,
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder that was named is not there.
    #[error("cannot read {}", path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The law that ships cannot be read, which a test excludes.
    #[error(transparent)]
    Law(#[from] law::Error),
    /// The templates that ship cannot be read, which a test excludes.
    #[error(transparent)]
    Letter(#[from] letter::Error),
    /// The port is taken, or there is none.
    #[error("cannot listen on port {port} of this machine; try another, or leave --port out")]
    Port {
        /// The port asked for.
        port: u16,
        /// Why not.
        source: io::Error,
    },
}
