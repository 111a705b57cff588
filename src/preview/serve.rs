//! The server: this machine alone, a bounded number of connections, one thread for each.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::http::{self, Refusal, Request};
use super::routes::Shop;
use super::stock::Keeper;
use super::{Error, Order, watch};
use crate::batch::guarded;

/// Ports that are tried first, so that the address is mostly the same.
const USUAL: [u16; 6] = [3000, 3001, 3002, 3003, 3004, 3005];
/// Most connections at once.
const MOST: usize = 64;
/// How often an open page is told that all is well, which also shows whether it is still there.
const BEAT: Duration = Duration::from_secs(15);

/// Where to listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// The first of a few that is free, else one that the system picks.
    Usual,
    /// This one; 0 lets the system pick.
    Of(u16),
}

/// A preview that is ready to be looked at.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    shop: Arc<Shop>,
}

impl Server {
    /// Reads what is to be shown, and takes a port of this machine.
    ///
    /// # Errors
    ///
    /// When something that was named is not there, or the port is taken.
    pub fn open(order: Order, port: Port) -> Result<Server, Error> {
        let keeper = Keeper::open(order)?;
        let on = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let usual = || USUAL.iter().find_map(|port| on(*port).ok());
        let (port, listener) = match port {
            Port::Of(port) => (port, on(port)),
            Port::Usual => (0, usual().map_or_else(|| on(0), Ok)),
        };
        let failed = |source| Error::Port { port, source };
        let listener = listener.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Server { listener, address, shop: Arc::new(Shop::new(keeper)) })
    }

    /// Returns where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the program ends.
    pub fn run(self) {
        let shop = Arc::clone(&self.shop);
        thread::spawn(move || watch::watch(&shop.keeper));
        let open = Arc::new(AtomicUsize::new(0));
        for stream in self.listener.incoming() {
            // One that went away before it was taken; or there are no descriptors left for a moment.
            let Ok(mut stream) = stream else {
                thread::sleep(Duration::from_millis(10));
                continue;
            };
            let place = Place::take(&open);
            if place.is_none() {
                // It may have gone already.
                let _ = http::refuse(&mut stream, Refusal::Busy)
                    .and_then(|()| close(&mut stream, 1, Duration::from_millis(20)));
                continue;
            }
            let (shop, port) = (Arc::clone(&self.shop), self.address.port());
            let worker = thread::Builder::new().spawn(move || {
                let _place = place;
                // Whoever asked has gone: nobody is left to be told.
                let _ = serve(&mut stream, &shop, port);
            });
            // Without a thread the connection closes, and the browser asks again.
            drop(worker);
        }
    }
}

/// A place among the connections, free again when it is dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(open: &Arc<AtomicUsize>) -> Option<Place> {
        let place = Place(Arc::clone(open));
        (open.fetch_add(1, Ordering::AcqRel) < MOST).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Answers one request.
fn serve(stream: &mut TcpStream, shop: &Shop, port: u16) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let answered = match http::read(stream, port) {
        Err(Refusal::Gone) => return Ok(()),
        Err(refusal) => Err(refusal),
        Ok(request) if request.path == "/events" => return follow(stream, shop, &request),
        // What a template makes of the strangest record stops that one answer alone.
        Ok(request) => guarded(|| shop.answer(&request)).unwrap_or(Err(Refusal::Failed)),
    };
    match answered {
        Ok(answer) => http::answer(stream, &answer)?,
        Err(refusal) => http::refuse(stream, refusal)?,
    }
    close(stream, 64, Duration::from_millis(200))
}

/// Closes a connection. What was sent and never read would otherwise take the answer with it.
fn close(stream: &mut TcpStream, pieces: usize, patience: Duration) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(patience))?;
    let mut rest = [0; 4096];
    for _ in 0..pieces {
        if stream.read(&mut rest)? == 0 {
            break;
        }
    }
    Ok(())
}

/// Tells an open page of each new version.
fn follow(stream: &mut TcpStream, shop: &Shop, request: &Request) -> io::Result<()> {
    http::events(stream)?;
    // A page that comes back says what it knew.
    let mut known = request.ask("known").parse().unwrap_or(0);
    loop {
        let version = shop.keeper.wait(known, BEAT);
        if version == known {
            stream.write_all(b": still here\n\n")?;
        } else {
            known = version;
            stream.write_all(format!("event: changed\ndata: {version}\n\n").as_bytes())?;
        }
    }
}
