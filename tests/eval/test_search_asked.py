"""One question in several forms of words: what each finds, and what a change of form does to a measure."""

from pathlib import Path

import pytest

from eval.dataset import GoldEvidence, GoldQuestion
from eval.gold import Shelf
from eval.reply import Found
from eval.search.asked import Asked, ask_forms, has_proof, library_search
from eval.search.shift import name_of, shift, shift_table
from index.errors import DatasetError
from index.types import Document
from rag.types import Turn
from tests.fakes.library import made_document, made_library
from tests.fakes.searching import SharedCharacters

TEXTS = {"甲": "甲市办学院十二家", "乙": "乙市给工人发补贴", "丙": "丙市的工匠比武"}
SHELF = Shelf(
    [Document(name, text, name, "", None, f"/{name}", f"{name}.txt", "", "ab") for name, text in TEXTS.items()]
)
SEARCH = SharedCharacters(TEXTS)


def question(name: str, quote: str, **more: object) -> GoldQuestion:
    return GoldQuestion(f"q{name}", "？", "figure", (("x",),), (GoldEvidence(f"{name}.txt", quote=quote),), **more)  # type: ignore[arg-type]


def test_each_form_is_measured_by_the_gold_that_they_share() -> None:
    # 学院 stands in 甲 alone. Of 工市, 丙 and 乙 have both characters, 丙 first by id, and 甲 has one: it comes third.
    asking = ask_forms([(question("甲", "学院十二家"), {"plain": "学院", "other": "工市"})], SHELF, SEARCH)
    assert asking.left_out == 0
    (asked,) = asking.asked
    assert [hit.document for hit in SEARCH("工市")] == ["丙", "乙", "甲"]
    assert (asked.found["plain"]["hit_1"], asked.found["other"]["hit_1"]) == (1.0, 0.0)
    # One relevant document at rank 3 has a gain of 1 / log2(4).
    assert asked.found["plain"]["ndcg_10"] == 1.0
    assert asked.found["other"]["ndcg_10"] == pytest.approx(0.5)


def test_a_form_that_finds_nothing_scores_zero() -> None:
    (asked,) = ask_forms([(question("甲", "学院"), {"plain": "学院", "other": "𠀀"})], SHELF, SEARCH).asked
    assert set(asked.found["other"].values()) == {0.0}


def test_what_the_library_does_not_hold_is_left_out_and_counted() -> None:
    forms = {"plain": "学院"}
    lost = [(question("丁", "没有"), forms), (question("甲", "没有这句"), forms)]
    asking = ask_forms([*lost, (question("甲", "学院"), forms)], SHELF, SEARCH)
    assert [each.question.id for each in asking.asked] == ["q甲"]
    assert asking.left_out == 2
    with pytest.raises(DatasetError, match="没有这 2 道题的任何证据"):
        ask_forms(lost, SHELF, SEARCH)


def test_evidence_that_is_held_in_part_is_asked_for_whole() -> None:
    both = GoldQuestion(
        "q", "？", "compare", (("x",),), (GoldEvidence("甲.txt", quote="学院"), GoldEvidence("丁.txt", quote="没有"))
    )
    (asked,) = ask_forms([(both, {"plain": "学院"})], SHELF, SEARCH).asked
    assert asked.found["plain"]["recall_10"] == 0.5


def test_a_question_has_proof_when_it_stands_alone_and_has_evidence() -> None:
    assert has_proof(question("甲", "学院"))
    assert not has_proof(question("甲", "学院", history=(Turn("user", "乙市呢？"),)))
    assert not has_proof(GoldQuestion("q", "？", "unanswerable", unanswerable=True))


def asked(name: str, before: float, after: float) -> Asked:
    found = {"plain": {"ndcg_10": before, "hit_1": before}, "other": {"ndcg_10": after, "hit_1": after}}
    return Asked(question(name, "x"), {"plain": "", "other": ""}, found)


def test_the_difference_is_that_of_the_means_by_hand() -> None:
    found = shift([asked("甲", 1.0, 0.5), asked("乙", 0.5, 0.5), asked("丙", 1.0, 0.25)], "ndcg_10", "plain", "other")
    assert found.before == pytest.approx(2.5 / 3)
    assert found.after == pytest.approx(1.25 / 3)
    assert found.value == pytest.approx(-1.25 / 3)
    assert found.low <= found.value <= found.high <= 0
    assert found.of == 3


def test_a_fall_everywhere_is_real_and_none_is_none() -> None:
    many = [asked(f"甲{at}", 1.0, 0.0) for at in range(20)]
    assert shift(many, "hit_1", "plain", "other").real
    same = shift(many, "hit_1", "plain", "plain")
    assert (same.value, same.low, same.high, same.p, same.real) == (0.0, 0.0, 0.0, 1.0, False)


def test_the_table_has_a_line_for_every_measure_and_form() -> None:
    # Two questions, both of which fall by a half, whichever are drawn.
    lines = shift_table([asked("甲", 1.0, 0.5)] * 2, ["ndcg_10", "hit_1"], "plain", ["other", "plain"]).split("\n")
    assert len(lines) == 5
    cells = lines[1].split()
    assert cells == [
        "nDCG@10",
        "plain",
        "→",
        "other",
        "2",
        "1.000",
        "0.500",
        "-0.500",
        "-0.500",
        "至",
        "-0.500",
        cells[-1],
    ]
    assert lines[3].split()[:4] == ["hit@1", "plain", "→", "other"]
    assert lines[4].split()[7] == "+0.000"


def test_measures_have_the_names_that_readers_know() -> None:
    assert [name_of(each) for each in ("hit_1", "ndcg_10", "recall_100", "mrr_10")] == [
        *("hit@1", "nDCG@10", "R@100", "RR@10")
    ]


def test_a_library_is_searched_as_the_search_command_ranks(tmp_path: Path) -> None:
    documents = [
        made_document("# 学院\n\n白银市建成职业技术学院三所。", "白银市"),
        made_document("# 补贴\n\n常州市给企业发放培训补贴。", "常州市"),
    ]
    with made_library(tmp_path, documents) as library:
        from rag.search import search

        words = "白银有几所职业技术学院"
        found = library_search(library)(words)
        assert found[0].document == "doc-白银市"
        assert [hit.document for hit in found] == [hit["document_id"] for hit in search(library, words, 100)]
        text = documents[0].text
        assert "学院三所" in text[found[0].start : found[0].end]
        assert found == library_search(library)(words)
        assert isinstance(found[0], Found)
