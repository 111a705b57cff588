"use strict";
// Follows the program: it says when something was saved, and this asks for the letter first, then for its
// pages and the origin of its lines. Texts are put in as texts; the letter alone is HTML, of the program's making.

const $ = (id) => document.getElementById(id);
const at = new URLSearchParams(location.hash.slice(1));
const want = { case: at.get("case") || "", letter: at.get("letter") || "", day: at.get("day") || "" };
let tab = at.get("tab") === "pages" ? "pages" : "reads";
let cases = [];
let view = null;
let origin = null;
let turn = 0;
let version = 0;
// Where there is one column, the letter is not to be far below.
let datesOpen = window.innerWidth > 720;

// Makes an element with a class and what is within it.
function make(tag, name, ...within) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...within);
  return made;
}

async function get(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

function question() {
  return new URLSearchParams(want).toString();
}

function remember() {
  history.replaceState(null, "", "#" + new URLSearchParams({ ...want, tab }));
}

function say(words) {
  $("says").textContent = words;
}

function state(name, words) {
  if ($("state").dataset.state === name && $("state-says").textContent === words) return;
  $("state").dataset.state = name;
  $("state-says").textContent = words;
}

// The list of cases

async function listCases() {
  cases = await get("/cases.json");
  if (!cases.some((c) => c.id === want.case)) {
    want.case = cases.length ? cases[0].id : "";
    want.letter = "";
  }
  showCases();
}

function showCases() {
  const find = $("find").value.trim().toLowerCase();
  const found = cases.filter((c) => !find || c.name.toLowerCase().includes(find));
  const group = (label, of) => {
    const options = of.map((c) => {
      const option = make("option", "", c.name);
      option.value = c.id;
      option.selected = c.id === want.case;
      return option;
    });
    const box = make("optgroup", "", ...options);
    box.label = label;
    return options.length ? [box] : [];
  };
  const select = $("case");
  const top = select.scrollTop;
  select.replaceChildren(
    ...group("Your records", found.filter((c) => c.own)),
    ...group("Cases that ship with the program", found.filter((c) => !c.own)),
  );
  select.scrollTop = top;
  if (!found.some((c) => c.id === want.case)) select.selectedIndex = -1;
  $("count").textContent = find ? `${found.length} of ${cases.length} cases` : `${cases.length} cases`;
}

// Everything that is shown

async function refresh(again) {
  const mine = ++turn;
  const asked = question();
  let next;
  try {
    next = await get("/view.json?" + asked);
  } catch (error) {
    if (mine === turn) state("gone", error.message || "No answer");
    return;
  }
  if (mine !== turn) return;
  show(next, again);
  // The letter is painted before anything slower is asked for.
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  if (mine !== turn) return;
  const pages = showPages(asked, mine);
  // Whoever looks at the pages waits for them, not for the origin of lines.
  if (tab === "pages") await pages;
  if (mine !== turn) return;
  try {
    const from = await get("/origin.json?" + asked);
    if (mine === turn) {
      origin = from;
      showSources(current());
      showNames();
    }
  } catch (error) {
    // The next save asks again.
  }
  await pages;
}

function show(next, again) {
  const same = view && view.name === next.name && view.letter === next.letter;
  view = next;
  version = next.version;
  document.title = next.name ? next.name + " · preview" : "Preview";
  $("what").textContent = next.why;
  $("what").title = next.why;
  showStages();
  showRuling();
  showLetter(again && same);
  showBlanks();
  showFaults();
  document.body.dataset.letter = next.version;
}

function showStages() {
  const stage = $("stage");
  const options = view.letters.map((l) => {
    const option = make("option", "", `${l.title} (${l.when})`);
    option.value = l.key;
    return option;
  });
  if (!options.length) options.push(make("option", "", "No letter to write"));
  stage.replaceChildren(...options);
  stage.value = view.letter;
  if (stage.selectedIndex < 0) stage.selectedIndex = 0;
  stage.disabled = !view.letters.length;
  if (document.activeElement !== $("day") || !want.day) $("day").value = view.as_of || "";
  $("own-day").disabled = !want.day;
}

function showRuling() {
  const told = view.rulings.map((r) => {
    const marks = [[r.stage, ""], [r.track, ""]];
    if (r.expedited) marks.push(["expedited", "hot"]);
    if (r.late) marks.push(["late", "hot"]);
    const dates = r.dates.map(([place, day, says]) =>
      make("li", place === "now" ? "now" : "", make("strong", "", day || "No date yet"), make("span", "", says)));
    const when = make("details", "", make("summary", "", "Dates"), make("ol", "dates", ...dates));
    when.open = datesOpen;
    when.addEventListener("toggle", () => { datesOpen = when.open; });
    return make("div", "told",
      make("h3", "", r.title),
      make("p", "to", r.to ? "To " + r.to : ""),
      make("ul", "marks", ...marks.map(([m, name]) => make("li", name, m))),
      make("p", "reads", r.says),
      when);
  });
  $("ruling").replaceChildren(...(told.length ? told : [make("p", "faint", "There is no ruling yet.")]));
  $("text").textContent = view.text;
  $("whole").hidden = !view.text;
  $("remarks").textContent = view.remarks;
  $("remarks-box").hidden = !view.remarks;
}

// The letter as it reads

function blocks() {
  // The innermost ones: an item that holds paragraphs is not one itself.
  return [...$("papers").querySelectorAll("[data-a]")].filter((b) => !b.querySelector("[data-a]"));
}

function current() {
  return $("papers").querySelector(".at");
}

function showLetter(again) {
  const box = $("papers");
  const top = $("reads").scrollTop;
  const before = new Set(blocks().map((b) => b.textContent));
  const focused = box.contains(document.activeElement);
  const place = blocks().indexOf(current());
  if (!view.papers.length) {
    const words = view.faults.length
      ? [make("strong", "", "There is no good version to show yet"), "It appears when the fault is mended."]
      : [make("strong", "", "No letter goes out now"), "The ruling says what to do instead, and when."];
    box.replaceChildren(make("p", "none", ...words));
  } else {
    const papers = [];
    view.papers.forEach((paper, n) => {
      if (paper.sheet) papers.push(make("p", "about", "For the member to keep; not sent"));
      const article = make("article", "paper");
      article.setAttribute("aria-label", paper.title);
      article.setAttribute("aria-describedby", "hint");
      article.dataset.paper = n;
      article.innerHTML = paper.html;
      papers.push(article);
    });
    box.replaceChildren(...papers);
  }
  const now = blocks();
  now.forEach((b, n) => {
    b.tabIndex = n === Math.max(place, 0) ? 0 : -1;
    if (again && !before.has(b.textContent)) b.classList.add("fresh");
  });
  if (again) {
    $("reads").scrollTop = top;
    const kept = place >= 0 && now[Math.min(place, now.length - 1)];
    if (kept) {
      kept.classList.add("at");
      if (focused) kept.focus({ preventScroll: true });
    }
  } else {
    $("reads").scrollTop = 0;
    $("pages").scrollTop = 0;
    origin = null;
    showSources(null);
  }
}

function pick(block, aloud) {
  if (!block || block === current()) return;
  for (const other of $("papers").querySelectorAll(".at")) other.classList.remove("at");
  block.classList.add("at");
  const found = showSources(block);
  if (aloud && found.length) say("Made by " + found.map((s) => `${s.file} line ${s.line}`).slice(0, 3).join(", "));
}

function showSources(block) {
  const box = $("sources");
  const lines = block && origin && origin.papers[block.closest("[data-paper]").dataset.paper];
  if (!lines) {
    if (!block) {
      box.replaceChildren(make("p", "faint",
        "Point at a paragraph, or move to it with the arrow keys, to see which lines of which template made it."));
    }
    return [];
  }
  const of = lines.slice(Number(block.dataset.a), Number(block.dataset.z) + 1).flat();
  const found = [...new Set(of)].map((n) => origin.sources[n]).filter(Boolean);
  const rows = found.map((s) => make("li", "",
    make("div", "where", make("b", "", `${s.file}:${s.line}`), make("span", "", s.own ? "yours" : "")),
    make("code", "", s.text)));
  box.replaceChildren(rows.length ? make("ul", "sources", ...rows) : make("p", "faint", "Nothing is known of its origin."));
  return found;
}

function showBlanks() {
  $("blanks-box").hidden = !view.blanks.length;
  $("blanks").replaceChildren(...view.blanks.flatMap(([key, label]) => [make("dt", "", key), make("dd", "", label)]));
}

// Names

function showNames() {
  const box = $("names");
  const open = new Set([...box.querySelectorAll("details[open]")].map((d) => d.dataset.group));
  const find = $("find-name").value.trim().toLowerCase();
  const groups = new Map();
  for (const n of origin ? origin.names : []) {
    if (find && !n.name.toLowerCase().includes(find) && !n.value.toLowerCase().includes(find)) continue;
    const group = n.name.split(/[.[]/)[0];
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(n);
  }
  const made = [...groups].map(([group, names]) => {
    const list = make("dl", "names", ...names.flatMap((n) => {
      const empty = n.value === "";
      return [
        make("dt", "", n.name),
        make("dd", empty ? "nothing" : "", empty ? "nothing here" : n.value),
        make("dd", "meaning", n.meaning, " ", make("i", "", n.kind)),
      ];
    }));
    const summary = make("summary", "", group);
    summary.dataset.n = names.length === 1 && names[0].name === group ? "" : String(names.length);
    const details = make("details", "", summary, list);
    details.dataset.group = group;
    details.open = find ? groups.size < 12 : open.has(group);
    return details;
  });
  const none = find ? "No name or value holds this." : "They appear with a letter.";
  box.replaceChildren(...(made.length ? made : [make("p", "faint", none)]));
}

// What is wrong

function showFaults() {
  const faults = view.faults;
  const box = $("fault");
  const main = $("letter");
  const told = faults.map((f) => f.title + f.message + f.line).join();
  if (!faults.length) {
    if (!box.hidden) say("The fault is mended. The letter is up to date.");
    box.hidden = true;
    box.dataset.told = "";
    main.classList.remove("is-faulty", "is-folded");
    $("alarm").textContent = "";
    state("live", "Up to date");
    return;
  }
  state("fault", view.papers.length ? "Showing the last good version" : "Faulty");
  if (box.dataset.told !== told) {
    // A new fault is said, and shown even where the last one was folded away.
    box.dataset.told = told;
    fold(false);
    const first = faults[0];
    const place = first.line ? `${first.file} line ${first.line}: ` : "";
    $("alarm").textContent = `${first.title}. ${place}${first.message}`;
  }
  $("fault-title").textContent = faults.length > 1 ? `${faults.length} faults` : faults[0].title;
  $("fault-body").replaceChildren(...faults.map((f) => {
    const wrong = make("div", "wrong");
    if (faults.length > 1) wrong.append(make("h3", "", f.title));
    wrong.append(make("p", "message", f.message));
    const place = [f.file, f.line, f.column].filter(Boolean).join(":");
    if (place) wrong.append(make("p", "place", place));
    if (f.report) {
      const report = make("pre", "", f.report);
      report.tabIndex = 0;
      report.setAttribute("role", "region");
      report.setAttribute("aria-label", "Where it is");
      wrong.append(report);
    }
    if (f.help.length) wrong.append(make("ul", "", ...f.help.map((h) => make("li", "", h))));
    return wrong;
  }));
  box.hidden = false;
  main.classList.add("is-faulty");
  box.querySelectorAll("pre").forEach(showCaret);
}

// A long line is shown at the place that is wrong.
function showCaret(report) {
  const lines = report.textContent.split("\n");
  const caret = lines.map((line) => line.indexOf("^")).find((at) => at >= 0);
  if (caret === undefined) return;
  const width = report.scrollWidth / Math.max(...lines.map((line) => line.length));
  report.scrollLeft = caret * width - report.clientWidth / 2;
}

function fold(folded) {
  $("fault-body").hidden = folded;
  $("fold").textContent = folded ? "Show" : "Hide";
  $("fold").setAttribute("aria-expanded", String(!folded));
  $("letter").classList.toggle("is-folded", folded);
}

// The pages

async function showPages(asked, mine) {
  let printed;
  try {
    printed = await get("/pages.json?" + asked);
  } catch (error) {
    return;
  }
  if (mine !== turn) return;
  if (printed.fault && !view.faults.length) {
    // The letter reads well, and cannot be printed.
    view.faults = [printed.fault];
    showFaults();
  }
  $("downloads").replaceChildren(...printed.prints.map((p) => {
    const link = make("a", "", p.sheet ? "Download the member's sheet" : "Download the PDF");
    link.href = `/letter.pdf?print=${p.id}`;
    link.download = p.file;
    return link;
  }));
  const wanted = printed.prints.flatMap((p) => Array.from({ length: p.pages }, (_, n) => ({
    src: `/page.png?print=${p.id}&page=${n}`,
    alt: `${p.title}, page ${n + 1} of ${p.pages}`,
  })));
  const box = $("pages");
  if (!wanted.length) {
    box.replaceChildren(make("p", "none", make("strong", "", "There are no pages"), "Nothing is printed for this case now."));
    document.body.dataset.pages = printed.version;
    return;
  }
  let list = box.querySelector(".sheets");
  if (!list) {
    list = make("ol", "sheets");
    box.replaceChildren(list);
  }
  // Hidden pages are not drawn before somebody looks.
  if (tab !== "pages") {
    list.dataset.late = JSON.stringify(wanted);
    return;
  }
  await draw(list, wanted, mine, printed.version);
}

async function draw(list, wanted, mine, of) {
  delete list.dataset.late;
  await Promise.all(wanted.map(async (page, n) => {
    const there = list.children[n] && list.children[n].firstElementChild;
    if (there && there.getAttribute("src") === page.src) {
      there.alt = page.alt;
      return;
    }
    const image = new Image(612, 792);
    image.src = page.src;
    image.alt = page.alt;
    if (!there) {
      list.append(make("li", "", image));
    }
    try {
      await image.decode();
    } catch (error) {
      return;
    }
    // The old page stays until the new one is there.
    if (there && mine === turn) there.replaceWith(image);
  }));
  if (mine !== turn) return;
  while (list.children.length > wanted.length) list.lastElementChild.remove();
  document.body.dataset.pages = of;
}

function choose(name, focus) {
  tab = name;
  for (const one of ["reads", "pages"]) {
    const chosen = one === name;
    $(one).hidden = !chosen;
    $("tab-" + one).setAttribute("aria-selected", String(chosen));
    $("tab-" + one).tabIndex = chosen ? 0 : -1;
    if (chosen && focus) $("tab-" + one).focus();
  }
  remember();
  const list = $("pages").querySelector(".sheets");
  if (name === "pages" && list && list.dataset.late) draw(list, JSON.parse(list.dataset.late), turn, version);
}

// What a person does

function changed() {
  remember();
  refresh(false);
}

$("find").addEventListener("input", showCases);
$("case").addEventListener("change", () => {
  want.case = $("case").value;
  want.letter = "";
  want.day = "";
  changed();
});
$("stage").addEventListener("change", () => {
  want.letter = $("stage").value;
  changed();
});
$("day").addEventListener("change", () => {
  want.day = $("day").value;
  changed();
});
$("own-day").addEventListener("click", () => {
  want.day = "";
  $("day").focus();
  changed();
});
$("find-name").addEventListener("input", showNames);
$("fold").addEventListener("click", () => fold(!$("fault-body").hidden));
for (const name of ["reads", "pages"]) {
  $("tab-" + name).addEventListener("click", () => choose(name, false));
  $("tab-" + name).addEventListener("keydown", (event) => {
    if (["ArrowLeft", "ArrowRight"].includes(event.key)) choose(name === "reads" ? "pages" : "reads", true);
  });
}
$("papers").addEventListener("mouseover", (event) => pick(event.target.closest("[data-a]"), false));
$("papers").addEventListener("focusin", (event) => pick(event.target.closest("[data-a]"), true));
$("papers").addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
  const all = blocks();
  const here = all.indexOf(event.target);
  if (!step || here < 0) return;
  event.preventDefault();
  const next = all[Math.min(Math.max(here + step, 0), all.length - 1)];
  all.forEach((b) => { b.tabIndex = -1; });
  next.tabIndex = 0;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
});

function follow() {
  const events = new EventSource("/events?known=" + version);
  events.addEventListener("changed", async () => {
    // The letter does not wait for the list, unless there is none yet.
    const before = want.case;
    const shown = before ? refresh(true) : null;
    try {
      await listCases();
    } catch (error) {
      return;
    }
    if (want.case !== before) refresh(false);
    await shown;
  });
  events.addEventListener("error", () => state("gone", "The program has stopped"));
}

choose(tab, false);
follow();
