"""A filter taken away with a tap, in a real browser, on a desk and on a phone."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import ROOT, wait_for
from web.server import open_port

PHONE = {"width": 390, "height": 844}
QUESTION = "白银市2021年有几家工匠学院？"
SITE = """
import sys
from tests.web.test_heard import Understanding
from ui import make_app
from web.about import About
from web.server import open_port, run
run(make_app(Understanding(0), lambda: About(1, 1), lambda vote: None), open_port("127.0.0.1", int(sys.argv[1])))
"""


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "zh-CN"}


@pytest.fixture(scope="module")
def understanding_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site whose chain understands questions."""
    with open_port("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("chips") / "log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-c", SITE, str(port)], cwd=ROOT, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(15)


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, PHONE])
def test_a_tap_takes_a_filter_away(page: Page, understanding_site: str, viewport: Any) -> None:
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.set_viewport_size(viewport)
    page.goto(understanding_site)
    expect(page.locator("#box textarea")).to_be_editable(timeout=20_000)
    page.fill("#box textarea", QUESTION)
    page.press("#box textarea", "Enter")
    expect(page.locator("a.chip")).to_have_count(3, timeout=15_000)
    expect(page.locator("#tapped")).to_be_hidden()
    expect(page.locator("#again")).to_be_hidden()
    page.fill("#box textarea", "还没写完")
    page.locator("a.chip").nth(1).click()
    expect(page.locator("a.chip")).to_have_count(5, timeout=15_000)
    expect(page.locator(".left-out")).to_have_text("不限：2021年")
    expect(page.locator("#box textarea")).to_have_value("还没写完")
    # A finger needs 44 pixels: the chip, and what it takes around it.
    assert all((chip.bounding_box() or {"height": 0})["height"] >= 34 for chip in page.locator("a.chip").all())
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert not failures
