"""Whether length alone tells true pairs from false ones."""

import json
from pathlib import Path

import pytest

from eval.trust.lengths import main, row
from eval.trust.verifier import Pair


def _pair(sentence: str, *, is_true: bool) -> Pair:
    return Pair("p", sentence, "loose", "supported" if is_true else "unsupported", ())


def test_long_truths_and_short_falsehoods_are_told_apart() -> None:
    true = [_pair("全市建站40个，服务骑手3000人，另有夜间值守。", is_true=True)]
    false = [_pair("全市建站41个。", is_true=False)]
    assert row("pairs", true + false)[3:] == ("1.00", "1.00", "1.00")
    assert row("pairs", [*true, _pair(true[0].sentence, is_true=False)])[3:] == ("0.50", "0.50", "0.50")


def test_a_damaged_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps({"id": "1", "sentence": "全市建站40个。"}), encoding="utf-8")
    assert main([str(path)]) == 1
    assert "label" in capsys.readouterr().err
