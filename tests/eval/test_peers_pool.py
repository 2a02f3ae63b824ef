"""The pool: the same for everybody, as small as the baseline's band allows, the long articles in it."""

import gzip
import json
from pathlib import Path

import pytest

from eval.peers.pool import LONG, Article, Asked, choose_pool, read_corpus
from index.errors import DatasetError

# Each question is a name that its own article holds once and a decoy twice: every decoy in the pool costs one question.
NAMES = ["甲乙", "丙丁", "戊己", "庚辛", "壬癸", "子丑", "寅卯", "辰巳", "午未", "申酉"]
QUESTIONS = [Asked(f"q{at}", f"{name}？", (f"gold{at}",)) for at, name in enumerate(NAMES)]
GOLD = [Article(f"gold{at}", "", f"{name}在城里。") for at, name in enumerate(NAMES)]
DECOYS = [Article(f"decoy{at}", "", f"{name}，{name}") for at, name in enumerate(NAMES)]
FILL = [Article(f"fill{at}", "", "无关的一句话。") for at in range(60)]
LONG_ONES = [Article("long", "", "长" * (LONG + 1))]


def test_distractors_are_added_only_until_the_band_is_reached() -> None:
    everything = [*FILL, *DECOYS, *GOLD, *LONG_ONES]
    small = choose_pool([*GOLD, *FILL], QUESTIONS, 10, 0, 1000, (10, 30, 70))
    assert (small.baseline, len(small.articles), small.whole, small.in_band) == (1.0, 70, True, False)
    pool = choose_pool(everything, QUESTIONS, 10, 0, 1000, (10, *range(11, 82)))
    assert pool.baseline == 0.9
    assert pool.in_band
    smaller = choose_pool(everything, QUESTIONS, 10, 0, 1000, (len(pool.articles) - 1,))
    assert smaller.baseline > 0.9
    assert {each.id for each in smaller.articles} < {each.id for each in pool.articles}


def test_long_articles_come_first_and_gold_is_never_left_out() -> None:
    pool = choose_pool([*FILL, *GOLD, *LONG_ONES], QUESTIONS, 10, 0, 11, (5,))
    assert {each.id for each in pool.articles} == {each.id for each in GOLD}
    pool = choose_pool([*FILL, *GOLD, *LONG_ONES], QUESTIONS, 10, 0, 11, (11,))
    assert (pool.long, len(pool.articles)) == (1, 11)


def test_the_cap_holds_whatever_the_baseline_says() -> None:
    assert len(choose_pool([*FILL, *GOLD], QUESTIONS, 10, 0, 20, (10, 50)).articles) == 20


def test_the_order_of_the_file_changes_nothing() -> None:
    forwards = choose_pool([*FILL, *DECOYS, *GOLD], QUESTIONS, 4, 3, 1000, (30,))
    backwards = choose_pool([*GOLD, *DECOYS, *FILL][::-1], QUESTIONS[::-1], 4, 3, 1000, (30,))
    assert forwards == backwards


def test_settings_are_never_chosen_on_measured_questions() -> None:
    several = Asked("two", "两篇都答", ("gold0", "gold1"))
    pool = choose_pool([*GOLD, *FILL], [*QUESTIONS, several], 6, 5, 1000, (20,))
    assert len(pool.questions) == 6
    assert len(pool.sample) == 5
    assert not {each.id for each in pool.questions} & {each.id for each in pool.sample}
    assert all(len(each.gold) == 1 for each in pool.questions)
    needed = {gold for each in (*pool.questions, *pool.sample) for gold in each.gold}
    assert needed <= {each.id for each in pool.articles}


def test_without_a_question_of_one_document_there_is_nothing_to_compare() -> None:
    with pytest.raises(DatasetError, match="只对应一篇资料"):
        choose_pool(GOLD, [Asked("q", "两篇", ("gold0", "gold1"))], 5, 5, 100)


def test_the_folder_is_read_packed_or_plain(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": each.id, "title": "", "text": each.text}) + "\n" for each in GOLD)
    asked = [
        {"id": "q1", "question": "在哪里", "passage_ids": ["gold1"], "self_contained": True},
        {"id": "q2", "question": "它在哪里", "passage_ids": ["gold2"], "self_contained": False},
        {"id": "q3", "question": "别处", "passage_ids": ["elsewhere"], "self_contained": True},
    ]
    (tmp_path / "qa_dev.jsonl").write_text("".join(json.dumps(each) + "\n" for each in asked), encoding="utf-8")
    (tmp_path / "passages.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    articles, questions = read_corpus(tmp_path)
    assert articles == tuple(GOLD)
    assert [each.id for each in questions] == ["q1"]
    (tmp_path / "passages.jsonl.gz").unlink()
    (tmp_path / "passages.jsonl").write_text(lines, encoding="utf-8")
    assert read_corpus(tmp_path) == (articles, questions)


def test_a_folder_without_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=f"{tmp_path}.*--data"):
        read_corpus(tmp_path)


def test_the_real_pool_is_not_saturated(shared: Path) -> None:
    pool = choose_pool(*read_corpus(shared / "data" / "crud"), 300, 100, 6000, (6000,))
    assert (len(pool.questions), len(pool.sample), len(pool.articles)) == (300, 100, 6000)
    assert pool.in_band
    assert pool.long == 31
