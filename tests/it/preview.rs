//! The preview, asked as a browser asks: over a socket.

#[path = "preview/client.rs"]
mod client;

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use appeal::packet;
use appeal::preview::{Order, Port, Server};
use appeal::samples;
use chrono::NaiveDate;
use serde_json::Value;
use tempfile::TempDir;

use client::{Client, Events, Heard};

const CASE: &str = "shipped:kaiser-outside-surgeon";
/// A whole letter, as short as one can be.
const SHORT: &str = "# Grievance\n\nShort and sweet for {{ member.name }}.\n";

fn order() -> Order {
    fn today(_: Option<&str>) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
    }
    Order { records: None, templates: None, law: None, fonts: None, as_of: None, today }
}

/// Serves on a port that the system picks, until the tests are over.
fn serve(order: Order) -> Client {
    let server = Server::open(order, Port::Of(0)).unwrap();
    let client = Client { address: server.address() };
    std::thread::spawn(move || server.run());
    client
}

/// A folder of templates with a letter of its own, and a preview of it.
fn with_template(text: &str) -> (TempDir, PathBuf, Client) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("letters")).unwrap();
    let file = folder.path().join("letters/grievance.md");
    fs::write(&file, text).unwrap();
    let client = serve(Order { templates: Some(folder.path().to_owned()), ..order() });
    (folder, file, client)
}

fn view(client: &Client, case: &str) -> Value {
    client.json(&format!("/view.json?case={}&letter=", client::escaped(case)))
}

/// What `text` says below a pointer.
fn text<'a>(value: &'a Value, at: &str) -> &'a str {
    value.pointer(at).and_then(Value::as_str).unwrap_or_else(|| panic!("no {at} in {value}"))
}

#[test]
fn the_page_asks_for_nothing_from_elsewhere() {
    let client = serve(order());
    for (path, kind) in [
        ("/", "text/html"),
        ("/page.css", "text/css"),
        ("/page.js", "text/javascript"),
        ("/icon.svg", "image/svg+xml"),
    ] {
        let heard = client.get(path);
        assert_eq!(heard.status, 200, "{path}");
        assert!(heard.header("content-type").starts_with(kind), "{path}");
        let policy = heard.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        assert_eq!(heard.header("x-content-type-options"), "nosniff");
        assert_eq!(heard.header("referrer-policy"), "no-referrer");
        assert_eq!(heard.header("cache-control"), "no-store");
        let body = heard.text().replace("http://www.w3.org/2000/svg", "");
        assert!(
            !body.contains("http:") && !body.contains("https:") && !body.contains("//cdn"),
            "{path}"
        );
        assert!(!body.contains(" style=") && !body.contains(" onclick="), "{path}");
    }
}

#[test]
fn a_case_has_its_ruling_its_letter_its_pages_and_its_names() {
    let client = serve(order());
    let cases = client.json("/cases.json");
    assert_eq!(cases.as_array().unwrap().len(), samples::shipped().len());
    let shown = view(&client, CASE);
    let sample = samples::shipped().into_iter().find(|s| CASE.ends_with(&s.name)).unwrap();
    let law = appeal::law::Law::builtin().unwrap();
    let posed = sample.pose(&law, sample.as_of.unwrap()).unwrap();
    assert_eq!(text(&shown, "/text"), packet::text(&posed.case.record, &posed.disputes));
    assert_eq!(text(&shown, "/rulings/0/stage"), posed.disputes[0].ruling.stage);
    assert_eq!(shown["letters"].as_array().unwrap().len(), posed.letters().len());
    assert_eq!(shown["faults"], serde_json::json!([]));
    assert!(text(&shown, "/papers/0/html").starts_with("<h3 "), "{shown}");

    let asked = client::escaped(CASE);
    let printed =
        client.json(&format!("/pages.json?case={asked}&letter={}", text(&shown, "/letter")));
    let (id, pages) =
        (&printed["prints"][0]["id"], printed["prints"][0]["pages"].as_u64().unwrap());
    let first = client.get(&format!("/page.png?print={id}&page=0"));
    assert_eq!(&first.body[..8], b"\x89PNG\r\n\x1a\n");
    let width = u32::from_be_bytes(first.body[16..20].try_into().unwrap());
    assert!(width > 1000, "{width}");
    assert_ne!(first.body, client.get(&format!("/page.png?print={id}&page=1")).body);
    assert_eq!(client.get(&format!("/page.png?print={id}&page={pages}")).status, 404);

    let letters = posed.letters();
    let (templates, fonts) =
        (appeal::letter::Templates::builtin().unwrap(), appeal::layout::Fonts::builtin());
    let press = packet::Press {
        templates: &templates,
        fonts: &fonts,
        pdf: Some(appeal::pdf::Engine::default()),
        draft: true,
    };
    let stages = [letters[0].stage.id.clone()];
    let papers = packet::papers(&posed.case.record, letters[0].dispute, &stages, &press).unwrap();
    let pdf = client.get(&format!("/letter.pdf?print={id}"));
    assert_eq!(pdf.body, papers[0].pdf.as_ref().unwrap().bytes, "the PDF that `write` makes");
    let named = format!("attachment; filename=\"{}.pdf\"", papers[0].stem);
    assert_eq!(pdf.header("content-disposition"), named);

    let origin = client.json(&format!("/origin.json?case={asked}&letter="));
    let names = origin["names"].as_array().unwrap();
    let member = names.iter().find(|n| n["name"] == "member.name").unwrap();
    assert_eq!(member["value"], posed.case.record.member.name.clone().unwrap());
    let first = origin["papers"][0][0].as_array().unwrap();
    let made =
        first.iter().map(|n| &origin["sources"][usize::try_from(n.as_u64().unwrap()).unwrap()]);
    let made: Vec<String> = made.map(|s| format!("{}:{}", text(s, "/file"), s["line"])).collect();
    let source = templates.source("builtin/letters/grievance.md").unwrap();
    let line = source.lines().position(|l| l.contains("block title")).unwrap() + 1;
    let place = format!("letters/grievance.md:{line}");
    assert!(made.iter().any(|m| m.ends_with(&place)), "{place} in {made:?}");
}

#[test]
fn another_day_gives_another_ruling() {
    let client = serve(order());
    let asked = client::escaped(CASE);
    let of = |day: &str| client.json(&format!("/view.json?case={asked}&letter=&day={day}"));
    assert_eq!(of("2026-11-25")["as_of"], "2026-11-25");
    assert_ne!(of("2026-11-25")["text"], of("2029-11-25")["text"]);
    assert_eq!(client.get(&format!("/view.json?case={asked}&day=soon")).status, 400);
}

#[test]
fn a_saved_template_reaches_the_page() {
    let (_folder, file, client) = with_template(SHORT);
    let mut events = Events::open(&client);
    events.next();
    assert!(text(&view(&client, CASE), "/papers/0/html").contains("Short and sweet"));
    fs::write(&file, SHORT.replace("Short and sweet", "Long and thorough")).unwrap();
    events.next();
    assert!(text(&view(&client, CASE), "/papers/0/html").contains("Long and thorough"));
}

#[test]
fn a_fault_stands_over_the_last_good_letter_until_it_is_mended() {
    let (_folder, file, client) = with_template(SHORT);
    let mut events = Events::open(&client);
    events.next();
    view(&client, CASE);
    let asked = client::escaped(CASE);
    let pages = || client.json(&format!("/pages.json?case={asked}&letter="));
    let good = pages();
    for (broken, message) in [
        ("# Grievance\n\nFor {{ member.nmae }}.\n", "nmae"),
        ("# Grievance\n\nFor {{ member.name .\n", ""),
        ("# Grievance\n\nFor {{ member.name | shout }}.\n", "shout"),
    ] {
        fs::write(&file, broken).unwrap();
        events.next();
        let shown = view(&client, CASE);
        assert!(text(&shown, "/papers/0/html").contains("Short and sweet"), "{shown}");
        assert!(text(&shown, "/text").contains("as of"), "{shown}");
        let fault = &shown["faults"][0];
        assert!(text(fault, "/message").contains(message), "{fault}");
        assert_eq!(Path::new(text(fault, "/file")), file, "{fault}");
        assert_eq!(fault["line"], 3, "{fault}");
        assert!(fault["column"].as_u64().unwrap() > 4, "{fault}");
        assert!(text(fault, "/report").contains("member."), "the line itself: {fault}");
        assert_eq!(pages()["prints"], good["prints"], "the last good pages stay");
    }
    fs::write(&file, SHORT).unwrap();
    events.next();
    assert_eq!(view(&client, CASE)["faults"], serde_json::json!([]));
}

#[test]
fn a_fault_in_a_record_or_in_the_law_names_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (records, law) = (folder.path().join("records"), folder.path().join("law"));
    fs::create_dir(&records).unwrap();
    fs::create_dir(&law).unwrap();
    let good = fs::read_to_string("fixtures/cases/kaiser-outside-surgeon/record.toml").unwrap();
    fs::write(records.join("ana.toml"), &good).unwrap();
    let (own, packs) = (Some(records.clone()), Some(law.clone()));
    let client = serve(Order { records: own, law: packs, ..order() });
    let mut events = Events::open(&client);
    events.next();
    let cases = client.json("/cases.json");
    assert_eq!((&cases[0]["name"], &cases[0]["own"]), (&"ana.toml".into(), &true.into()));
    let id = text(&cases[0], "/id").to_owned();
    let before = view(&client, &id);
    assert_eq!(before["faults"], serde_json::json!([]));

    fs::write(records.join("ana.toml"), good.replace("funding", "fundign")).unwrap();
    events.next();
    let shown = view(&client, &id);
    let fault = &shown["faults"][0];
    let line = good.lines().position(|l| l.starts_with("funding")).unwrap() + 1;
    assert_eq!((&fault["line"], &fault["column"]), (&line.into(), &1.into()), "{fault}");
    assert!(text(fault, "/report").contains("fundign"), "{fault}");
    assert_eq!(shown["papers"], before["papers"], "the last good letter stays");
    fs::write(records.join("ana.toml"), &good).unwrap();
    events.next();
    assert_eq!(view(&client, &id)["papers"], before["papers"]);

    fs::write(law.join("us-xx.toml"), "schema = \"appeal-pack/1\"\n[pack\n").unwrap();
    events.next();
    let shown = view(&client, &id);
    assert_eq!(text(&shown, "/faults/0/title"), "A pack of law has a fault");
    assert_eq!(shown["faults"][0]["line"], 2, "{shown}");
    assert_eq!(shown["papers"], before["papers"], "ruled on by the last good law");
    fs::remove_file(law.join("us-xx.toml")).unwrap();
    events.next();
    assert_eq!(view(&client, &id)["faults"], serde_json::json!([]));
}

#[test]
fn a_request_meant_for_another_or_sent_by_another_is_refused() {
    let client = serve(order());
    let port = client.address.port();
    let with = |host: &str, more: &str| {
        client.raw(format!("GET /cases.json HTTP/1.1\r\n{host}{more}\r\n").as_bytes())
    };
    let own = format!("Host: 127.0.0.1:{port}\r\n");
    for host in [
        own.clone(),
        format!("Host: localhost:{port}\r\n"),
        format!("host: LOCALHOST:{port}\r\n"),
        format!("Host: [::1]:{port}\r\n"),
    ] {
        assert_eq!(with(&host, "").status, 200, "{host}");
    }
    for host in [
        "Host: evil.example\r\n".to_owned(),
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: localhost.evil.example:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        format!("Host: 127.0.0.1:{}\r\n", port.wrapping_add(1)),
        format!("Host: 127.0.0.2:{port}\r\n"),
        String::new(),
    ] {
        let heard = with(&host, "");
        assert_eq!(heard.status, 403, "{host}");
        assert!(!heard.text().contains("kaiser"), "{host}");
    }
    assert_eq!(with(&own, &own).status, 400, "two hosts");
    for (more, status) in [
        (format!("Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n"), 200),
        ("Sec-Fetch-Site: none\r\n".to_owned(), 200),
        ("Origin: http://evil.example\r\n".to_owned(), 403),
        ("Origin: null\r\n".to_owned(), 403),
        (format!("Origin: https://127.0.0.1:{port}\r\n"), 403),
        ("Sec-Fetch-Site: cross-site\r\n".to_owned(), 403),
        ("Sec-Fetch-Site: same-site\r\n".to_owned(), 403),
    ] {
        assert_eq!(with(&own, &more).status, status, "{more}");
    }
}

#[test]
fn only_reading_is_allowed() {
    let client = serve(order());
    let host = format!("Host: 127.0.0.1:{}\r\n", client.address.port());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "CONNECT"] {
        let heard = client.raw(format!("{method} / HTTP/1.1\r\n{host}\r\n").as_bytes());
        assert_eq!((heard.status, heard.header("allow")), (405, "GET".to_owned()), "{method}");
    }
    for odd in [
        "GET / HTTP/1.1\r\nContent-Length: 3\r\n",
        "GET / HTTP/2\r\n",
        "GET /\r\n",
        "GET  / HTTP/1.1\r\n",
    ] {
        assert_eq!(client.raw(format!("{odd}{host}\r\n").as_bytes()).status, 400, "{odd}");
    }
}

#[test]
fn nothing_outside_the_list_is_served() {
    let client = serve(order());
    for path in [
        "/Cargo.toml",
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/page.css/../Cargo.toml",
        "//etc/passwd",
        "/page/page.css",
        "/index.html",
        "/page.png?print=../../etc/passwd&page=0",
        "/page.png?print=999&page=0",
        "/letter.pdf?print=-1",
        "http://evil.example/",
        "/\u{0}",
    ] {
        assert_eq!(client.get(path).status, 404, "{path}");
    }
    for case in
        ["../Cargo.toml", "/etc/passwd", "own:/etc/passwd", "own:Cargo.toml", "shipped:../x", ""]
    {
        let shown = view(&client, case);
        assert_eq!(text(&shown, "/faults/0/title"), "There is no such case", "{case}");
        assert_eq!(
            (&shown["papers"], text(&shown, "/text")),
            (&serde_json::json!([]), ""),
            "{case}"
        );
    }
}

#[test]
fn a_record_with_script_in_every_field_shows_it_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    let record = fs::read_to_string("fixtures/cases/hostile-record/record.toml").unwrap();
    let record = record.replace("*b* _i_", hostile);
    assert!(record.matches(hostile).count() > 40);
    let file = folder.path().join("x.toml");
    fs::write(&file, record).unwrap();
    let client = serve(Order { records: Some(file), ..order() });
    let id = client.json("/cases.json")[0]["id"].as_str().unwrap().to_owned();
    let shown = view(&client, &id);
    assert_eq!(shown["faults"], serde_json::json!([]));
    let tags = |html: &str| -> Vec<String> {
        let after = html.split('<').skip(1);
        after
            .map(|t| {
                t.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect()
            })
            .collect()
    };
    let known = [
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "br",
        "ol",
        "ul",
        "li",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "em",
        "strong",
        "blockquote",
        "hr",
        "span",
    ];
    let html = text(&shown, "/papers/0/html");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    let strange: Vec<String> =
        tags(html).into_iter().filter(|t| !known.contains(&t.as_str())).collect();
    assert_eq!(strange, [] as [String; 0], "{html}");
    for heard in [
        client.get(&format!("/view.json?case={}&letter=", client::escaped(&id))),
        client.get(&format!("/origin.json?case={}&letter=", client::escaped(&id))),
    ] {
        assert_eq!(heard.header("content-type"), "application/json");
        assert_eq!(heard.header("x-content-type-options"), "nosniff");
    }
    // Everything else that a record says reaches the page as text: nothing but the letter is put in as HTML.
    let script = client.get("/page.js").text();
    assert_eq!(script.matches("innerHTML").count(), 1);
    for way in
        ["outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser"]
    {
        assert!(!script.contains(way), "{way}");
    }
}

#[test]
fn a_request_that_is_too_large_is_refused() {
    let client = serve(order());
    let host = format!("Host: 127.0.0.1:{}\r\n", client.address.port());
    let long = "x".repeat(100_000);
    for huge in [
        format!("GET /{long} HTTP/1.1\r\n{host}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}X: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}{}\r\n", "X: y\r\n".repeat(100)),
        long,
    ] {
        assert_eq!(client.raw(huge.as_bytes()).status, 431);
    }
    for odd in ["\r\n\r\n", "GET", "\u{0}\u{1}\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n"] {
        let heard = client.raw(odd.as_bytes());
        assert!([0, 400].contains(&heard.status), "{odd:?}: {}", heard.status);
    }
    assert_eq!(client.get("/").status, 200);
}

#[test]
fn clients_that_say_nothing_are_given_up() {
    let client = serve(order());
    let idle: Vec<TcpStream> =
        (0..80).map(|_| TcpStream::connect(client.address).unwrap()).collect();
    // Some of them had no place; the others keep theirs for a while, and no longer.
    let busy = client.get("/icon.svg");
    assert_eq!(busy.status, 503, "{}", busy.text());
    let first = client::heard(&mut idle[0].try_clone().unwrap());
    assert_eq!(first.status, 408);
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(client.get("/icon.svg").status, 200);
}

#[test]
fn what_is_not_there_is_said_before_anything_is_served() {
    let missing = Some(PathBuf::from("fixtures/none-of-this"));
    let error = Server::open(Order { templates: missing, ..order() }, Port::Of(0)).unwrap_err();
    assert_eq!(error.to_string(), "cannot read fixtures/none-of-this");
    let taken = Server::open(order(), Port::Of(0)).unwrap();
    let port = taken.address().port();
    let error = Server::open(order(), Port::Of(port)).unwrap_err();
    assert!(error.to_string().contains(&format!("port {port}")), "{error}");
    assert!(taken.address().ip().is_loopback());
}

#[test]
#[ignore = "needs chromium, and the PyPI packages playwright and axe-playwright-python"]
#[expect(clippy::print_stdout, reason = "how long a save takes to be seen is read by a person")]
fn outside_a_browser_follows_an_author_at_work() {
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR")).join("preview");
    let output = Command::new("python3")
        .args(["tests/browser/preview.py", env!("CARGO_BIN_EXE_appeal")])
        .arg(&shots)
        .output()
        .unwrap_or_else(|error| panic!("cannot run python3: {error}; install it"));
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}\nScreenshots are in {}", shots.display());
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

impl Heard {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
