"""What the report draws and says, without a browser: plots, the weakest finding, wording, and the plain view."""

import json
import re
import sys
from dataclasses import replace

import pytest

from eval.estimate import Estimate
from eval.reports.bundle import vega_script
from eval.reports.curves import latency_plot, nice_top, risk_plot
from eval.reports.page import report_page
from eval.reports.plots import caps_plot, headline_plot, type_plot
from eval.reports.view import RiskPoint, view_json
from eval.reports.weakest import verdict, weakest
from eval.reports.wording import interval, nearest_rank, written
from index.errors import MissingPackageError
from tests.fakes.report_view import PAYLOAD, empty_view, example_view, hostile_view


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
