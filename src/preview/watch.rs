//! Sees when something is saved. The system tells; where it cannot, or on a disk of another machine, the
//! files are looked at every now and then.

use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use notify::{EventKind, RecursiveMode, Watcher as _};

use super::stock::Keeper;

/// An editor writes a file in several steps; this much after the first of them all are done.
const TOGETHER: Duration = Duration::from_millis(40);
/// How often files are looked at where the system tells of changes, in case it misses one.
const SELDOM: Duration = Duration::from_secs(2);
/// How often where it tells of none.
const OFTEN: Duration = Duration::from_millis(300);

/// Follows what is on disk for as long as the program runs.
pub(super) fn watch(keeper: &Keeper) {
    let (told, heard) = mpsc::channel();
    let handler = move |event: notify::Result<notify::Event>| {
        // Our own reading is told of too.
        let read = event.as_ref().is_ok_and(|e| matches!(e.kind, EventKind::Access(access)
            if !matches!(access, notify::event::AccessKind::Close(notify::event::AccessMode::Write))));
        if !read {
            // Nobody listens any more: the program ends.
            let _ = told.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(handler).ok();
    let mut every = SELDOM;
    for root in keeper.roots() {
        let (folder, mode) = place(root);
        let followed = watcher.as_mut().is_some_and(|w| w.watch(folder, mode).is_ok());
        if !followed {
            every = OFTEN;
        }
    }
    loop {
        wait(&heard, every);
        keeper.look();
    }
}

/// Waits until it is time to look.
fn wait(heard: &Receiver<()>, every: Duration) {
    match heard.recv_timeout(every) {
        Ok(()) => {
            std::thread::sleep(TOGETHER);
            while heard.try_recv().is_ok() {}
        }
        Err(RecvTimeoutError::Timeout) => {}
        // Without a watcher there is no sender.
        Err(RecvTimeoutError::Disconnected) => std::thread::sleep(every),
    }
}

/// What is watched for a path: a file is often replaced by another of its name, so its folder is.
fn place(root: &Path) -> (&Path, RecursiveMode) {
    if root.is_dir() {
        return (root, RecursiveMode::Recursive);
    }
    let folder = root.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (folder, RecursiveMode::NonRecursive)
}
