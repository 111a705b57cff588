//! A client that says exactly what it is told to.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// Where a preview listens.
pub(super) struct Client {
    pub(super) address: SocketAddr,
}

/// An answer.
pub(super) struct Heard {
    /// 0 where there was none.
    pub(super) status: u16,
    head: String,
    pub(super) body: Vec<u8>,
}

impl Heard {
    /// A header; empty where it is not there.
    pub(super) fn header(&self, name: &str) -> String {
        let lines = self.head.lines().filter_map(|l| l.split_once(": "));
        lines
            .filter(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.to_owned())
            .next()
            .unwrap_or_default()
    }
}

impl Client {
    pub(super) fn raw(&self, request: &[u8]) -> Heard {
        let mut stream = TcpStream::connect(self.address).unwrap();
        // A request that is refused half way is not read to its end.
        let _ = stream.write_all(request);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        heard(&mut stream)
    }

    pub(super) fn get(&self, target: &str) -> Heard {
        let host = self.address;
        self.raw(format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())
    }

    pub(super) fn json(&self, target: &str) -> Value {
        let heard = self.get(target);
        assert_eq!(heard.status, 200, "{target}: {}", String::from_utf8_lossy(&heard.body));
        serde_json::from_slice(&heard.body).unwrap()
    }
}

/// Reads an answer to its end.
pub(super) fn heard(stream: &mut TcpStream) -> Heard {
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    let end = all.windows(4).position(|w| w == b"\r\n\r\n").map_or(all.len(), |n| n + 4);
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    Heard { status, head, body: all[end..].to_vec() }
}

/// The events of an open page.
pub(super) struct Events {
    lines: std::io::Lines<BufReader<TcpStream>>,
}

impl Events {
    pub(super) fn open(client: &Client) -> Events {
        let mut stream = TcpStream::connect(client.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let host = client.address;
        stream
            .write_all(format!("GET /events HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes())
            .unwrap();
        Events { lines: BufReader::new(stream).lines() }
    }

    /// Waits for the next version.
    pub(super) fn next(&mut self) -> u64 {
        loop {
            let line = self.lines.next().expect("the page stays open").expect("an event comes");
            if let Some(version) = line.strip_prefix("data: ") {
                return version.parse().unwrap();
            }
        }
    }
}

/// Text within a question.
pub(super) fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }
        })
        .collect()
}
