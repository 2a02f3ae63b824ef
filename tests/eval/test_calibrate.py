"""The fit of the confidence: what it writes is what the judge reads, and thresholds are set by questions as asked."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.library import made_document, made_library

from eval.calibrate import Material, calibrated, unlearned
from eval.dataset import GoldEvidence, GoldQuestion
from eval.trust.gathering import Row
from index.errors import DatasetError
from rag.refusing.judge import CURVE_FILE, Judge, load
from rag.training.span.held_out import is_held_out

MATERIAL = Material(own=[(Path("index"), Path("asked.jsonl"))], near=[(Path("index"), Path("near.jsonl"))])


def rows(source: str, count: int) -> list[Row]:
    """Half of the questions are answered and say all, half are not and have something against them."""
    found = []
    for number in range(count):
        good = number % 2 == 0
        read = {"against": float(not good), "covered": 0.9 if good else 0.3 + 0.001 * (number % 7)}
        found.append(Row(f"{source}-{number}", f"{source}-{number}", source, "", good, good, read))
    return found


def shipped(folder: Path) -> Judge:
    return load(folder / CURVE_FILE)


def test_the_files_make_a_judge_that_tells_the_two_apart(tmp_path: Path) -> None:
    calibrated([*rows("asked", 200), *rows("near", 60)], MATERIAL, tmp_path)
    found = shipped(tmp_path)
    good, bad = found.chance({"against": 0.0, "covered": 0.9}), found.chance({"against": 1.0, "covered": 0.3})
    assert good > found.threshold(0.05) > bad
    assert list(found.thresholds) == sorted(found.thresholds, reverse=True)


def test_the_report_tells_every_set_and_what_each_rate_costs(tmp_path: Path) -> None:
    made = [replace(row, made="swap-year", answerable=False, right=False) for row in rows("asked", 40)]
    told = calibrated([*rows("asked", 200), *made, *rows("near", 60)], MATERIAL, tmp_path)
    assert told[0].startswith("asked：可答 100，不可答 100，AUROC 1.000")
    assert any(line.startswith("  swap-year：可答 100，不可答 40") for line in told)
    assert any(line.startswith("near：可答 30，不可答 30") for line in told)
    assert any(line.startswith("错误率 0.05：") and line.endswith("/100") for line in told)


def test_questions_refused_at_the_door_count_for_the_thresholds(tmp_path: Path) -> None:
    """Where many more are refused at the door, as large a share may pass by a lower threshold."""
    asked = [*rows("asked", 100), *rows("near", 60)]
    door = [Row(f"door-{number}", f"door-{number}", "asked", "", False, False, {}) for number in range(900)]
    calibrated(asked, MATERIAL, tmp_path)
    before = shipped(tmp_path).threshold(0.05)
    calibrated([*asked, *door], MATERIAL, tmp_path)
    assert shipped(tmp_path).threshold(0.05) <= before


def test_without_questions_of_both_kinds_there_is_nothing_to_calibrate(tmp_path: Path) -> None:
    only = [row for row in rows("asked", 40) if row.answerable]
    with pytest.raises(DatasetError, match="可答的题和不可答的题"):
        calibrated(only, MATERIAL, tmp_path)


def test_questions_that_the_span_reader_learned_from_calibrate_nothing(tmp_path: Path) -> None:
    """Of our own questions to learn from only those over documents held out of the reader are asked, near misses too."""
    towns = [f"{first}{second}镇" for first in "东南西北中" for second in "山河桥塘坝岗"]
    documents = [made_document(f"{town}总工会建成驿站{at + 3}个。", town) for at, town in enumerate(towns)]
    with made_library(tmp_path / "index", documents) as library:
        names = [held.record or held.file for held in library.held()]
        texts = {name: library.document(held.id).text for name, held in zip(names, library.held(), strict=True)}
        asked = [
            GoldQuestion(f"q-{name}", "驿站几个？", "figure", (("3个",),), evidence=(GoldEvidence(name, quote=text),))
            for name, text in texts.items()
        ]
        missed = [
            GoldQuestion(f"n-{name}", text[:3] + "的驿站几点关门？", "unanswerable", unanswerable=True)
            for name, text in texts.items()
        ]
        kept = unlearned(library, [*asked, *missed], "asked_crud_train.jsonl")
        held = {name for name in names if is_held_out(name, "asked_crud_train.jsonl")}
        assert {one.id for one in kept} == {f"{kind}-{name}" for name in held for kind in "qn"}
        assert 0 < len(held) < len(names)
        assert unlearned(library, asked, "seeds_dev.jsonl") == asked
