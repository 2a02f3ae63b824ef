"""Chunks cut anew: what their search texts carry, what both legs find in them, and the table over sizes and carryings."""

from __future__ import annotations

import json
from math import log
from pathlib import Path

import pytest

from eval.gold import Gold, Place, Unit
from eval.search.carried import CARRYING, SHIPPED, carried, passage_of
from eval.search.chunks import compared, cut, line
from eval.search.cut_outcome import MEASURES, Outcome, answered, outcome
from eval.search.cut_sets import Asked, dev_set, training_sets
from eval.search.recut import Recut
from index.build import build
from index.chunking import chunk_document
from index.embedding import load_embedder
from index.settings import Settings
from index.training import questions
from index.types import Document, Span
from tests.fakes.library import made_document, made_library
from tests.rag.training.made_shared import made_questions, made_shared

TEXT = "# 技能\n常州建成学院12家。培训工人很多。\n# 待遇\n首席技师每月有津贴。工匠可以疗养。"


@pytest.fixture(scope="module")
def document() -> Document:
    return made_document(TEXT, "常州市", title="常州简报", published="2021-03-05")


def texts_of(document: Document, name: str) -> list[str]:
    chunks = chunk_document(document, Settings())
    return [carried(name, document, chunks, at).text for at in range(len(chunks))]


def test_each_carrying_adds_its_lines_above_the_passage(document: Document) -> None:
    first, second = "技能常州建成学院12家。培训工人很多。", "待遇首席技师每月有津贴。工匠可以疗养。"
    assert texts_of(document, "text") == [first, second]
    assert texts_of(document, "title") == [f"常州简报\n{first}", f"常州简报\n{second}"]
    assert texts_of(document, "headings") == [f"常州简报\n技能\n{first}", f"常州简报\n待遇\n{second}"]
    assert texts_of(document, "places")[1] == f"常州简报\n待遇\n常州市\n{second}"
    assert texts_of(document, "date")[1] == f"常州简报\n待遇\n常州市\n2021年3月5日\n{second}"
    # The first chunk has none before it and the last none behind it.
    assert texts_of(document, "before") == [
        f"常州简报\n技能\n常州市\n{first}",
        f"常州简报\n待遇\n常州市\n培训工人很多。\n{second}",
    ]
    assert texts_of(document, "around")[0] == f"常州简报\n技能\n常州市\n待遇首席技师每月有津贴。\n{first}"


def test_the_shipped_carrying_is_what_an_index_holds(document: Document) -> None:
    assert texts_of(document, SHIPPED) == [chunk.search_text for chunk in chunk_document(document, Settings())]


def test_the_passage_begins_where_it_is_said_to(document: Document) -> None:
    chunks = chunk_document(document, Settings())
    for name in CARRYING:
        for at, chunk in enumerate(chunks):
            found = carried(name, document, chunks, at)
            assert found.text[found.body :] == passage_of(document, chunk)


def test_both_legs_find_a_chunk_by_its_own_words(document: Document, tmp_path: Path) -> None:
    chunks = chunk_document(document, Settings())
    recut = Recut([(document, chunks)], "text", load_embedder(), tmp_path / "keywords")
    assert len(recut) == 2
    assert list(recut.worded("工匠疗养", 5, lambda token: 1.0)) == [chunks[1].id]
    assert recut.nearest("首席技师津贴", 2)[0] == chunks[1].id
    both = recut.candidates([chunk.id for chunk in chunks])
    first, second = recut.likeness("首席技师津贴", both)
    assert second > first
    # ln(1 + (2 − 1 + ½) / (1 + ½)) and ln(1 + (2 − 0 + ½) / (0 + ½)).
    assert recut.idf("工匠") == pytest.approx(log(2))
    assert recut.idf("火星") == pytest.approx(log(6))
    assert recut.span(chunks[1].id) == (chunks[1].start, chunks[1].end)


def made_sets(document: Document, count: int) -> list[Asked]:
    others = [made_document(f"{n}号工厂办了{n}期夜校。", name=f"其他{n}") for n in range(count)]
    gold = [Gold((Unit((Place(one.id, (Span(0, 5),)),)),)) for one in others]
    learned = Asked("学", others, [(f"{n}号工厂办了几期夜校？", one) for n, one in enumerate(gold)], is_training=True)
    start = TEXT.index("工匠可以")
    proof = Gold((Unit((Place(document.id, (Span(start, start + 4),)),)),))
    return [learned, Asked("考", [document], [("工匠可以疗养吗？", proof)], is_training=False)]


def test_a_cut_is_measured_over_every_set(document: Document) -> None:
    pytest.importorskip("lightgbm")
    sets = made_sets(document, 30)
    found = outcome(cut(sets, 200), sets, SHIPPED, load_embedder())
    assert found.chunks == 32
    assert found.values["keyword hit_1"]["考"] == [1.0]
    assert found.values["whole hit_10"]["考"] == [1.0]
    assert len(found.values["whole ndcg_10"]["学"]) == 30
    # Proof is counted where the gold says where it stands, and any of the first five passages may hold it.
    assert found.proof == [1.0]
    assert line(200, SHIPPED, found)[:3] == ["200", SHIPPED, "32"]


def test_what_is_right_is_told_to_the_ranker(document: Document, tmp_path: Path) -> None:
    (learned, _) = made_sets(document, 3)
    cuts = cut([learned], 200)[learned.name]
    rows = answered(Recut(cuts, SHIPPED, load_embedder(), tmp_path / "keywords"), learned)
    for number, row in enumerate(rows):
        assert [one for one, right in zip(row.read.documents, row.read.right, strict=True) if right] == [
            learned.documents[number].id
        ]


def made_outcome(*ndcg: float) -> Outcome:
    columns = {f"{leg} {measure}" for leg in ("keyword", "vectors", "whole") for measure in MEASURES}
    return Outcome(1, {column: {"学": list(ndcg)} for column in columns}, [])


def test_gains_are_over_the_shipped_cut() -> None:
    shipped, better = made_outcome(0.0, 0.5, 0.5), made_outcome(0.5, 1.0, 1.0)
    (_, row) = compared({(200, SHIPPED): shipped, (300, SHIPPED): better}, shipped)
    assert row[:3] == ("300", SHIPPED, "+0.500")


def test_training_questions_come_with_the_documents_that_answer_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "FOLDER", made_questions(tmp_path / "questions"))
    shared = made_shared(tmp_path / "shared")
    records = {f"news_{n}" for n in range(60)}
    lines = [
        json.dumps({"id": one, "title": "", "text": f"{one}的正文。"}, ensure_ascii=False) for one in sorted(records)
    ]
    corpus = tmp_path / "domain.jsonl"
    corpus.write_text("\n".join(lines), encoding="utf-8")
    build(Settings(tmp_path / "domain"), [corpus])
    (found,) = training_sets(shared, tmp_path, ["domain"], 4)
    assert found.is_training
    assert 1 <= len(found.questions) <= 4
    for _, gold in found.questions:
        assert len(gold.units) == 1


def test_a_dev_set_has_the_evidence_of_its_gold(document: Document, tmp_path: Path) -> None:
    row = {
        "id": "q",
        "question": "工匠可以疗养吗？",
        "type": "yesno",
        "answers": [["可以"]],
        "evidence": [{"document": "常州市.md", "quote": "工匠可以疗养"}],
    }
    path = tmp_path / "some_dev.jsonl"
    path.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    made_library(tmp_path / "index", [document]).close()
    found = dev_set(tmp_path / "index", path)
    assert (found.name, found.is_training) == ("some_dev", False)
    ((words, gold),) = found.questions
    assert words == "工匠可以疗养吗？"
    assert gold.places[0].spans == (Span(TEXT.index("工匠可以"), TEXT.index("工匠可以") + 6),)
