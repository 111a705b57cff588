//! Everything that can be asked for, by its one name.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde::Serialize;

use super::http::{Answer, Refusal, Request};
use super::origin::origin;
use super::prints::Prints;
use super::stock::{Keeper, lock};
use super::view::{Ask, Good, view};

/// Most answers that are remembered for when something is faulty.
const REMEMBERED: usize = 64;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const JSON: &str = "application/json";

/// What answers are made from.
#[derive(Debug)]
pub(super) struct Shop {
    pub(super) keeper: Keeper,
    prints: Prints,
    /// The last good answer to each question of late.
    good: Mutex<BTreeMap<Ask, Good>>,
}

impl Shop {
    pub(super) fn new(keeper: Keeper) -> Shop {
        Shop { keeper, prints: Prints::default(), good: Mutex::default() }
    }

    /// Answers a request. The names are all there are, and none is that of a file on disk.
    pub(super) fn answer(&self, request: &Request) -> Result<Answer, Refusal> {
        match request.path.as_str() {
            "/" => shown(HTML, include_bytes!("page/index.html")),
            "/page.css" => shown(CSS, include_bytes!("page/page.css")),
            "/page.js" => shown(SCRIPT, include_bytes!("page/page.js")),
            "/icon.svg" => shown("image/svg+xml", include_bytes!("page/icon.svg")),
            "/cases.json" => {
                let stock = self.keeper.stock();
                json(&stock.cases.iter().map(|c| c.listed()).collect::<Vec<_>>())
            }
            "/view.json" => self.view(&ask(request)?),
            "/pages.json" => json(&self.prints.print(&self.keeper.stock(), &ask(request)?)),
            "/origin.json" => json(&origin(&self.keeper.stock(), &ask(request)?)),
            "/page.png" => self.page(request),
            "/letter.pdf" => {
                let print = self.prints.get(number(request, "print")?).ok_or(Refusal::NotFound)?;
                let save_as = format!("{}.pdf", print.stem);
                Ok(Answer { kind: "application/pdf", body: print.bytes.clone(), save_as })
            }
            _ => Err(Refusal::NotFound),
        }
    }

    fn view(&self, ask: &Ask) -> Result<Answer, Refusal> {
        let last = lock(&self.good).get(ask).cloned();
        let view = view(&self.keeper.stock(), ask, last);
        if view.is_good() {
            let mut good = lock(&self.good);
            if good.len() >= REMEMBERED {
                good.clear();
            }
            // The page asks again by the name of the letter that it was given.
            let named = Ask { letter: view.good.letter.clone(), ..ask.clone() };
            good.insert(named, view.good.clone());
            good.insert(ask.clone(), view.good.clone());
        }
        json(&view)
    }

    fn page(&self, request: &Request) -> Result<Answer, Refusal> {
        let print = self.prints.get(number(request, "print")?).ok_or(Refusal::NotFound)?;
        let index = usize::try_from(number(request, "page")?).map_err(|_| Refusal::NotFound)?;
        let page = print.page(index).ok_or(Refusal::NotFound)?;
        Ok(Answer { kind: "image/png", body: page.to_vec(), save_as: String::new() })
    }
}

fn shown(kind: &'static str, body: &[u8]) -> Result<Answer, Refusal> {
    Ok(Answer { kind, body: body.to_vec(), save_as: String::new() })
}

fn json(value: &impl Serialize) -> Result<Answer, Refusal> {
    let body = serde_json::to_vec(value).map_err(|_| Refusal::Failed)?;
    Ok(Answer { kind: JSON, body, save_as: String::new() })
}

fn ask(request: &Request) -> Result<Ask, Refusal> {
    let as_of = match request.ask("day") {
        "" => None,
        day => Some(day.parse().map_err(|_| Refusal::Malformed)?),
    };
    let (case, letter) = (request.ask("case").to_owned(), request.ask("letter").to_owned());
    Ok(Ask { case, letter, as_of })
}

fn number(request: &Request, name: &str) -> Result<u64, Refusal> {
    request.ask(name).parse().map_err(|_| Refusal::NotFound)
}
