//! As much of HTTP as one page on one machine needs: a request is a line and some headers, read within a
//! bound of size and time; an answer closes the connection.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Largest request, with all its headers.
const LARGEST: usize = 8 * 1024;
/// Most headers.
const MOST: usize = 64;
/// How long a request may take to come in.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a reader may take for a piece of the answer.
const SLOWEST: Duration = Duration::from_secs(10);

/// What every answer says: nothing from elsewhere, nothing kept, nothing guessed.
const ALWAYS: &str = "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
                      img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'\r\n\
                      X-Content-Type-Options: nosniff\r\n\
                      X-Frame-Options: DENY\r\n\
                      Referrer-Policy: no-referrer\r\n\
                      Cross-Origin-Resource-Policy: same-origin\r\n\
                      Cross-Origin-Opener-Policy: same-origin\r\n\
                      Cache-Control: no-store\r\n";

/// A request, as far as it matters here.
#[derive(Debug, Default)]
pub(super) struct Request {
    /// Path without the question.
    pub(super) path: String,
    /// Names and values of the question.
    pub(super) query: Vec<(String, String)>,
}

impl Request {
    /// Returns a value of the question; empty where there is none.
    pub(super) fn ask(&self, name: &str) -> &str {
        self.query.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
    }
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no HTTP, or says something twice.
    Malformed,
    /// It is too large.
    TooLarge,
    /// It took too long.
    TooSlow,
    /// It wants to do more than read.
    NotGet,
    /// It was meant for another machine, or comes from the page of another.
    Foreign,
    /// There is nothing of that name.
    NotFound,
    /// Too many are being answered.
    Busy,
    /// Something went wrong here.
    Failed,
    /// The other side has gone.
    Gone,
}

impl Refusal {
    fn status(self) -> &'static str {
        match self {
            Refusal::Malformed | Refusal::Gone => "400 Bad Request",
            Refusal::TooLarge => "431 Request Header Fields Too Large",
            Refusal::TooSlow => "408 Request Timeout",
            Refusal::NotGet => "405 Method Not Allowed\r\nAllow: GET",
            Refusal::Foreign => "403 Forbidden",
            Refusal::NotFound => "404 Not Found",
            Refusal::Busy => "503 Service Unavailable",
            Refusal::Failed => "500 Internal Server Error",
        }
    }

    fn says(self) -> &'static str {
        match self {
            Refusal::Malformed | Refusal::Gone => "This request cannot be read.",
            Refusal::TooLarge => "This request is too large.",
            Refusal::TooSlow => "This request took too long.",
            Refusal::NotGet => "Nothing can be changed here.",
            Refusal::Foreign => {
                "This page is for this machine alone; open the address that was printed."
            }
            Refusal::NotFound => "There is nothing of this name here.",
            Refusal::Busy => "Too much is open at once; close some of it.",
            Refusal::Failed => "Something went wrong here; look at another case.",
        }
    }
}

/// Reads a request that must be meant for this machine and this port.
pub(super) fn read(stream: &mut TcpStream, port: u16) -> Result<Request, Refusal> {
    let head = head(stream)?;
    let head = std::str::from_utf8(&head).map_err(|_| Refusal::Malformed)?;
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Refusal::Malformed);
    };
    let headers = headers(lines)?;
    let one = |name: &str| -> Result<Option<&str>, Refusal> {
        let mut found = headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name));
        let first = found.next().map(|(_, value)| *value);
        if found.next().is_some() { Err(Refusal::Malformed) } else { Ok(first) }
    };
    let own = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
    let is_own = |host: &str| own.iter().any(|o| o.eq_ignore_ascii_case(host));
    if !one("host")?.is_some_and(is_own) {
        return Err(Refusal::Foreign);
    }
    // A browser says which page a request comes from; a page of another site may not even look.
    let from = one("origin")?;
    if !from.is_none_or(|from| from.strip_prefix("http://").is_some_and(is_own)) {
        return Err(Refusal::Foreign);
    }
    if !matches!(one("sec-fetch-site")?, None | Some("same-origin" | "none")) {
        return Err(Refusal::Foreign);
    }
    if method != "GET" {
        return Err(Refusal::NotGet);
    }
    if one("transfer-encoding")?.is_some() || !matches!(one("content-length")?, None | Some("0")) {
        return Err(Refusal::Malformed);
    }
    question(target).ok_or(Refusal::Malformed)
}

/// Reads up to the empty line. What follows it is not looked at.
fn head(stream: &mut TcpStream) -> Result<Vec<u8>, Refusal> {
    let start = Instant::now();
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    loop {
        if let Some(end) = head.windows(4).position(|w| w == b"\r\n\r\n") {
            head.truncate(end);
            return Ok(head);
        }
        if head.len() >= LARGEST {
            return Err(Refusal::TooLarge);
        }
        let left = PATIENCE.saturating_sub(start.elapsed());
        if left.is_zero() {
            return Err(Refusal::TooSlow);
        }
        stream.set_read_timeout(Some(left)).map_err(|_| Refusal::Gone)?;
        match stream.read(&mut piece) {
            Ok(0) => return Err(Refusal::Gone),
            Ok(n) => head.extend_from_slice(piece.get(..n).unwrap_or_default()),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            // Both are what systems say when the time is up.
            Err(e) if matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                return Err(Refusal::TooSlow);
            }
            Err(_) => return Err(Refusal::Gone),
        }
    }
}

fn headers<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Vec<(&'a str, &'a str)>, Refusal> {
    let mut headers = Vec::new();
    for line in lines {
        if headers.len() == MOST {
            return Err(Refusal::TooLarge);
        }
        let (name, value) = line.split_once(':').ok_or(Refusal::Malformed)?;
        let is_name = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if name.is_empty() || !name.bytes().all(is_name) {
            return Err(Refusal::Malformed);
        }
        headers.push((name, value.trim()));
    }
    Ok(headers)
}

/// Splits what is asked for into path and question.
fn question(target: &str) -> Option<Request> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((plain(name)?, plain(value)?))
    });
    Some(Request { path: path.to_owned(), query: pairs.collect::<Option<_>>()? })
}

/// Turns `%2F` and `+` back into what they stand for.
fn plain(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

/// An answer that is all there.
#[derive(Debug)]
pub(super) struct Answer {
    /// What it is, as `text/css; charset=utf-8`.
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
    /// Name to save it under; empty to show it.
    pub(super) save_as: String,
}

/// Writes an answer.
pub(super) fn answer(stream: &mut TcpStream, answer: &Answer) -> io::Result<()> {
    let save = match answer.save_as.as_str() {
        "" => String::new(),
        name => format!("Content-Disposition: attachment; filename=\"{}\"\r\n", safe(name)),
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\n{ALWAYS}Content-Type: {}\r\nContent-Length: {}\r\n{save}Connection: close\r\n\r\n",
        answer.kind,
        answer.body.len()
    );
    stream.set_write_timeout(Some(SLOWEST))?;
    stream.write_all(head.as_bytes())?;
    stream.write_all(&answer.body)
}

/// Says why there is no answer.
pub(super) fn refuse(stream: &mut TcpStream, refusal: Refusal) -> io::Result<()> {
    let says = refusal.says();
    let text = format!(
        "HTTP/1.1 {}\r\n{ALWAYS}Content-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{says}\n",
        refusal.status(),
        says.len() + 1,
    );
    stream.set_write_timeout(Some(SLOWEST))?;
    stream.write_all(text.as_bytes())
}

/// Begins an answer that goes on for as long as the page is open.
pub(super) fn events(stream: &mut TcpStream) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 200 OK\r\n{ALWAYS}Content-Type: text/event-stream\r\nConnection: close\r\n\r\nretry: 500\n\n"
    );
    stream.set_write_timeout(Some(SLOWEST))?;
    stream.write_all(head.as_bytes())
}

/// A file name that cannot end its header.
fn safe(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    name.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_taken_apart() {
        let request = question("/view.json?case=own%3Aa%20b%2Fc&day=&x").unwrap();
        assert_eq!(request.path, "/view.json");
        assert_eq!(
            (request.ask("case"), request.ask("day"), request.ask("y")),
            ("own:a b/c", "", "")
        );
        assert!(question("/?a=%zz").is_none() && question("/?a=%f").is_none());
        assert!(question("/?a=%ff").is_none(), "no UTF-8");
    }

    #[test]
    fn a_name_cannot_end_its_header() {
        assert_eq!(safe("a\"\r\nX: y/../b.pdf"), "a___X__y_.._b.pdf");
    }
}
