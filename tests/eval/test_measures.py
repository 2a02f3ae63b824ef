"""Each measure on cases worked by hand."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.dataset import GoldEvidence, GoldQuestion
from eval.gold import Gold, Shelf, copies
from eval.measures import Ratio, measure, nearest_rank
from eval.normal import groups_met, has_figure, holds, normal, without_markers
from eval.result import Result, Run, calibration_rows
from eval.retrieval import CUTOFFS, found_within
from eval.score import Score, capped, score
from index.types import Document, Noise, Span

TEXT = "甲市建成产业学院12家。培训职工3000人。各县跟进。甲市建成产业学院12家。当年，产业学院达到12家，覆盖全市。"
FIRST = Span(0, 11)
COPY = Span(TEXT.index("甲市", 5), TEXT.index("。当年"))
AGAIN = Span(TEXT.index("产业学院达到"), TEXT.index("，覆盖"))
TRAINED = Span(TEXT.index("培训"), TEXT.index("各县"))


def document(text: str = TEXT, identity: str = "d1", **more: Any) -> Document:
    given: dict[str, Any] = {"title": "甲市", "source": "", "published": None, "origin": "", "record": ""}
    return Document(id=identity, text=text, file=f"{identity}.txt", sha256="ab", **(given | more))


def at(*spans: Span) -> tuple[GoldEvidence, ...]:
    return tuple(GoldEvidence("d1.txt", sha256="ab", span=span) for span in spans)


SHELF = Shelf([document(), document("乙市培训职工3000人。", "d2")])
FIGURE = GoldQuestion("q1", "甲市有多少家产业学院？", "figure", (("12家", "12所"),), at(FIRST))
NEVER = GoldQuestion("q2", "火星市有几家？", "unanswerable", unanswerable=True, reason="unknown_place")


def cite(span: Span, identity: str = "d1", text: str = TEXT, **more: Any) -> dict[str, Any]:
    quoted = {"document_id": identity, "start": span.start, "end": span.end, "quote": text[span.start : span.end]}
    return quoted | {"marks": [[span.start, span.end]]} | more


def reply(text: str, *citations: dict[str, Any], **more: Any) -> dict[str, Any]:
    whole = {"answer": text, "refused": False, "reason": None, "confidence": 0.9, "raw_text": text}
    return whole | {"citations": list(citations)} | more


def refusal(reason: str = "unknown_place", raw: str = "") -> dict[str, Any]:
    return reply("资料库中没有。", refused=True, reason=reason, confidence=0.2, raw_text=raw)


def judged(question: GoldQuestion, answer: dict[str, Any] | None, **more: Any) -> Result:
    gold = SHELF.locate(question)
    given: dict[str, Any] = {"error": "", "elapsed_ms": 1.0, "ranks": (None,) * len(gold.units)}
    return Result(question, answer, gold=gold, score=score(question, gold, answer, SHELF), **(given | more))


# The normal form.


@pytest.mark.parametrize(
    ("text", "wanted", "met"),
    [
        ("共119个", "9个", False),
        ("共11个", "1个", False),
        ("共 9 个", "9个", True),
        ("增长3.5%", "5%", False),
        ("共12.5家", "12", False),
        ("共12家", "12", True),
        ("建成十二家", "12家", True),
        ("建成２,０００家", "2000家", True),
        ("2021-10-22 10:17", "2210", False),
        ("2021-10-22 10:17", "2021-10-22", True),
        ("2021-10-22 10:17", "10:17", True),
        ("首批12、20家", "1220家", False),
        ("常州市總工會", "常州市总工会", True),
        ("《改革 方案》。", "改革方案", True),
        ("投入1.5万元", "15000元", True),
    ],
)
def test_an_answer_string_counts_only_as_the_same_words_and_the_same_figure(text: str, wanted: str, met: bool) -> None:
    assert (groups_met(text, [[wanted]]) == 1) is met


def test_every_group_counts_once_by_any_of_its_strings() -> None:
    assert groups_met("钳工、焊工", [["钳工", "焊工"], ["砌筑工"], ["焊接", "焊工"]]) == 2


def test_marks_are_taken_out_without_joining_figures() -> None:
    assert without_markers("12家【1】，3人［12］。[2]") == "12家，3人。"
    assert groups_met(without_markers("共12【1】【2】3人"), [["123人"]]) == 0
    assert without_markers("国发[2020]5号") == "国发[2020]5号"


@pytest.mark.parametrize(("text", "told"), [("三家", True), ("12%", True), ("一些企业", False), ("", False)])
def test_a_figure_is_seen_in_any_script(text: str, told: bool) -> None:
    assert has_figure(text) is told


@given(st.text(alphabet="0123456789.,、 -家个", max_size=12), st.text(alphabet="123", min_size=1, max_size=3))
def test_a_figure_is_met_by_that_figure_only(around: str, figure: str) -> None:
    found = holds(normal(f"{around}家{figure}个"), figure)
    assert found
    parts = normal(f"{around}{figure}7").replace("家", "|").replace("个", "|").split("|")
    assert holds("|".join(parts), figure) == (figure in parts)


# Gold evidence.


def test_two_spans_that_each_hold_the_whole_answer_are_alternatives() -> None:
    gold = SHELF.locate(replace(FIGURE, evidence=at(FIRST, AGAIN)))
    assert [len(unit.alternatives) for unit in gold.units] == [2]
    listed = replace(FIGURE, answers=(("12家",), ("3000人",)), evidence=at(FIRST, TRAINED))
    assert [len(unit.alternatives) for unit in SHELF.locate(listed).units] == [1, 1]
    compared = replace(FIGURE, type="compare", evidence=at(FIRST, AGAIN))
    assert [len(unit.alternatives) for unit in SHELF.locate(compared).units] == [1, 1]


def test_a_span_cut_through_by_noise_still_holds_its_answer() -> None:
    text = "甲市建成1小屋2家。另说建成12家。"
    at_noise = text.index("小屋")
    page = document(text, noise=(Noise(at_noise, at_noise + 2, "广告"),))
    spans = at(Span(0, text.index("。")), Span(text.index("另"), len(text)))
    assert len(Shelf([page]).locate(replace(FIGURE, evidence=spans)).units) == 1


def test_a_verbatim_copy_of_a_gold_span_is_gold() -> None:
    assert copies(TEXT, FIRST) == (FIRST, COPY)
    assert copies(TEXT, COPY) == (FIRST, COPY)
    assert judged(FIGURE, reply("12家", cite(COPY))).score.on_gold == 1


def test_a_quote_is_found_in_the_document_of_its_name() -> None:
    question = replace(FIGURE, evidence=(GoldEvidence("d1.txt", quote="培训职工3000人"),))
    (place,) = SHELF.locate(question).places
    assert (place.document_id, place.spans) == ("d1", (Span(12, 21),))
    assert TEXT[12:21] == "培训职工3000人"


@pytest.mark.parametrize(
    "evidence",
    [
        GoldEvidence("none.txt", quote="培训"),
        GoldEvidence("d1.txt", quote="没有这句话"),
        GoldEvidence("d1.txt", sha256="cd", span=FIRST),
        GoldEvidence("d1.txt", sha256="ab", span=Span(0, 9999)),
    ],
)
def test_evidence_that_the_library_lacks_is_told_and_scores_zero(evidence: GoldEvidence) -> None:
    result = judged(replace(FIGURE, evidence=(evidence,)), reply("12家", cite(FIRST)))
    assert "q1" in Run((result,)).problems[0]
    found = measure([result])
    assert (found.citation_recall, found.citation_precision) == (Ratio(0, 1), Ratio(0, 1))


# One answer.


def test_a_right_answer_with_its_proof_earns_everything() -> None:
    earned = judged(FIGURE, reply("甲市建成产业学院12家。【1】", cite(FIRST))).score
    assert earned == Score(
        answered=True,
        correct=True,
        correct_within=(True, True, True),
        groups_met=1,
        length=12,
        citations=1,
        verbatim=1,
        on_gold=1,
        in_gold_document=1,
        cited_characters=11,
        gold_characters=11,
        units_cited=1,
    )


def test_touching_the_gold_span_is_not_overlapping_it() -> None:
    beside = judged(FIGURE, reply("12家", cite(Span(FIRST.end, FIRST.end + 4)))).score
    assert (beside.on_gold, beside.in_gold_document, beside.units_cited) == (0, 1, 0)
    elsewhere = judged(FIGURE, reply("12家", cite(Span(0, 4), "d2", "乙市培训"))).score
    assert (elsewhere.verbatim, elsewhere.on_gold, elsewhere.in_gold_document) == (1, 0, 0)


@pytest.mark.parametrize(
    "altered",
    [
        {"quote": "甲市建成产业学院21家"},
        {"quote": "甲市建成产业学院12家 "},
        {"end": 10},
        {"start": -1},
        {"start": 11, "quote": ""},
        {"end": 9999},
        {"document_id": "d9"},
        {"marks": [[0, 12]]},
        {"marks": [[5, 5]]},
    ],
)
def test_a_citation_is_verbatim_only_to_the_letter(altered: dict[str, Any]) -> None:
    assert judged(FIGURE, reply("12家", cite(FIRST))).score.verbatim == 1
    assert judged(FIGURE, reply("12家", cite(FIRST) | altered)).score.verbatim == 0


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("建成21家。", True), ("建成12家。", False), ("建成一些。", False), ("建成廿一家、三所。", True)],
)
def test_a_wrong_figure_is_a_figure_given_in_place_of_the_right_one(text: str, wrong: bool) -> None:
    assert judged(FIGURE, reply(text)).score.wrong_figure is wrong
    assert not judged(replace(FIGURE, type="worker"), reply(text)).score.wrong_figure


def test_a_cap_never_leaves_the_head_of_a_figure() -> None:
    assert capped("共2000名", 2) == "共"
    assert capped("共20名", 3) == "共20"
    late = judged(FIGURE, reply("甲" * 100 + "12家")).score
    assert late.correct_within == (False, True, True)


# A whole run.


def test_refusals_are_judged_by_who_should_have_been_refused() -> None:
    found = measure(
        [
            judged(NEVER, refusal()),
            judged(replace(NEVER, id="q3"), refusal("no_content")),
            judged(replace(NEVER, id="q4"), reply("12家")),
            judged(replace(NEVER, id="q5"), None, error="坏了"),
            judged(FIGURE, refusal()),
            judged(replace(FIGURE, id="q6"), reply("12家")),
        ]
    )
    assert found.refusal_precision == Ratio(2, 3)
    assert found.refusal_recall == Ratio(2, 4)
    assert found.refusal_reason == Ratio(1, 4)
    assert found.answerable_refused == Ratio(1, 2)
    assert found.accuracy == Ratio(1, 2)
    assert found.errors == 1


def test_lengths_and_times_are_those_of_the_answers_given() -> None:
    replies = [reply("12家【1】"), reply("共有12家"), refusal()]
    results = [judged(FIGURE, each, elapsed_ms=float(at + 1)) for at, each in enumerate(replies)]
    other = judged(replace(FIGURE, type="how"), reply("先培训，后评价，再提高待遇"), elapsed_ms=4.0)
    found = measure([*results, other])
    assert (found.figure_length, found.length) == (4.0, 5.0)
    assert (found.p50_ms, found.p95_ms) == (2.0, 4.0)
    assert measure([results[2]]).length is None


def test_nearest_rank_on_worked_cases() -> None:
    assert nearest_rank([1, 2, 3, 4, 5], 0.5) == 3
    assert nearest_rank([float(n) for n in range(1, 101)], 0.95) == 95
    assert nearest_rank([7], 0.95) == 7
    assert nearest_rank([], 0.5) == 0


def test_a_share_of_nothing_is_zero() -> None:
    assert Ratio(0, 0).value == 0.0
    assert measure([]).accuracy == Ratio(0, 0)


@given(st.lists(st.one_of(st.none(), st.integers(1, 20)), max_size=8))
def test_evidence_recall_counts_the_pieces_found_in_time(ranks: list[int | None]) -> None:
    assert found_within(ranks) == {k: sum(rank is not None and rank <= k for rank in ranks) for k in CUTOFFS}


def test_calibration_asks_whether_a_refused_answer_would_have_been_right() -> None:
    run = Run(
        (
            judged(FIGURE, reply("12家")),
            judged(FIGURE, refusal("no_content", raw="甲市建成产业学院12家。")),
            judged(FIGURE, refusal("no_content", raw="甲市建成产业学院21家。")),
            judged(NEVER, refusal(raw="12家")),
            judged(FIGURE, None, error="坏了"),
        )
    )
    rows = calibration_rows(run)
    assert [(row.refused, row.answerable, row.correct) for row in rows] == [
        (False, True, True),
        (True, True, True),
        (True, True, False),
        (True, False, False),
    ]
    assert rows[0].confidence == 0.9


def test_gold_without_evidence_has_no_part_in_the_citation_measures() -> None:
    bare = replace(FIGURE, evidence=())
    assert SHELF.locate(bare) == Gold()
    found = measure([judged(bare, reply("12家", cite(FIRST)))])
    assert (found.accuracy, found.verbatim) == (Ratio(1, 1), Ratio(1, 1))
    assert (found.citation_precision, found.citation_recall) == (Ratio(0, 0), Ratio(0, 0))
