"""Necessities counted by hand, and what they are counted from."""

import sys
from pathlib import Path

import pytest

from index.training.questions import is_held_out
from rag.training.necessity import FEWEST, HEAD, SMOOTHING, answered_questions, counted, main, table
from tests.rag.training.made_shared import IDS, write

PAIRS = [("补助多少", "补助十元"), ("补助 补助", "没有津贴"), ("多少", "十元")]


def test_a_token_counts_once_a_question() -> None:
    found = counted(PAIRS)
    assert found.asked == {"补助": 2, "助多": 1, "多少": 2}
    assert dict(found.met) == {"补助": 1}
    assert found.mean == 1 / 5


def test_shares_are_smoothed_towards_the_mean() -> None:
    found = counted([("补助", "补助")] * 5 + [("多少", "十元")] * 5)
    assert found.mean == 0.5
    assert found.necessities() == pytest.approx(
        {"多少": SMOOTHING * 0.5 / (5 + SMOOTHING), "补助": (5 + SMOOTHING * 0.5) / (5 + SMOOTHING)}
    )


def test_a_token_of_few_questions_or_near_the_mean_has_no_line() -> None:
    few = [("补助", "补助")] * (FEWEST - 1) + [("多少", "十元")] * FEWEST
    assert set(counted(few).necessities()) == {"多少"}
    assert counted([("津贴", "津贴"), ("津贴", "")] * 50).necessities() == {}


def test_nothing_counted_is_an_empty_table() -> None:
    assert counted([]).mean == 0
    assert table(counted([])) == f"{HEAD}\n"


def test_lines_are_in_the_order_of_tokens_with_two_places() -> None:
    text = table(counted([("补助", "补助")] * 5 + [("多少", "十元")] * 5))
    assert text == f"{HEAD}\n多少\t0.27\n补助\t0.73\n"


def test_measured_questions_and_the_fifth_of_the_ranker_are_not_counted(small: Path) -> None:
    questions = {question for question, _ in answered_questions(small)}
    assert questions == {
        *(f"stard train {n}" for n in IDS if n % 3 and not is_held_out(f"q{n}")),
        *(f"c train {n}" for n in IDS if n % 3 and not is_held_out(f"C{n}")),
        *(f"own law {n}" for n in IDS if not is_held_out(f"stard_{n}")),
        *(f"security_mrc {n}" for n in IDS),
    }
    assert dict(answered_questions(small))["own law 2"].endswith("法条2号。")


def test_a_pair_that_repeats_a_measured_question_is_left_out(small: Path) -> None:
    rows = [
        {"source": "security_mrc", "a": "STARD measured 3？", "b": "答"},
        {"source": "security_mrc", "a": "新", "b": "答"},
    ]
    write(small / "data" / "train" / "pairs.jsonl.gz", rows)
    questions = [question for question, _ in answered_questions(small)]
    assert questions[-1] == "新"
    assert not any("measured" in question for question in questions)


def test_the_command_writes_the_table_and_tells_the_mean(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "table.tsv"
    monkeypatch.setattr(sys, "argv", ["necessity", str(small), "--out", str(out)])
    main()
    found = counted(answered_questions(small))
    assert out.read_text(encoding="utf-8") == table(found)
    assert len(found.necessities()) > 3
    assert capsys.readouterr().out == f"mean {found.mean:.3f}, {len(found.necessities())} tokens\n"
