"""The paraphrases: each asks what its plain question asks, with the same gold, in words that are mostly others."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import load_dataset
from eval.normal import holds, normal

DATA = Path(__file__).resolve().parents[2] / "eval" / "data"
SPLITS = ("dev", "test")
# What such a question is asked for is how it is written: in other words it would be another type.
NEVER = {"followup", "traditional", "typo", "pinyin", "terse", "rambling", "injection", "unanswerable"}
OWN = ("id", "of", "question")
LEAST, FEW, FAR, MOST = 240, 1 / 3, 1 / 4, 2 / 3


@cache
def lines(name: str) -> list[dict[str, Any]]:
    """The lines of one question file."""
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def pairs(split: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each paraphrase of a half with its plain question; a KeyError tells a question of the other half."""
    plain = {line["id"]: line for name in ("sample", "seeds") for line in lines(f"{name}_{split}")}
    return [(line, plain[line["of"]]) for line in lines(f"paraphrases_{split}")]


PAIRS = [pair for split in SPLITS for pair in pairs(split)]


def gold(line: dict[str, Any]) -> dict[str, Any]:
    """All that a line says beside its own name and words."""
    return {name: value for name, value in line.items() if name not in OWN}


def neighbours(text: str) -> set[str]:
    """Pairs of neighbouring characters, punctuation and spaces dropped."""
    small = re.sub(r"[\W_]", "", text)
    return {small[at : at + 2] for at in range(len(small) - 1)}


def shared(paraphrase: str, plain: str) -> float:
    """How much of the paraphrase stands in the plain question, by neighbouring characters."""
    own = neighbours(paraphrase)
    return len(own & neighbours(plain)) / len(own)


def test_the_share_of_words_by_hand() -> None:
    # 甲市 市建 建几 几家 against 甲市 市有 有几 几家: two of four.
    assert shared("甲市建几家？", "甲市有几家") == 2 / 4


def test_there_are_enough_of_many_types_in_both_halves() -> None:
    assert len(PAIRS) >= LEAST
    for split in SPLITS:
        types = Counter(line["type"] for line, _ in pairs(split))
        assert len(types) >= 14
        assert set(types) & NEVER == set()
        assert max(types.values()) / types.total() < 0.4
        assert {line["of"].split("-")[0] for line, _ in pairs(split)} == {"sample", "seeds"}


def test_ids_are_numbered_and_no_question_is_taken_twice() -> None:
    for split in SPLITS:
        names = [line["id"] for line, _ in pairs(split)]
        assert names == [f"para-{split}-{number:03}" for number in range(1, len(names) + 1)]
    for name in ("of", "question"):
        assert [each for each, count in Counter(line[name] for line, _ in PAIRS).items() if count > 1] == []


def test_gold_is_that_of_an_answerable_plain_question_with_evidence() -> None:
    for line, plain in PAIRS:
        assert gold(line) == gold(plain), line["id"]
        assert plain["answers"], line["id"]
        assert plain["evidence"], line["id"]
        assert "history" not in plain, line["id"]


def test_no_paraphrase_gives_away_an_answer_or_says_what_is_forbidden() -> None:
    for line, plain in PAIRS:
        words = [wording for group in line["answers"] for wording in group] + line.get("forbidden", [])
        told = {word for word in words if holds(normal(line["question"]), normal(word))}
        assert told <= {word for word in words if holds(normal(plain["question"]), normal(word))}, line["id"]


@pytest.mark.parametrize("split", SPLITS)
def test_at_least_a_third_share_few_words_and_none_share_most(split: str) -> None:
    shares = {line["id"]: shared(line["question"], plain["question"]) for line, plain in pairs(split)}
    assert sum(share <= FAR for share in shares.values()) / len(shares) >= FEW
    assert {name: share for name, share in shares.items() if share > MOST} == {}


def test_a_paraphrase_is_one_line_of_ordinary_length() -> None:
    for line, _ in PAIRS:
        assert line["question"] == line["question"].strip()
        assert 10 <= len(line["question"]) <= 80, line["id"]
        assert "\n" not in line["question"]


@pytest.mark.parametrize("split", SPLITS)
def test_the_laboratory_reads_them_beside_the_plain_sets(split: str) -> None:
    paths = [DATA / f"{name}_{split}.jsonl" for name in ("sample", "seeds", "paraphrases")]
    assert {each.of for each in load_dataset(*paths)} == {"", *(line["of"] for line, _ in pairs(split))}


def test_the_readme_counts_what_the_files_hold() -> None:
    chapter = (DATA / "README.md").read_text("utf-8").split("\n# Paraphrases\n")[1].split("\n# ")[0]
    table = re.findall(r"^\| ([\w ]+) \| (\d+) \| (\d+) \|$", chapter, re.MULTILINE)
    halves = [[line for line, _ in pairs(split)] for split in SPLITS]
    counts = [Counter(line["type"] for line in half) for half in halves]
    expected = {kind: tuple(count[kind] for count in counts) for kind in counts[0] | counts[1]}
    expected["all"] = (len(halves[0]), len(halves[1]))
    for name, prefix in (("sample briefs", "sample"), ("seed pages", "seeds")):
        expected[name] = tuple(sum(line["of"].startswith(prefix) for line in half) for half in halves)
    assert {name: (int(dev), int(test)) for name, dev, test in table} == expected
