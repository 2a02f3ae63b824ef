"""The page of the matrix in a real browser, on a desk and on a phone, over the fake matrix."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import ROOT, wait_for
from tests.web.matrix_fake import PAYLOAD, large_matrix
from web.matrix.grid import grid_json
from web.server import open_port

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SITE = """
import sys
from tests.fakes.chain import FIGURE, FakeChain
from tests.web.matrix_fake import FakeMatrix, large_matrix
from ui import make_app
from web.about import About
from web.server import open_port, run
matrix = FakeMatrix() if sys.argv[2] == "small" else large_matrix(300, 70, 5)
app = make_app(FakeChain(0), lambda: About(42, 31, (FIGURE,)), lambda vote: None, matrix)
run(app, open_port("127.0.0.1", int(sys.argv[1])))
"""


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": DESKTOP, "locale": "en-US"}


def running(folder: Any, size: str) -> Iterator[str]:
    with open_port("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    log = folder.mktemp(size) / "log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-c", SITE, str(port), size], cwd=ROOT, stdout=out, stderr=out)
    try:
        wait_for(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


@pytest.fixture
def matrix_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running site over the small matrix, new for each test, because tests correct it."""
    yield from running(tmp_path_factory, "small")


@pytest.fixture(scope="module")
def large_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running site over 300 places and 70 measures."""
    yield from running(tmp_path_factory, "large")


@pytest.fixture
def opened(page: Page, matrix_site: str) -> Iterator[Page]:
    """The page with its heat map; afterwards, that it asked nobody else for anything and no script of it failed."""
    asked: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if message.type in {"error", "warning"} else None)
    page.goto(matrix_site + "/matrix")
    expect(page.locator(".sq, .place-card").first).to_be_visible(timeout=15_000)
    yield page
    assert not [url for url in asked if urlsplit(url).scheme != "data" and not url.startswith(matrix_site + "/")]
    assert not failures


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def english(page: Page) -> list[str]:
    """Words in Latin letters that a person sees; CSV and XLSX are the names of the files."""
    return [word for word in re.findall(r"[A-Za-z]{3,}", page.inner_text("body")) if word not in {"CSV", "XLSX"}]


def square(page: Page, place: str, measure: str) -> Any:
    return page.locator(f'.sq[data-place="{place}"][data-measure="{measure}"]')


def test_the_heat_map_shows_places_by_measures(opened: Page) -> None:
    expect(opened.locator(".extent")).to_contain_text("据资料库42份文件、7个城市")
    # A county whose city has no row is named with its city.
    assert opened.locator(".place").all_inner_texts() == ["无锡市", "常州市", "苏州市", "盐城·大丰区"]
    expect(opened.locator(".group")).to_have_text("江苏省")
    assert opened.locator(".names .name").all_inner_texts() == [
        *("产业学院", "名师带徒", "网上工会", "职工宿舍"),
    ]
    expect(square(opened, "常州市", "产业学院")).to_have_text("13家")
    expect(square(opened, "常州市", "名师带徒")).to_have_text("300对")
    expect(square(opened, "苏州市", "职工宿舍")).to_have_class(re.compile("uncertain"))
    expect(square(opened, "常州市", "职工宿舍")).to_have_count(0)
    expect(square(opened, "苏州市", "产业学院")).to_have_attribute(
        "aria-label", "苏州市 · 产业学院：有证据，8家，1份文件"
    )
    assert english(opened) == [] and opened.title() == "举措一览 · 产改问答"


def test_filters_narrow_the_map_and_stand_in_the_address(opened: Page) -> None:
    opened.select_option("select[name=state]", "uncertain")
    expect(opened.locator(".sq")).to_have_count(1)
    opened.get_by_role("button", name="清除条件").click()
    expect(opened.locator(".sq")).to_have_count(6)
    opened.get_by_role("button", name="互联网").click()
    expect(opened.locator(".place")).to_have_text(["无锡市"])
    assert "aspect=" in opened.url
    opened.reload()
    expect(opened.locator(".place")).to_have_text(["无锡市"])
    opened.get_by_role("button", name="互联网").click()
    opened.locator(".seek").press_sequentially("常州 师带徒")
    expect(opened.locator(".sq")).to_have_count(1)
    # The box that is being written in keeps its words and the cursor.
    expect(opened.locator(".seek")).to_have_value("常州 师带徒")
    expect(opened.locator(".seek")).to_be_focused()
    opened.locator(".seek").fill("火星")
    expect(opened.locator(".nothing")).to_contain_text("没有符合条件的")
    opened.locator(".seek").fill("")
    opened.select_option("select[name=since]", "2022")
    expect(opened.locator(".place")).to_have_text(["无锡市", "常州市"])
    opened.select_option("select[name=level]", "enterprise")
    expect(opened.locator(".sq")).to_have_class(re.compile("enterprise"))


def test_a_tap_shows_the_quote_in_its_context(opened: Page) -> None:
    square(opened, "常州市", "产业学院").click()
    panel = opened.locator("#square")
    expect(panel.locator("mark")).to_have_text("截至2023年底，全市建成产业学院13家，")
    expect(panel.locator(".quote")).to_contain_text("这几年变化不小。")
    expect(panel).to_contain_text("2023年5月1日")
    expect(panel).to_contain_text("已实施")
    panel.locator("summary").click()
    expect(panel).to_contain_text("转载：常州的产改")
    opened.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(square(opened, "常州市", "产业学院")).to_be_focused()
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("Enter")
    expect(panel.locator(".square-cell")).to_have_count(2)
    expect(panel).to_contain_text("不算这个地方的")


def test_hostile_text_stays_text(opened: Page) -> None:
    square(opened, "无锡市", "网上工会").click()
    panel = opened.locator("#square")
    expect(panel.locator("mark")).to_have_text(f"无锡市办了网上工会{PAYLOAD}")
    expect(panel.locator(".title")).to_have_text(f"坏标题{PAYLOAD}")
    opened.goto(opened.url.split("?")[0] + "?places=" + quote("无锡市"))
    expect(opened.locator("#view q")).to_contain_text("<script>")
    opened.goto(opened.url.split("?")[0] + "?measure=" + quote(PAYLOAD))
    expect(opened.locator(".nothing")).to_contain_text(PAYLOAD)
    assert opened.evaluate("window.hit") is None
    assert opened.locator("#square script, #square img, #view script, #view img").count() == 0


def test_a_correction_is_written_with_a_reason_and_shown(opened: Page) -> None:
    square(opened, "常州市", "产业学院").click()
    panel = opened.locator("#square")
    panel.get_by_role("button", name="更正").click()
    panel.locator("input[name=figure]").fill("14")
    panel.get_by_role("button", name="写下更正").click()
    # Without a reason the browser does not send the form.
    expect(panel.locator(".staff")).to_have_count(0)
    panel.locator("textarea").fill("年报写14家")
    panel.get_by_role("button", name="写下更正").click()
    expect(panel.locator(".staff")).to_contain_text("已更正 · 年报写14家")
    expect(square(opened, "常州市", "产业学院")).to_have_text("14家")
    expect(square(opened, "常州市", "产业学院")).to_have_attribute("data-mark", "✎")


def test_two_places_stand_side_by_side(opened: Page, matrix_site: str) -> None:
    opened.goto(f"{matrix_site}/matrix?places={quote('常州市,苏州市')}")
    sections = opened.locator(".side")
    expect(sections.locator("h3")).to_have_text(["两地都有1项", "只有常州市有1项", "都还不确定1项"])
    expect(sections.nth(0).locator("q")).to_have_text(
        ["截至2023年底，全市建成产业学院13家，", "苏州市在2021年就办起产业学院8家。"]
    )
    expect(sections.nth(1)).to_contain_text("资料未提及")
    # What a plant does is not the city's.
    expect(opened.locator("#view")).to_contain_text("企业自己的做法1项")
    sections.nth(0).locator("q").first.click()
    expect(opened.locator("#square mark")).to_have_text("截至2023年底，全市建成产业学院13家，")
    opened.goto(f"{matrix_site}/matrix?places={quote('火星市')}")
    expect(opened.locator(".nothing")).to_contain_text("没有「火星市」")


def test_a_county_answers_for_its_city_and_says_so(opened: Page, matrix_site: str) -> None:
    opened.goto(f"{matrix_site}/matrix?places={quote('大丰区')}")
    expect(opened.locator(".lead")).to_contain_text("大丰区有证据1项")
    expect(opened.locator(".side q")).to_have_text("大丰区建成产业学院1.5万家。")


def test_a_measures_page_ranks_and_draws(opened: Page) -> None:
    opened.locator(".name", has_text="产业学院").click()
    expect(opened.locator("h2", has_text="产业学院")).to_be_visible()
    expect(opened.locator(".defined")).to_contain_text("院校与企业共办的产业学院。")
    expect(opened.locator(".lead")).to_contain_text("有证据的3个地区，属于3个城市。资料里最早的是苏州市（2021年）。")
    assert opened.locator(".bar .told").all_text_contents() == ["1.5万家", "13家", "8家"]
    lengths = [float(bar.get_attribute("width") or 0) for bar in opened.locator(".bar .length").all()]
    assert lengths[0] > 100 > lengths[1] >= lengths[2]
    assert opened.locator(".rows .who").all_inner_texts() == ["苏州市", "常州市", "大丰区"]
    with opened.expect_download() as download:
        opened.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "举措一览.csv"
    opened.locator(".bar").nth(1).click()
    expect(opened.locator("#square mark")).to_have_text("截至2023年底，全市建成产业学院13家，")
    opened.go_back()
    expect(opened.locator(".sq").first).to_be_visible()
    expect(opened.locator("#square")).to_be_hidden()


def test_tabs_lead_from_room_to_room(opened: Page, matrix_site: str) -> None:
    opened.get_by_role("link", name="问答", exact=True).click()
    expect(opened.locator("#box textarea")).to_be_editable(timeout=20_000)
    expect(opened.locator(".tab.here")).to_have_text("问答")
    for viewport in (DESKTOP, PHONE):
        opened.set_viewport_size(viewport)  # type: ignore[arg-type]
        fresh, tabs = opened.locator("#fresh").bounding_box(), opened.locator(".tabs").bounding_box()
        assert fresh and tabs
        # Neither lies on the other.
        assert fresh["x"] >= tabs["x"] + tabs["width"] or fresh["y"] + fresh["height"] <= tabs["y"]
        assert overflow(opened) <= 0
    opened.get_by_role("link", name="举措一览").click()
    expect(opened.locator(".place-card").first).to_be_visible()


def test_a_talk_is_not_lost_on_the_way_to_the_other_room(opened: Page, matrix_site: str) -> None:
    opened.goto(matrix_site)
    opened.locator("#chat .example").click()
    expect(opened.locator("#panel .card")).to_have_count(2, timeout=20_000)
    opened.get_by_role("link", name="问答", exact=True).click()
    with opened.expect_popup() as other:
        opened.get_by_role("link", name="举措一览").click()
    expect(other.value.locator(".sq").first).to_be_visible()
    expect(opened.locator("#panel .card")).to_have_count(2)


def test_on_a_phone_there_is_a_list_and_nothing_is_wider_than_the_screen(opened: Page, matrix_site: str) -> None:
    opened.set_viewport_size(PHONE)  # type: ignore[arg-type]
    expect(opened.locator(".place-card h3 a")).to_have_text(["无锡市", "常州市", "苏州市", "大丰区"])
    assert overflow(opened) <= 0
    tags = [tag.bounding_box() or {"height": 0.0} for tag in opened.locator(".tag").all()]
    assert min(tag["height"] for tag in tags) >= 44
    opened.locator(".tag", has_text="职工宿舍").click()
    expect(opened.locator("#square mark")).to_have_text("今后还要建职工宿舍。")
    expect(opened.locator("#square .badge").first).to_have_text("计划")
    opened.get_by_role("button", name="关闭").click()
    opened.get_by_role("button", name="热图").click()
    expect(opened.locator(".heat")).to_be_visible()
    assert overflow(opened) <= 0
    for search in ("?measure=产业学院", "?places=常州市,苏州市", "?places="):
        opened.goto(f"{matrix_site}/matrix{search}")
        expect(opened.locator(".page")).to_be_visible()
        wide = opened.eval_on_selector_all(
            "#view *", "all => all.filter(one => one.getBoundingClientRect().right > innerWidth + 1).length"
        )
        assert (overflow(opened), wide) == (0, 0)


def test_300_places_by_70_measures_open_within_a_second_of_work(page: Page, large_site: str) -> None:
    browser = page.context.new_cdp_session(page)
    # The time that the page's own thread works, whatever else this machine does meanwhile.
    browser.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(large_site + "/matrix")
    expect(page.locator(".sq")).to_have_count(4200, timeout=15_000)
    worked = {each["name"]: each["value"] for each in browser.send("Performance.getMetrics")["metrics"]}
    assert worked["TaskDuration"] < 1
    assert overflow(page) <= 0
    begun = time.process_time()
    source = large_matrix(300, 70, 5)
    grid_json(source.cells(), source.measures(), source.extent())
    assert time.process_time() - begun < 1
