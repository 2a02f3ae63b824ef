"""Two runs compared question by question, the gate that they must pass, and the list of runs."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.comparison import compare
from eval.folder import SCORES, RunFolder
from eval.gate import baseline_lines, gate, replaceable
from eval.listing import runs_json, runs_text
from eval.reports.compared import comparison_text
from eval.reports.gated import gate_text
from eval.result import Run
from eval.runner import new_record
from eval.scores import ScoredQuestion, read_scores, score_lines, scored, scored_questions
from index.errors import DatasetError
from index.settings import Settings
from tests.fakes.bench import Copying, FirstSentence, Knowing, Refusing, Swapping, many, results

MANY = many(40)


def scores(system: Any, questions: Any = MANY) -> dict[str, ScoredQuestion]:
    return scored_questions(Run(results(system, questions)))


def test_scores_are_read_back_as_they_were(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.write_lines(SCORES, score_lines(Run(results(Knowing()))))
    found = read_scores(tmp_path)
    assert found == read_scores(tmp_path / SCORES)
    assert found["q0"].readings["accuracy"] == (1.0, 1.0)
    assert "accuracy" not in found["q9"].readings
    assert (found["q9"].refused, found["q9"].failed) == (True, False)


def test_what_got_worse_is_told_question_by_question() -> None:
    found = compare(scores(Knowing()), scores(FirstSentence()))
    assert (found.common, len(found.worse), len(found.better)) == (40, 40, 0)
    assert found.differences["accuracy"].value == -1.0
    assert found.differences["accuracy"].p < 0.01
    assert found.differences["hit_1"].p == 1.0
    text = comparison_text(found, limit=2)
    assert "变差的题（40）" in text and "另有 38 题" in text
    assert "建成产业学院12家" in text and "甲市总工会介绍了情况" in text
    line = next(line for line in text.splitlines() if line.startswith("答对率 "))
    assert line.split()[1:4] == ["100.0%", "0.0%", "-100.0"] and line.endswith("变差")


def test_a_length_is_another_and_neither_better_nor_worse() -> None:
    found = compare(scores(Copying()), scores(Knowing()))
    text = comparison_text(found)
    assert next(line for line in text.splitlines() if line.startswith("回答字数")).endswith("不同")
    assert len(found.changed) == 40


def test_the_same_run_differs_in_nothing() -> None:
    found = compare(scores(Knowing()), scores(Knowing()))
    assert not found.better and not found.worse and not found.changed
    assert all(each.value == 0 and each.p == 1 for each in found.differences.values())
    assert json.loads(json.dumps(found.as_json()))["common"] == 40


def test_a_question_that_was_reworded_is_another_one() -> None:
    other = scores(Knowing())
    other["m0"] = ScoredQuestion("m0", "figure", "别的题", False, False, "", "g", {})
    found = compare(scores(Knowing()), other)
    assert (found.common, found.only_a, found.only_b) == (39, 1, 1)
    with pytest.raises(DatasetError, match="没有相同的题"):
        compare({"m0": other["m0"]}, scores(Knowing()))


def fallen(before: Mapping[str, ScoredQuestion], after: Mapping[str, ScoredQuestion]) -> set[str]:
    return {each.measure.key for each in gate(before, after) if each.fell}


def test_the_gate_lets_the_same_and_the_better_pass() -> None:
    assert fallen(scores(Knowing()), scores(Knowing())) == set()
    assert fallen(scores(FirstSentence()), scores(Knowing())) == set()


def test_the_gate_closes_on_every_headline_that_fell() -> None:
    assert {"accuracy_255", "citation_precision", "citation_recall"} <= fallen(
        scores(Knowing()), scores(FirstSentence())
    )
    assert {"accuracy_255", "wrong_figure", "citation_precision"} <= fallen(scores(Knowing()), scores(Swapping()))
    assert "下降" in gate_text(gate(scores(Knowing()), scores(Swapping())))


def worse_in(count: int, system: Any) -> dict[str, ScoredQuestion]:
    whole, bad = scores(Knowing()), scores(system)
    return {key: bad[key] if at < count else each for at, (key, each) in enumerate(whole.items())}


def test_one_question_is_noise_and_ten_of_forty_are_not() -> None:
    assert "accuracy_255" not in fallen(scores(Knowing()), worse_in(1, FirstSentence()))
    assert "accuracy_255" in fallen(scores(Knowing()), worse_in(10, FirstSentence()))


def test_a_promise_may_not_fall_by_a_single_quote() -> None:
    now = scores(Knowing())
    one = now["m3"]
    now["m3"] = replace(one, readings={**one.readings, "verbatim": (0.0, 1.0)})
    assert fallen(scores(Knowing()), now) == {"verbatim"}


def test_the_gate_does_not_look_at_fewer_questions_or_measures() -> None:
    now = scores(Knowing())
    del now["m7"]
    with pytest.raises(DatasetError, match=r"缺少基线里的 1 道题（例如 m7）.*--regenerate"):
        gate(scores(Knowing()), now)
    silent = {
        key: replace(each, readings={name: row for name, row in each.readings.items() if name != "hit_1"})
        for key, each in scores(Knowing()).items()
    }
    with pytest.raises(DatasetError, match="没有测到基线里的指标「命中@1」"):
        gate(scores(Knowing()), silent)


def test_a_system_that_refuses_everything_falls_though_it_cites_nothing() -> None:
    assert {"accuracy_255", "refused_wrongly", "citation_recall"} <= fallen(scores(Knowing()), scores(Refusing()))


def test_a_baseline_holds_the_headlines_alone_and_gates_like_its_run() -> None:
    lines = baseline_lines(scores(Knowing()).values())
    assert all(row["told"] == "" and "p50_ms" not in row["readings"] for row in lines)
    kept = {row["id"]: scored(row, "基线") for row in lines}
    assert fallen(kept, scores(Knowing())) == set()
    assert "accuracy_255" in fallen(kept, scores(FirstSentence()))


def test_a_list_shows_finished_runs_and_those_that_were_killed(tmp_path: Path) -> None:
    for name, system in (("one", Knowing()), ("two", FirstSentence())):
        folder = RunFolder(tmp_path / name)
        record = new_record({"system": name}, (), Settings())
        folder.begin(record, fresh=True)
        if name == "one":
            folder.finish(record, [])
            folder.write_lines(SCORES, score_lines(Run(results(system))))
    found = {Path(run["folder"]).name: run for run in runs_json(tmp_path)}
    assert found["one"]["measures"]["accuracy"] == 1.0
    assert (found["two"]["questions"], found["two"]["measures"]["accuracy"]) == (0, None)
    assert "未跑完" in runs_text(tmp_path)
    with pytest.raises(DatasetError, match="changai eval run"):
        runs_text(tmp_path / "none")
    assert "还没有评测" in runs_text(tmp_path / "one")


def test_a_run_that_is_not_finished_cannot_be_compared(tmp_path: Path) -> None:
    RunFolder(tmp_path / "a").begin(new_record({}, (), Settings()), fresh=True)
    with pytest.raises(DatasetError, match=r"还没有跑完.*scores\.jsonl"):
        read_scores(tmp_path / "a")
    with pytest.raises(DatasetError, match="不是一次评测的目录"):
        read_scores(tmp_path)
    (tmp_path / "bad.jsonl").write_text('{"id": "a", "type": "t", "question": "q", "failed": 1}\n', encoding="utf-8")
    with pytest.raises(DatasetError, match="第 1 行：字段 failed "):
        read_scores(tmp_path / "bad.jsonl")


def test_a_question_with_other_gold_is_another_one() -> None:
    now = scores(Knowing())
    now["m0"] = replace(now["m0"], gold="other")
    assert compare(scores(Knowing()), now).common == 39
    with pytest.raises(DatasetError, match="缺少基线里的 1 道题"):
        gate(scores(Knowing()), now)


def test_a_gate_with_nothing_to_compare_does_not_open() -> None:
    empty = {key: replace(each, readings={}) for key, each in scores(Knowing()).items()}
    for baseline in ({}, empty):
        with pytest.raises(DatasetError, match="没有任何主要指标"):
            gate(baseline, scores(Knowing()))


def test_a_baseline_does_not_shrink_unseen() -> None:
    fewer = {key: each for key, each in scores(Knowing()).items() if key != "m3"}
    with pytest.raises(DatasetError, match="少掉原基线里的 1 道题（例如 m3）"):
        replaceable(scores(Knowing()), fewer)
    replaceable(fewer, scores(Knowing()))


@pytest.mark.parametrize(
    "readings",
    [{"accuracy": [float("inf"), 1]}, {"accuracy": [True, 1]}, {"accuracy": [1, -1]}, {"accuracy": [10**400, 1]}],
)
def test_readings_that_cannot_be_reckoned_with_are_told(tmp_path: Path, readings: dict[str, Any]) -> None:
    row = score_lines(Run(results(Knowing())))[0] | {"readings": readings}
    (tmp_path / "bad.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"第 1 行：字段 readings\.accuracy "):
        read_scores(tmp_path / "bad.jsonl")
    good = json.dumps(row | {"readings": {}}) + "\n"
    (tmp_path / "bad.jsonl").write_text(good * 2, encoding="utf-8")
    with pytest.raises(DatasetError, match="第 2 行：字段 id 的值「q0」重复"):
        read_scores(tmp_path / "bad.jsonl")


def test_a_damaged_record_does_not_hide_the_other_runs(tmp_path: Path) -> None:
    for name, record in (("good", None), ("bad", '{"identity": 5}'), ("worse", '{"begun": 5}')):
        folder = RunFolder(tmp_path / name)
        folder.begin(new_record({"system": name}, (), Settings()), fresh=True)
        if record:
            folder.write("run.json", record)
    told = runs_text(tmp_path)
    assert told.count("记录损坏") == 2 and "good" in told
