"""The page of a report in a real browser, opened as a file, the way an evaluator opens it."""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from eval.reports.page import report_page
from eval.reports.view import ReportView
from tests.fakes.report_view import PAYLOAD, empty_view, example_view, hostile_view, refusing_view

DRAWN = "[...document.querySelectorAll('[data-plot]')].every(box => box.dataset.drawn)"
Opener = Callable[[ReportView], Page]


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN"}


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Iterator[Opener]:
    """Opens a report from its file; afterwards, that nothing else was asked for and nothing failed or was forbidden."""
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    file = tmp_path / "报告.html"

    def open_view(view: ReportView) -> Page:
        file.write_text(report_page(view), encoding="utf-8")
        page.goto(file.as_uri())
        page.wait_for_function(DRAWN, timeout=30_000)
        return page

    yield open_view
    assert asked == [file.as_uri()]
    assert complaints == []


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def marks(page: Page, box: str) -> int:
    """How many shapes that are data, not axes, the plot in the box drew."""
    return page.locator(f"{box} svg .role-mark path, {box} svg .role-mark line").count()


def test_a_reader_in_a_hurry_sees_what_was_run_six_figures_and_the_worst(opened: Opener) -> None:
    page = opened(example_view())
    expect(page.locator("h1")).to_have_text("样例资料库 · 测试半")
    expect(page.locator("dl.run").first).to_contain_text("sample_test.jsonl，300 题")
    expect(page.locator(".tile")).to_have_count(6)
    expect(page.locator(".tile").first).to_contain_text("86.7%95% 区间 81.7–90.5%")
    assert page.locator(".weakest").bounding_box()["y"] < 900  # type: ignore[index]
    expect(page.locator(".weakest")).to_contain_text("「追问」题的「前 5 段召回」是 43.8%")
    definition = page.locator(".tile p").first
    expect(definition).to_be_hidden()
    page.locator(".tile summary").first.click()
    expect(definition).to_have_text("每组可接受的说法都至少说出一个，才算答对；只数可答的题。（越高越好）")


def test_every_plot_draws_its_data(opened: Opener) -> None:
    view = example_view()
    page = opened(view)
    shares = [line for line in view.headlines if line.unit == "share"]
    assert marks(page, "#plot-headline") == 2 * len(shares)
    # Nineteen types that can be answered, each a point and a whisker, and the rule of the whole.
    assert marks(page, "#by-type-plot") == 2 * 19 + 1
    assert marks(page, "#plot-risk") == 1 + 1 + len(view.risk_curve) + 1
    assert marks(page, "#plot-caps") == 1 + 2 * 4
    assert marks(page, "#plot-latency") >= 10 + 3
    page.select_option("#measure", label="表格格全")
    expect(page.locator("#by-type-plot")).to_have_attribute("data-drawn", "type:table_recall")
    assert marks(page, "#by-type-plot") == 2 * 2 + 1
    expect(page.locator("[data-note]:visible")).to_have_text("标准表的格子里，被答出的占多少。")
    page.locator("#plot-headline .mark-symbol path").nth(1).hover()
    expect(page.locator("#vg-tooltip-element")).to_contain_text("数字答对率")


def test_the_list_of_questions_narrows(opened: Opener) -> None:
    view = example_view()
    page = opened(view)
    shown = page.locator(".card:visible")
    expect(shown).to_have_count(36)
    page.select_option("#by-fault", "数字不符")
    wrong = [each for each in view.worst if "数字不符" in each.faults]
    assert 0 < len(wrong) < 36
    expect(shown).to_have_count(len(wrong))
    expect(page.locator("#shown")).to_have_text(f"显示 {len(wrong)} 题，共 36 题")
    page.select_option("#by-type", wrong[0].type)
    expect(shown).to_have_count(sum(each.type == wrong[0].type for each in wrong))
    page.fill("#by-word", "没有这样的字")
    expect(shown).to_have_count(0)
    expect(page.locator("#no-card")).to_be_visible()
    page.locator(".weakest .to-type").click()
    expect(shown).to_have_count(sum(each.type == "followup" for each in view.worst))
    expect(page.locator("#by-word")).to_have_value("")


def test_a_card_shows_the_answer_its_quotes_and_what_was_expected(opened: Opener) -> None:
    view = example_view()
    page = opened(view)
    at = next(at for at, each in enumerate(view.worst) if each.type == "followup" and each.evidence and each.quotes)
    each, card = view.worst[at], page.locator(".card").nth(at)
    for text in (*each.history, each.question, each.answer, each.expected, *each.evidence, *each.faults, each.id):
        expect(card).to_contain_text(text)
    for quote, figure in zip(each.quotes, card.locator("figure:not(.gold)").all(), strict=True):
        expect(figure.locator("blockquote")).to_have_text(quote.quote)
        expect(figure.locator(".ok")).to_have_count(quote.verbatim + quote.on_gold + quote.figures_kept)
        expect(figure.locator(".amiss")).to_have_count(3 - quote.verbatim - quote.on_gold - quote.figures_kept)


def test_a_measure_in_the_table_of_types_leads_to_its_definition(opened: Opener) -> None:
    page = opened(example_view())
    worst_cell = page.locator(".heat tbody tr", has_text="比较").locator("td").nth(1)
    best_cell = page.locator(".heat tbody tr", has_text="做法").locator("td").nth(1)
    expect(worst_cell).to_have_class(re.compile("h5"))
    expect(best_cell).to_have_class(re.compile("h0"))
    page.locator(".heat thead a", has_text="错数率").click()
    expect(page.locator("#m-wrong_figure details p")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("make", [example_view, hostile_view, empty_view, refusing_view])
def test_a_phone_never_scrolls_sideways(
    opened: Opener, page: Page, make: Callable[[], ReportView], scheme: Any
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme=scheme)
    opened(make())
    assert overflow(page) == 0
    page.set_viewport_size({"width": 1280, "height": 800})
    assert overflow(page) == 0


def test_hostile_text_stays_text(opened: Opener) -> None:
    page = opened(hostile_view())
    assert page.locator("img").count() == 0
    assert page.title() == PAYLOAD.replace("\u2028", page.evaluate("document.title")[-9:][:0] or "\u2028")
    expect(page.locator(".card h3").first).to_contain_text("</script><img src=x onerror=")
    expect(page.locator(".card blockquote").first).to_contain_text("onerror=\"document.title='被改了'\"")
    expect(page.locator("#by-type-plot")).to_contain_text("</script>")
    page.select_option("#by-type", PAYLOAD)
    expect(page.locator(".card:visible")).to_have_count(1)
    page.select_option("#by-fault", PAYLOAD)
    expect(page.locator(".card:visible")).to_have_count(1)
    page.locator("#plot-headline .mark-symbol path").first.hover()
    expect(page.locator("#vg-tooltip-element")).to_contain_text("<img src=x onerror=")
    assert page.locator("img").count() == 0


def test_the_policy_stops_what_might_slip_through(page: Page, tmp_path: Path) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    hole = "<script>window.hit = 1</script><b id=tap onclick='window.hit = 2'>x</b><img src='http://127.0.0.1:9/x.png'>"
    file = tmp_path / "hole.html"
    file.write_text(report_page(empty_view()).replace("<main>", f"{hole}<main>"), encoding="utf-8")
    page.goto(file.as_uri())
    page.locator("#tap").click()
    assert page.evaluate("window.hit") is None
    assert sum("Content Security Policy" in text for text in refused) == 3


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_the_page_holds_three_scripts_and_nothing_that_loads() -> None:
    page = report_page(hostile_view())
    elements = Elements()
    elements.feed(page)
    assert [tag for tag, _ in elements.seen].count("script") == 3
    assert not {"img", "link", "iframe", "object", "embed", "base"} & {tag for tag, _ in elements.seen}
    for tag, attributes in elements.seen:
        assert not {name for name in attributes if name.startswith("on") or name in {"src", "style", "action"}}, tag
        assert (attributes.get("href") or "#").startswith("#")
    policy = next(attributes["content"] for _, attributes in elements.seen if attributes.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    data = page.split('id="plots">')[1].split("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(data)
    assert PAYLOAD in {row["name"] for row in json.loads(data)["plots"]["headline"]["data"]["values"]}
