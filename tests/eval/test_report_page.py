"""The page of a report in a real browser, opened as a file, the way an evaluator opens it."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from eval.estimate import Estimate
from eval.reports.bundle import vega_script
from eval.reports.curves import latency_plot, nice_top, risk_plot
from eval.reports.page import report_page
from eval.reports.plots import caps_plot, headline_plot, type_plot
from eval.reports.view import ReportView, RiskPoint, view_json
from eval.reports.weakest import verdict, weakest
from eval.reports.wording import interval, nearest_rank, written
from index.errors import MissingPackageError
from tests.fakes.report_view import PAYLOAD, empty_view, example_view, hostile_view, refusing_view

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
DRAWN = "[...document.querySelectorAll('[data-plot]')].every(box => box.dataset.drawn)"
Opener = Callable[[ReportView], Page]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.skip("chromium is absent: the report is NOT tested in a browser (.ci/run installs it)")
    return {"executable_path": CHROMIUM, "args": QUIET}


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


def test_without_the_plotting_package_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    vega_script.cache_clear()
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingPackageError, match=re.escape('.venv/bin/pip install -c constraints.txt -e ".[eval]"')):
        report_page(empty_view())


def test_the_same_view_gives_the_same_page() -> None:
    assert report_page(example_view()) == report_page(example_view())


def test_types_are_drawn_worst_first_whichever_way_is_good() -> None:
    view = example_view()
    lines = {line.key: line for line in view.measures}
    drawn = {}
    for key in ("accuracy", "wrong_figure"):
        spec = type_plot(lines[key], view.types)
        assert spec is not None
        drawn[key] = [row["value"] for row in spec["data"]["values"]]
    assert drawn["accuracy"] == sorted(drawn["accuracy"])
    assert drawn["wrong_figure"] == sorted(drawn["wrong_figure"], reverse=True)


def test_times_beyond_the_axis_are_counted_in_the_last_bar() -> None:
    view = replace(example_view(), latencies_ms=(*(float(at) for at in range(1, 201)), 90_000.0))
    spec = latency_plot(view)
    assert spec is not None
    bars = spec["layer"][0]["data"]["values"]
    assert sum(bar["count"] for bar in bars) == 201
    assert bars[-1]["span"].endswith("以上")
    assert [rank["text"] for rank in spec["layer"][1]["data"]["values"]] == [
        "p50 101 毫秒",
        "p95 191 毫秒",
        "p99 199 毫秒",
    ]


@pytest.mark.parametrize(("value", "top"), [(1.0, 1.0), (1.2, 1.5), (384.0, 400.0), (812.0, 1000.0), (0.07, 0.08)])
def test_an_axis_ends_at_a_round_figure(value: float, top: float) -> None:
    assert nice_top(value) == pytest.approx(top)


def test_the_working_point_is_the_lowest_threshold_that_is_kept() -> None:
    curve = (RiskPoint(0.2, 0.0, 0.9), RiskPoint(0.6, 0.1, 0.5), RiskPoint(0.9, 0.3, 0.3))
    view = replace(example_view(), risk_curve=curve, threshold=0.4)
    assert view.working_point == curve[1]
    assert replace(view, threshold=0.5).working_point == curve[1]
    assert replace(view, threshold=0.95).working_point is None
    assert replace(view, threshold=None).working_point is None


def test_what_cannot_be_counted_is_not_drawn() -> None:
    for plot in (headline_plot, caps_plot, risk_plot, latency_plot):
        assert plot(empty_view()) is None
    assert "没有可画的数" in report_page(empty_view())


def test_the_worst_is_a_type_that_is_clearly_behind_not_one_of_few_questions() -> None:
    view = example_view()
    line = view.measures[0]
    clear = Estimate(0.60, 0.50, 0.70, 90)
    by_type = {"figure": clear, "date": Estimate(0.4, 0.1, 0.9, 6), "who": Estimate(0.0, 0.0, 0.6, 4)}
    found = weakest(replace(view, measures=(replace(line, by_type=by_type),)))
    assert found is not None
    assert (found.type.key if found.type else "", found.estimate, found.certain) == ("figure", clear, True)
    doubtful = weakest(replace(view, measures=(replace(line, by_type={"date": by_type["date"]}),)))
    assert doubtful is not None
    assert not doubtful.certain
    assert doubtful.sentence.endswith("差距也可能出于偶然。")
    few = weakest(replace(view, measures=(replace(line, by_type={"who": by_type["who"]}),)))
    assert few is not None
    assert few.type is None
    perfect = replace(line, overall=Estimate(1.0, 0.99, 1.0, 300), by_type={})
    assert verdict(replace(view, measures=(perfect,))) == "主要指标上没有看到明显的弱项。"
    assert verdict(empty_view()) == "没有可计的数，看不出强弱。"


def test_the_area_under_the_curve_is_not_asked_of_single_types() -> None:
    view = example_view()
    area = replace(
        view.measures[0], key="risk_area", better="lower", by_type={"unanswerable": Estimate(1.0, 1.0, 1.0, 60)}
    )
    view = replace(view, measures=(area, *view.measures[:1]))
    assert [line.key for line in view.headlines] == ["risk_area", "accuracy"]
    assert [line.key for line in view.typed_headlines] == ["accuracy"]
    found = weakest(view)
    assert found is not None
    assert found.measure.key == "accuracy"


def test_a_high_share_of_a_bad_thing_is_worst_too() -> None:
    view = example_view()
    line = next(each for each in view.measures if each.key == "wrong_figure")
    by_type = {"figure": Estimate(0.01, 0.0, 0.03, 90), "compare": Estimate(0.5, 0.3, 0.7, 20)}
    found = weakest(replace(view, measures=(replace(line, by_type=by_type),)))
    assert found is not None
    assert found.type is not None
    assert found.type.key == "compare"


def test_figures_are_written_for_a_chinese_reader() -> None:
    assert written(0.8674, "share") == "86.7%"
    assert written(None, "share") == "—"
    assert written(46.4, "ms") == "46 毫秒"
    assert written(9.98, "ms") == "10 毫秒"
    assert written(1234.5, "ms") == "1,234 毫秒"
    assert written(0.0341, "number") == "0.0341"
    assert interval(Estimate(0.5, 0.25, 0.75, 8), "share") == "25.0–75.0%"
    assert interval(Estimate(0.5, None, None, 1), "share") == "—"
    assert nearest_rank(tuple(map(float, range(1, 101))), 0.07) == 7.0
    assert nearest_rank((), 0.5) is None


def test_the_view_is_plain_json_under_its_own_names() -> None:
    view = replace(hostile_view(), risk_area=Estimate(float("nan"), None, None, 0))
    read = json.loads(json.dumps(view_json(view), allow_nan=False, ensure_ascii=False))
    assert read["title"] == PAYLOAD
    assert read["risk_area"] == {"value": None, "low": None, "high": None, "of": 0}
    assert read["measures"][1]["by_type"]["figure"]["of"] == 40
    assert read["worst"][0]["quotes"][0]["on_gold"] is False
    assert len(read["latencies_ms"]) == 300
