"""A draft keeps what its evidence says, and nothing else."""

from dataclasses import replace

from evidence import make_evidence

from rag.draft import QUALITY_NOTICE, Draft, marked
from rag.question import understand
from rag.types import Answer, Evidence

QUOTE = "白银市建成工匠学院9家，培训职工1300人次。"
SHOWN = f"{QUOTE[:-1]}（2021年10月资料）。【1】"
QUESTION = understand("白银市有多少家工匠学院？")


def finished(draft: Draft) -> Answer:
    return draft.answer(QUESTION, {})


def other(text: str) -> Evidence:
    evidence = make_evidence(text)
    return replace(evidence, document=replace(evidence.document, id="d2"))


def test_a_supported_sentence_is_kept_with_its_mark() -> None:
    draft = Draft()
    assert draft.write(QUOTE, [make_evidence(QUOTE)]) == f"{QUOTE}【1】"
    answer = finished(draft)
    assert answer.text == SHOWN
    assert [citation.verdict for citation in answer.citations] == ["supported"]


def test_what_the_evidence_does_not_say_stays_out_but_in_the_raw_text() -> None:
    draft = Draft()
    assert draft.write("白银市建成工匠学院90家。", [make_evidence(QUOTE)]) is None
    assert draft.write(QUOTE, [make_evidence(QUOTE)]) is not None
    assert draft.write("常州市建成工匠学院9家。", [make_evidence(QUOTE)]) is None
    answer = finished(draft)
    assert answer.text == SHOWN
    assert [sentence.text for sentence in answer.sentences] == [QUOTE]
    assert answer.raw_text == f"白银市建成工匠学院90家。{QUOTE}常州市建成工匠学院9家。"


def test_no_evidence_is_no_sentence() -> None:
    draft = Draft()
    assert draft.write(QUOTE, []) is None
    assert finished(draft).citations == ()


def test_a_plan_told_as_a_fact_passes_in_part_and_not_wholly() -> None:
    plan = make_evidence("白银市计划到2025年建成产业学院3家。")
    told = "白银市建成产业学院3家。"
    lenient, strict = Draft(), Draft()
    assert lenient.write(told, [plan]) is not None
    assert lenient.sentences[0].verdict == "partly"
    assert strict.write(told, [plan], wholly=True) is None
    assert strict.raw_text == told
    assert strict.numbering.citations == []


def test_numbers_follow_first_use_over_sentences() -> None:
    first, second = make_evidence(QUOTE), other("白银市出台配套文件7个。")
    draft = Draft()
    draft.write("白银市出台配套文件7个。", [second])
    draft.write(QUOTE, [first])
    draft.write("白银市出台配套文件7个。", [second])
    assert [sentence.numbers for sentence in draft.sentences] == [(1,), (2,), (1,)]
    assert [citation.document_id for citation in finished(draft).citations] == ["d2", "d1"]


def test_a_sentence_on_two_quotes_carries_both_marks() -> None:
    draft = Draft()
    draft.write(QUOTE, [make_evidence(QUOTE), other(QUOTE)])
    assert marked(draft.sentences[0]) == f"{QUOTE}【1】【2】"


def test_a_dropped_sentence_takes_no_number() -> None:
    draft = Draft()
    draft.write("白银市建成工匠学院90家。", [other(QUOTE)])
    draft.write(QUOTE, [make_evidence(QUOTE)])
    assert [citation.document_id for citation in finished(draft).citations] == ["d1"]


def test_a_refusal_takes_sentences_and_citations_back_and_keeps_the_raw_text() -> None:
    draft = Draft()
    draft.write(QUOTE, [make_evidence(QUOTE)])
    draft.drop_sentences()
    assert (draft.sentences, draft.written, draft.numbering.citations, draft.raw_text) == ([], [], [], QUOTE)


def test_the_lead_comes_first_and_the_lines_make_the_text() -> None:
    draft = Draft(lead="共1个：白银市。\n")
    draft.write(QUOTE, [make_evidence(QUOTE)])
    assert draft.lines() == ["共1个：白银市。\n", SHOWN]
    assert finished(draft).text == "".join(draft.lines())


def test_a_source_of_low_quality_is_named_by_its_number() -> None:
    for code, words in QUALITY_NOTICE.items():
        draft = Draft(notice="模型没有回答。")
        draft.write(QUOTE, [make_evidence(QUOTE)])
        draft.write(QUOTE, [make_evidence(QUOTE, context="前文", quality=(code,))])
        assert finished(draft).notice == f"模型没有回答。【2】{words}。"
    assert finished(Draft()).notice == ""


def test_what_is_left_open_and_the_table_go_into_the_answer() -> None:
    draft = Draft(unanswered=["常州市的资料里没有找到能确切回答的原文"], confidence=0.7)
    answer = draft.answer(QUESTION, {"total": 1.5})
    assert answer.unanswered == ("常州市的资料里没有找到能确切回答的原文",)
    assert (answer.confidence, answer.timings_ms, answer.refused, answer.table) == (0.7, {"total": 1.5}, False, None)
