"""A run over a small library: systems of known worth get the scores they deserve, and no question ends a run."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from eval.dataset import GoldEvidence, GoldQuestion, load_dataset
from eval.measures import Measures, Ratio, measure
from eval.report import aligned, report
from eval.result import Run
from eval.runner import evaluate, run
from eval.save import RESULTS_FILE, SUMMARY_FILE, save
from index.errors import DatasetError, IndexMissingError
from index.types import Chunk, Document, Span
from rag.types import Answer, Citation, Passage, Question

PAGES = {
    "甲市": "甲市总工会介绍了情况。到2023年底，全市建成产业学院12家。\n培训职工3000人。",
    "乙市": "乙市总工会介绍了情况。到2023年底，全市建成产业学院35家。\n培训职工4600人。",
}
FACTS = {
    "甲市有多少家产业学院？": ("甲市", "建成产业学院12家", "12家"),
    "甲市培训了多少人？": ("甲市", "培训职工3000人", "3000人"),
    "乙市有多少家产业学院？": ("乙市", "建成产业学院35家", "35家"),
    "乙市培训了多少人？": ("乙市", "培训职工4600人", "4600人"),
}
UNKNOWN = "火星市有多少家产业学院？"


def page(place: str) -> Document:
    text = PAGES[place]
    return Document(place, text, place, "", None, f"/{place}", f"{place}.txt", "", "ab")


@dataclass
class Shelves:
    """A library that holds the two pages."""

    def documents(self) -> tuple[Document, ...]:
        return tuple(page(place) for place in PAGES)


QUESTIONS = (
    *(
        GoldQuestion(f"q{number}", asked, "figure", ((answer,),), (GoldEvidence(f"{place}.txt", quote=quote),))
        for number, (asked, (place, quote, answer)) in enumerate(FACTS.items())
    ),
    GoldQuestion("q9", UNKNOWN, "unanswerable", unanswerable=True, reason="unknown_place"),
)


def said(asked: str, text: str, place: str, span: Span, quote: str | None = None) -> Answer:
    document = page(place)
    shown = document.text[span.start : span.end] if quote is None else quote
    cited = Citation(
        *(1, place, place, "", None, (), shown, span.start, span.end, (span,), document.file, (), ()),
        verdict="supported",
    )
    question = Question(asked, asked, asked, "figure")
    return Answer(question, f"{text}【1】", False, None, 0.9, text, citations=(cited,))


def refused(asked: str) -> Answer:
    question = Question(asked, asked, asked, "figure")
    return Answer(question, "资料库中没有该城市的资料。", True, "unknown_place", 0.1, "")


class Knowing:
    """Answers each question with its own clause and refuses the one about an unknown place."""

    def invoke(self, given: Any, /) -> Answer:
        asked = given["question"]
        return self.known(asked, *FACTS[asked]) if asked in FACTS else refused(asked)

    def known(self, asked: str, place: str, clause: str, answer: str) -> Answer:
        start = PAGES[place].index(clause)
        return said(asked, f"{clause}。", place, Span(start, start + len(clause)))


class Refusing(Knowing):
    """Refuses everything."""

    def known(self, asked: str, place: str, clause: str, answer: str) -> Answer:
        return refused(asked)


class Copying(Knowing):
    """Copies the whole page, and for an unknown place any page at all."""

    def invoke(self, given: Any, /) -> Answer:
        place = "乙市" if given["question"].startswith("乙") else "甲市"
        return said(given["question"], PAGES[place], place, Span(0, len(PAGES[place])))


class Swapping(Knowing):
    """Gives the right clause with its digits the other way round, in the answer and in the quote."""

    def known(self, asked: str, place: str, clause: str, answer: str) -> Answer:
        swapped = clause.translate(str.maketrans("0123456789", "9876543210"))
        start = PAGES[place].index(clause)
        return said(asked, swapped, place, Span(start, start + len(clause)), swapped)


class FirstSentence(Knowing):
    """Always gives the first sentence of the right page, verbatim."""

    def known(self, asked: str, place: str, clause: str, answer: str) -> Answer:
        end = PAGES[place].index("。") + 1
        return said(asked, PAGES[place][:end], place, Span(0, end))


class Failing(Knowing):
    """Breaks on one question."""

    def known(self, asked: str, place: str, clause: str, answer: str) -> Answer:
        if asked.startswith("甲市培训"):
            raise RuntimeError("坏了")
        return super().known(asked, place, clause, answer)


def earned(chain: Knowing) -> Measures:
    return measure(run(chain, Shelves(), QUESTIONS).results)


def test_a_system_that_knows_gets_everything() -> None:
    found = earned(Knowing())
    whole = (found.accuracy, found.groups, found.verbatim, found.citation_precision, found.citation_recall)
    assert whole == (Ratio(4, 4),) * 5
    assert found.citation_characters.value == 1.0
    assert (found.refusal_precision, found.refusal_recall, found.refusal_reason) == (Ratio(1, 1),) * 3
    assert (found.answerable_refused, found.wrong_figure) == (Ratio(0, 4), Ratio(0, 4))


def test_a_system_that_always_refuses_gets_nothing_but_its_refusals() -> None:
    found = earned(Refusing())
    assert (found.accuracy, found.citation_recall) == (Ratio(0, 4), Ratio(0, 4))
    assert found.citation_precision.value == 0.0
    assert (found.refusal_recall, found.refusal_precision) == (Ratio(1, 1), Ratio(1, 5))
    assert (found.answerable_refused, found.wrong_figure) == (Ratio(4, 4), Ratio(0, 4))


def test_a_system_that_copies_whole_pages_pays_in_length_in_characters_and_in_refusals() -> None:
    found, honest = earned(Copying()), earned(Knowing())
    assert found.accuracy == Ratio(4, 4)
    assert found.citation_characters.value < 0.3
    assert found.figure_length is not None and honest.figure_length is not None
    assert found.figure_length > 3 * honest.figure_length
    assert found.refusal_recall == Ratio(0, 1)


def test_a_system_that_swaps_digits_loses_its_figures_and_its_citations() -> None:
    found = earned(Swapping())
    assert found.accuracy == Ratio(0, 4)
    assert found.wrong_figure == Ratio(4, 4)
    assert found.verbatim == Ratio(0, 4)


def test_a_system_that_gives_the_first_sentence_is_verbatim_and_wrong() -> None:
    found = earned(FirstSentence())
    assert (found.verbatim, found.right_document) == (Ratio(4, 4), Ratio(4, 4))
    assert (found.accuracy, found.citation_precision, found.citation_recall) == (Ratio(0, 4),) * 3
    assert found.wrong_figure == Ratio(0, 4)


def test_one_bad_question_never_ends_a_run() -> None:
    steps: list[tuple[int, int]] = []
    found = run(Failing(), Shelves(), QUESTIONS, lambda done, every: steps.append((done, every)))
    assert [result.error for result in found.results] == ["", "RuntimeError：坏了", "", "", ""]
    assert steps == [(number, 5) for number in range(1, 6)]
    measured = measure(found.results)
    assert (measured.accuracy, measured.errors) == (Ratio(3, 4), 1)
    assert "RuntimeError：坏了" in report(found).failures()


def test_an_interrupt_ends_a_run() -> None:
    class Interrupted(Knowing):
        def invoke(self, given: Any, /) -> Answer:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Interrupted(), Shelves(), QUESTIONS)


def retrieved(question: GoldQuestion, top: int) -> Sequence[Passage]:
    """Lines of both pages, those of the other page first; breaks on one question."""
    if question.question.startswith("乙市培训"):
        raise ValueError("断了")
    found = []
    for document in sorted(Shelves().documents(), key=lambda each: each.title == question.question[:2]):
        cut = document.text.index("\n")
        for ordinal, span in enumerate((Span(0, cut), Span(cut + 1, len(document.text)))):
            chunk = Chunk(f"{document.id}#{ordinal}", document.id, ordinal, span.start, span.end, (span,))
            found.append(Passage(chunk, document, 1.0))
    return found[:top]


def test_evidence_recall_by_hand() -> None:
    found = run(Knowing(), Shelves(), QUESTIONS, retrieve=retrieved)
    assert [result.ranks for result in found.results] == [(3,), (4,), (3,), (None,), ()]
    assert [result.error for result in found.results] == ["", "", "", "ValueError：断了", ""]
    assert measure(found.results).evidence_recall == {
        1: Ratio(0, 4),
        5: Ratio(3, 4),
        10: Ratio(3, 4),
        20: Ratio(3, 4),
    }


def test_the_history_goes_to_the_chain(tmp_path: Path) -> None:
    inputs: list[Any] = []

    class Listening(Knowing):
        def invoke(self, given: Any, /) -> Answer:
            inputs.append(given)
            return super().invoke(given)

    turns = [{"role": "user", "content": "甲市有多少家产业学院？"}]
    row = {"id": "f", "question": "乙市呢？", "type": "followup", "answers": [["35家"]], "history": turns}
    (tmp_path / "qa.jsonl").write_text(json.dumps(row), encoding="utf-8")
    run(Listening(), Shelves(), load_dataset(tmp_path / "qa.jsonl"))
    assert inputs == [{"question": "乙市呢？", "history": turns}]


def test_the_report_is_an_aligned_table_by_type_in_the_order_of_the_questions() -> None:
    text = report(run(Knowing(), Shelves(), QUESTIONS, retrieve=retrieved)).text
    table = text.split("\n\n")[0].splitlines()
    assert [line.split()[0] for line in table] == ["题型", "数字", "不可答", "全部"]
    assert table[1].split()[1:6] == ["4", "1.000", "1.000", "0.000", "0.000"]
    assert table[2].split()[1:4] == ["1", "—", "—"]
    assert "该拒的拒了 1.000（1/1）" in text
    assert text.splitlines()[-1].split() == ["没有该地", "1", "1.000", "1.000"]


def test_a_han_character_is_two_columns_wide() -> None:
    assert aligned([("题型", "题数"), ("a", "1")]) == "题型  题数\na        1"


def test_a_run_is_saved_whole(tmp_path: Path) -> None:
    dataset = tmp_path / "qa.jsonl"
    dataset.write_text("{}\n", encoding="utf-8")
    out = tmp_path / "new" / "out"
    found = run(Failing(), Shelves(), QUESTIONS, retrieve=retrieved)
    made = report(Run(found.results, "f1"))
    for _ in range(2):
        save(made, [dataset], out)
        assert sorted(path.name for path in out.iterdir()) == [RESULTS_FILE, SUMMARY_FILE]
    lines = [json.loads(line) for line in (out / RESULTS_FILE).read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [question.id for question in QUESTIONS]
    assert lines[0]["answer"]["citations"][0]["quote"] == "建成产业学院12家"
    assert (lines[1]["answer"], lines[1]["error"], lines[1]["failed"]) == (None, "RuntimeError：坏了", True)
    summary = json.loads((out / SUMMARY_FILE).read_text(encoding="utf-8"))
    assert summary["index"] == "f1"
    assert summary["overall"]["accuracy"] == {"value": 0.75, "met": 3, "of": 4}
    assert summary["overall"]["evidence_recall"]["5"] == {"value": 0.75, "met": 3, "of": 4}
    assert list(summary["types"]) == ["figure", "unanswerable"]
    assert len(summary["datasets"][0]["sha256"]) == 64


def test_a_folder_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(DatasetError, match="无法写入"):
        save(report(run(Knowing(), Shelves(), QUESTIONS)), [], taken)
    (tmp_path / "out" / SUMMARY_FILE).mkdir(parents=True)
    with pytest.raises(DatasetError, match="无法写入"):
        save(report(run(Knowing(), Shelves(), QUESTIONS)), [], tmp_path / "out")
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".")]


def test_a_bad_dataset_is_told_before_the_index_is_opened(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="找不到题集文件"):
        evaluate(tmp_path / "no-index", [tmp_path / "none.jsonl"])


def test_an_index_that_was_never_built_is_told(tmp_path: Path) -> None:
    row = {"id": "a", "question": "甲市？", "type": "how", "answers": [["12家"]]}
    (tmp_path / "qa.jsonl").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(IndexMissingError):
        evaluate(tmp_path / "no-index", [tmp_path / "qa.jsonl"])
