"""What whole answers take, over a small library of invented facts."""

import json
from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from eval.trust.latency import Taken, main, table

DOCUMENTS = [
    made_document("## 平台\n\n白银市建成技能大师工作室6个。", "白银市"),
    made_document("## 学院\n\n徐州市建成工匠学院14家。", "徐州市"),
]


def taken(outcome: str, elapsed: float, **stages: float) -> Taken:
    return Taken(outcome, elapsed, elapsed / 2, stages, ())


def test_times_are_told_by_outcome_and_by_stage() -> None:
    lines = table([taken("answered", 10.0, retrieve=4.0), taken("answered", 20.0, retrieve=6.0), taken("refused", 3.0)])
    rows = {line.split(" | ")[0].strip("| "): line for line in lines.splitlines()}
    assert rows["answered"] == "| answered | 2 | 15.0 | 19.5 | 19.9 | 20.0 | 7.5 | 9.8 |"
    assert rows["refused"].startswith("| refused | 1 | 3.0 |")
    assert rows["all"].startswith("| all | 3 | 10.0 |")
    assert rows["stage retrieve"].startswith("| stage retrieve | 2 | 5.0 |")
    assert "table" not in rows


def test_the_command_asks_every_question_and_what_was_offered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with made_library(tmp_path / "index", DOCUMENTS):
        pass
    asked = ["徐州市有多少家工匠学院？", "白银市的机场有几条跑道？"]
    rows = [{"id": f"q{n}", "question": text, "type": "figure", "unanswerable": True, "reason": "no_content",
             "answers": [], "evidence": []} for n, text in enumerate(asked)]  # fmt: skip
    sets = tmp_path / "qa.jsonl"
    sets.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    assert main(["--index", str(tmp_path / "index"), str(sets), "--rounds", "2", "--offered"]) == 0
    told = capsys.readouterr().out
    assert "| answered | 1 |" in told
    assert "| refused | 1 |" in told
    assert "1 次拒答，0 次没有推荐；推荐的问题能回答 1/1（1.000）" in told


def test_a_missing_index_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--index", str(tmp_path / "none"), str(tmp_path / "qa.jsonl")]) == 1
    assert capsys.readouterr().err.startswith("错误：")
