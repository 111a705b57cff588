"""Drives the preview as an author does, in a real browser: pick a case, edit a template, see the change,
break it, see the message over the old page, mend it, download the PDF. Looks for barriers with axe, measures
how long a save takes to be seen, and takes screenshots.

    python3 tests/browser/preview.py target/debug/appeal FOLDER-FOR-SCREENSHOTS

Needs chromium, and playwright and axe-playwright-python from PyPI. Exits with an error where something is
not as it should be.
"""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

PROGRAM, SHOTS = sys.argv[1], pathlib.Path(sys.argv[2])
CASE = "kaiser-outside-surgeon"
# What a save may take to be seen, in milliseconds, without and with its pages. Debug builds are slow.
SLOWEST = {"letter": 3000, "pages": 10000}


def main():
    SHOTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        template = folder / "templates" / "letters" / "grievance.md"
        template.parent.mkdir(parents=True)
        shipped = pathlib.Path("templates/letters/grievance.md").read_text()
        template.write_text(shipped)
        preview = subprocess.Popen(
            [PROGRAM, "preview", "fixtures/cases/hostile-record/record.toml",
             "--templates", str(folder / "templates"), "--port", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            address = preview.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), address
            with sync_playwright() as playwright:
                drive(playwright, address, template, shipped)
        finally:
            preview.terminate()
            preview.wait()


def chromium():
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "there is no chromium; install the package of that name"
    return found


def drive(playwright, address, template, shipped):
    browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
    context = browser.new_context(viewport={"width": 1280, "height": 860}, accept_downloads=True)
    page = context.new_page()
    wrong = []
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.on("dialog", lambda d: (wrong.append("dialog: " + d.message), d.dismiss()))
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(address) else None)
    page.goto(address)

    # The hostile record comes first: it is shown as text.
    expect(page.locator("#papers article").first).to_contain_text("<b onclick=")
    assert page.locator("#papers b, #papers script, #papers img, #papers a").count() == 0

    step("pick a case")
    page.get_by_label("Find a case").fill("outside-surgeon")
    page.locator("#case").select_option(label=CASE)
    expect(page.locator("#papers h3").first).to_contain_text("Grievance")
    expect(page.locator("#ruling h3").first).to_contain_text("Grievance")
    expect(page.get_by_label("As of")).to_have_value("2026-11-21")
    page.get_by_label("As of").fill("2026-11-25")
    expect(page.locator("#papers")).to_contain_text("November 25, 2026")
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#papers")).to_contain_text("November 21, 2026")

    step("find what made a paragraph, with the keyboard")
    first = page.locator("#papers [data-a]").first
    first.focus()
    until(page, "origin !== null")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#sources li").first).to_contain_text(".md:")
    expect(page.locator("#says")).to_contain_text("Made by")
    assert page.evaluate("document.activeElement.classList.contains('at')")
    page.get_by_label("Find a name or a value").fill("member.name")
    expect(page.locator("#names dt").first).to_have_text("member.name")
    page.get_by_label("Find a name or a value").fill("")
    shoot(page, "1280-light")

    step("edit, and see the change where it was")
    page.evaluate("document.getElementById('reads').scrollTop = 300")
    edited = shipped.replace(
        "{% endblock %}\n{% block requests", "\nA sentence of our own.\n{% endblock %}\n{% block requests")
    assert edited != shipped
    times = {"letter": [], "pages": []}
    for n in range(8):
        took = save(page, template, edited.replace("of our own", f"of our own {n}"), f"of our own {n}.")
        times["letter"].append(took)
    assert page.evaluate("document.getElementById('reads').scrollTop") == 300, "the place is lost"

    step("the pages follow")
    page.get_by_role("tab", name="Pages").click()
    until(page, "document.querySelectorAll('#pages img').length > 1 && "
                "[...document.querySelectorAll('#pages img')].every((i) => i.complete && i.naturalWidth > 1000)")
    page.evaluate("document.getElementById('pages').scrollTop = 200")
    for n in range(6):
        old = page.evaluate("version")
        start = time.time()
        write(template, edited.replace("of our own", f"on paper {n}"))
        until(page, f"Number(document.body.dataset.pages) > {old}")
        times["pages"].append(1000 * (time.time() - start))
    assert page.evaluate("document.getElementById('pages').scrollTop") == 200, "the place is lost"
    shoot(page, "1280-pages")

    step("download the PDF")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the PDF").click()
    saved = pathlib.Path(download.value.path())
    assert saved.read_bytes().startswith(b"%PDF-") and saved.stat().st_size > 10_000
    assert download.value.suggested_filename.endswith(".grievance.pdf"), download.value.suggested_filename
    page.get_by_role("tab", name="Letter").click()

    step("break it, and see the message over the old page")
    write(template, edited.replace("A sentence of our own.", "A sentence for {{ member.nmae }}."))
    fault = page.locator("#fault")
    expect(fault).to_be_visible()
    expect(fault).to_contain_text("A template has a fault")
    expect(fault).to_contain_text("nmae")
    line = edited.split("A sentence of our own.")[0].count("\n") + 1
    expect(fault.locator(".place")).to_contain_text(f"grievance.md:{line}:")
    expect(page.locator("#papers")).to_contain_text("on paper 5")
    expect(page.locator("#alarm")).to_contain_text("nmae")
    barriers(page, "the message, light")
    shoot(page, "1280-fault")
    page.reload()
    expect(page.locator("#papers")).to_contain_text("on paper 5")
    expect(fault).to_be_visible()

    step("mend it")
    write(template, shipped)
    expect(fault).to_be_hidden()
    expect(page.locator("#papers")).not_to_contain_text("on paper")
    expect(page.locator("#state-says")).to_have_text("Up to date")

    step("light and dark, wide and narrow")
    for width, height in ((1280, 860), (400, 860)):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(200)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{wide} pixels of content in a window of {width}"
            shoot(page, f"{width}-{scheme}", full=width == 400)
            barriers(page, f"{width} pixels, {scheme}")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 1280, "height": 860})
    write(template, shipped.replace("{% endblock", "{{ member.nmae }}{% endblock", 1))
    expect(fault).to_be_visible()
    barriers(page, "the message, dark")
    shoot(page, "1280-fault-dark")
    page.set_viewport_size({"width": 400, "height": 860})
    shoot(page, "400-fault-dark")
    browser.close()

    for what, all_of_them in times.items():
        middle, worst = statistics.median(all_of_them), max(all_of_them)
        print(f"edit to visible, {what}: median {middle:.0f} ms, slowest {worst:.0f} ms of {len(all_of_them)}")
        assert middle < SLOWEST[what], what
    assert not wrong, wrong


def write(template, text):
    """Saves as an editor does: a new file takes the place of the old one."""
    new = template.with_suffix(".new")
    new.write_text(text)
    os.replace(new, template)


def until(page, true):
    """Waits until something is true of the page, looking as often as it is painted."""
    page.wait_for_function(f"() => {true}", polling="raf")


def save(page, template, text, words):
    """Saves, and returns the milliseconds until the words are on the page."""
    start = time.time()
    write(template, text)
    until(page, f"document.getElementById('papers').textContent.includes({words!r})")
    return 1000 * (time.time() - start)


def barriers(page, where):
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    for violation in found:
        nodes = [n["html"][:160] for n in violation["nodes"][:3]]
        print(f"  axe, {where}: {violation['impact']}: {violation['help']}: {nodes}")
    assert not serious, f"{where}: {[v['id'] for v in serious]}"


def shoot(page, name, full=False):
    page.screenshot(path=SHOTS / f"{name}.png", full_page=full)


def step(name):
    print(name, flush=True)


main()
