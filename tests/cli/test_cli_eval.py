"""The laboratory as an evaluator uses it: run, score, compare, list, import and gate from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.told import ROOT, Command, assert_one_clear_line
from tests.fakes.openai_server import fake_openai

FEW = 12


@pytest.fixture
def few() -> Path:
    """The first questions of the shipped dev half."""
    gold = (ROOT / "eval" / "data" / "sample_dev.jsonl").read_text(encoding="utf-8").splitlines()[:FEW]
    path = Path("few.jsonl")
    path.write_text("\n".join(gold), encoding="utf-8")
    return path.resolve()


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def done(changai: Command, sample_index: Path, few: Path) -> Path:
    """A finished run of them."""
    told = changai("eval", "run", "--dataset", few, "--out", "one", "--index", sample_index)
    assert told.code == 0, told.err
    return Path("one").resolve()


def test_a_run_tells_measures_and_leaves_its_reports(changai: Command, done: Path) -> None:
    names = {"run.json", "answers.jsonl", "errors.jsonl", "scores.jsonl", "report.md", "report.html", "report.json"}
    assert {path.name for path in done.iterdir()} == names
    report = json.loads((done / "report.json").read_text(encoding="utf-8"))
    accuracy = next(line for line in report["measures"] if line["key"] == "accuracy")
    assert accuracy["overall"]["of"] == FEW and accuracy["overall"]["value"] > 0.7
    assert accuracy["overall"]["low"] <= accuracy["overall"]["value"] <= accuracy["overall"]["high"]
    page = (done / "report.html").read_text(encoding="utf-8")
    assert "<title>" in page and "答对率" in page and "vega" in page
    assert "答对率" in (done / "report.md").read_text(encoding="utf-8")


def test_a_run_goes_to_a_folder_of_its_own_and_again_to_the_same(
    changai: Command, sample_index: Path, few: Path
) -> None:
    first = changai("eval", "run", "--dataset", few, "--index", sample_index)
    (folder,) = Path("runs").iterdir()
    assert first.code == 0 and f"{FEW}/{FEW}" in first.err and folder.name in first.err
    again = changai("eval", "run", "--dataset", few, "--index", sample_index)
    assert again.code == 0 and "评测 [" not in again.err
    assert list(Path("runs").iterdir()) == [folder]
    told = changai("eval", "list", "--json")
    assert [(each["questions"], each["identity"]["system"]) for each in told.objects] == [(FEW, "changai")]
    assert folder.name in changai("eval", "list").out


def test_answers_of_the_batch_command_are_scored_like_a_run(
    changai: Command, sample_index: Path, few: Path, done: Path
) -> None:
    batch = changai("ask", "--json", "--batch", few, "--index", sample_index)
    Path("answers.jsonl").write_text(batch.out, encoding="utf-8")
    told = changai(
        *(
            "eval",
            "score",
            "answers.jsonl",
            "--dataset",
            few,
            "--out",
            "scored",
            "--name",
            "别家",
            "--index",
            sample_index,
        )
    )
    assert told.code == 0, told.err
    ours, theirs = lines(done / "scores.jsonl"), lines(Path("scored") / "scores.jsonl")
    for one, other in zip(ours, theirs, strict=True):
        for key in ("accuracy", "citation_precision", "verbatim", "risk_area"):
            assert one["readings"].get(key) == other["readings"].get(key), (one["id"], key)
        assert "hit_1" not in other["readings"]
    assert json.loads((Path("scored") / "run.json").read_text(encoding="utf-8"))["identity"]["system"] == "别家"


def test_a_run_is_scored_again_with_its_own_questions(changai: Command, sample_index: Path, done: Path) -> None:
    told = changai("eval", "score", done / "answers.jsonl", "--index", sample_index)
    assert told.code == 0 and "答对率" in told.out
    assert "100.0%" in next(line for line in told.out.splitlines() if "逐字相符" in line)


def test_two_runs_are_compared_question_by_question(
    changai: Command, sample_index: Path, few: Path, done: Path
) -> None:
    told = changai("eval", "run", "--dataset", few, "--system", "bm25", "--out", "two", "--index", sample_index)
    assert told.code == 0, told.err
    text = changai("eval", "compare", done, "two")
    assert text.code == 0 and "变差的题" in text.out and "系统不同" in text.err
    (found,) = changai("eval", "compare", done, "two", "--json").objects
    assert found["common"] == FEW and found["worse"]
    assert found["differences"]["accuracy"]["value"] < 0
    same = changai("eval", "compare", done, done)
    assert "都相同" in same.err and "变差的题" not in same.out


def test_the_gate_opens_and_closes(changai: Command, done: Path) -> None:
    baseline = Path("baseline.jsonl")
    assert_one_clear_line(changai("eval", "gate", done, "--baseline", baseline), "baseline.jsonl", "--regenerate")
    assert changai("eval", "gate", done, "--baseline", baseline, "--regenerate").code == 0
    passed = changai("eval", "gate", done, "--baseline", baseline)
    assert passed.code == 0 and "下降" not in passed.out
    rows = [
        {**row, "readings": {**row["readings"], "accuracy_255": [0.0, 1.0]}} for row in lines(done / "scores.jsonl")
    ]
    Path("worse.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    closed = changai("eval", "gate", "worse.jsonl", "--baseline", baseline)
    assert closed.code == 1 and "答对率" in closed.last and "下降" in closed.out


def test_a_spreadsheet_of_the_staff_becomes_a_question_set_that_runs(changai: Command, sample_index: Path) -> None:
    sheet = (
        "问题,答案,来源文件\n白银市有多少个院士专家工作站？,24个,baiyin.md\n常州市有几家工匠学院？,5家,changzhou.md\n"
    )
    Path("staff.csv").write_bytes(sheet.encode("gb18030"))
    told = changai("eval", "import", "sheet", "staff.csv", "--out", "set")
    assert told.code == 0 and "2 题" in told.err, told.err
    ran = changai("eval", "run", "--dataset", "set/qa.jsonl", "--out", "own", "--index", sample_index)
    assert ran.code == 0, ran.err
    assert [row["readings"]["accuracy"] for row in lines(Path("own") / "scores.jsonl")] == [[1.0, 1.0]] * 2


def test_a_model_may_judge_beside_the_measures(
    changai: Command, sample_index: Path, done: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("eval", "score", done / "answers.jsonl", "--judge", "--index", sample_index)
    assert_one_clear_line(changai(*words), "CHANGAI_LLM_BASE_URL")
    with fake_openai("approves") as server:
        monkeypatch.setenv("CHANGAI_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("CHANGAI_LLM_MODEL", "fake")
        told = changai(*words)
    assert told.code == 0 and "大模型判对" in told.out
    assert "★ 大模型判对" not in told.out


def test_answers_are_not_overwritten_by_their_own_scores(changai: Command, sample_index: Path, done: Path) -> None:
    before = (done / "answers.jsonl").read_bytes()
    told = changai("eval", "score", done / "answers.jsonl", "--out", done, "--index", sample_index)
    assert_one_clear_line(told, "--out")
    assert (done / "answers.jsonl").read_bytes() == before


def test_a_file_that_answers_none_of_the_questions_is_told(changai: Command, sample_index: Path, few: Path) -> None:
    Path("other.jsonl").write_text('{"id": "zz", "answer": "12家"}\n', encoding="utf-8")
    assert_one_clear_line(
        changai("eval", "score", "other.jsonl", "--dataset", few, "--index", sample_index), "other.jsonl", "--dataset"
    )


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["run", "--dataset", "nowhere"], "nowhere"),
        (["score", "nowhere"], "nowhere"),
        (["score", "bad.jsonl"], "bad.jsonl 第 1 行"),
        (["compare", "nowhere", "nowhere"], "nowhere"),
        (["list", "nowhere"], "nowhere"),
        (["import", "squad", "nowhere", "--out", "set"], "nowhere"),
        (["import", "beir", "bad.jsonl", "--out", "set"], "bad.jsonl"),
        (["import", "sheet", "bad.jsonl", "--out", "set"], "bad.jsonl"),
        (["import", "rgb", "bad.jsonl", "--noise-rate", "2", "--out", "set"], "--noise-rate"),
        (["gate", "nowhere"], "nowhere"),
        (["calibrate"], "--pair"),
        (["peers", "--data", "nowhere"], "nowhere"),
    ],
)
def test_bad_input_is_one_clear_line(changai: Command, words: list[str], named: str) -> None:
    Path("bad.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
    assert_one_clear_line(changai("eval", *words), named)
    assert not Path("set").exists()


@pytest.mark.parametrize("words", [["eval"], ["eval", "walk"], ["eval", "run", "--half", "third"], ["eval", "import"]])
def test_wrong_usage_exits_with_2(changai: Command, words: list[str]) -> None:
    told = changai(*words)
    assert told.code == 2 and told.out == "" and "错误：" in told.err
