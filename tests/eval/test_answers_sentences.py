"""Judging the choice of sentences on two passages whose answers can be pointed at."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from eval.answers.sentences import Judged, judged, report
from index.build import build
from index.library import Library
from index.settings import Settings

TEXT = "盐城市的工匠学院建在开发区。学院于2019年5月挂牌，首任院长是李明。学员来自三十家企业。"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("sentences")
    rows = [{"id": "P1", "title": "盐城市", "text": TEXT}, {"id": "P2", "title": "无题", "text": "一片空白。"}]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "passages.jsonl").write_text(lines, encoding="utf-8")
    settings = Settings(folder=folder / "index")
    build(settings, [folder / "passages.jsonl"])
    with Library.open(settings) as opened:
        yield opened


def row(answer: str, start: int, passage: str = "P1") -> dict[str, Any]:
    return {
        "question": "工匠学院是什么时候挂牌的？",
        "answers": [answer],
        "answer_starts": [start],
        "passage_id": passage,
    }


def test_the_sentence_with_the_answer_is_right(library: Library) -> None:
    (found,) = judged(library, [row("2019年5月", TEXT.index("2019"))])
    assert (found.first, found.said) == (True, True)
    assert 0 < found.chance < 1
    assert found.length <= len(TEXT)


def test_another_sentence_is_wrong(library: Library) -> None:
    (found,) = judged(library, [row("三十家", TEXT.index("三十家"))])
    assert (found.first, found.said) == (False, False)


def test_what_stands_nowhere_is_not_judged(library: Library) -> None:
    assert list(judged(library, [row("YES", -1), row("x", 0, "P9")])) == []


def test_the_report_counts_by_hand() -> None:
    every = [Judged(True, True, 10, 0.9), Judged(True, False, 20, 0.7), Judged(False, False, 30, 0.2)]
    line = report("cmrc_dev", every)
    assert line.startswith("cmrc_dev：3 题；答案句排第一 0.667 ")
    assert "含答案 0.333；答案长度中位数 20 字；所给把握平均 0.600" in line
    assert report("cmrc_dev", []) == "cmrc_dev：没有可评的题。"
