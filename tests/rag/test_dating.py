"""The date of a figure, or of its source, in the words of an answer."""

from dataclasses import replace

import pytest
from evidence import make_document
from hypothesis import given
from hypothesis import strategies as st

from index.library import Library
from index.types import Noise, Span
from rag.chain import make_chain
from rag.dating import as_of, asks_of_today, own_date, source_date, with_note, with_own_date
from rag.types import Evidence

HEAD = "---\ntitle: 厦门市\nbased_on:\n  - title: 甲\n    date: {0}\n  - title: {2}\n    date: {1}\n---\n"


def quoted(text: str, quote: str) -> Evidence:
    at = text.index(quote)
    return Evidence(make_document(text), at, at + len(quote), (Span(at, at + len(quote)),))


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("白银市有6个工作室。", "白银市有6个工作室（2021年10月资料）。"),
        ("他说“好。”", "他说“好（2021年10月资料）。”"),
        ("没有句号", "没有句号（2021年10月资料）"),
    ],
)
def test_a_note_stands_before_the_full_stop(sentence: str, told: str) -> None:
    assert with_note(sentence, "2021年10月资料") == told


@pytest.mark.parametrize(
    ("text", "quote", "date"),
    [
        ("市总工会2025年给晋级的会员发激励：技师600元，首席技师1500元。", "首席技师1500元", "2025年"),
        ("全市有驿站6000家，这个数字见于2024年4月的报道。", "全市有驿站6000家", "2024年4月"),
        ("全市有驿站6000家。两项数字都在2023年2月公布。", "全市有驿站6000家。", "2023年2月"),
        ("全市有驿站6000家，计划2027年再建200家。", "全市有驿站6000家", ""),
        ("2019年开始试点。全市有驿站6000家。", "全市有驿站6000家。", ""),
        ("全市有驿站6000家。\n这个数字见于2024年的报道。", "全市有驿站6000家。", ""),
        ("全市有驿站6000家。2023年的报道说有学院5家。", "全市有驿站6000家。", ""),
        ("全市有驿站6000家。这份报道的口径与2022年5月的统计不同。", "全市有驿站6000家。", ""),
        ("一份没有注明日期的报道说，全市有驿站6000家。", "全市有驿站6000家。", "日期不详"),
    ],
)
def test_the_sentence_of_a_figure_dates_it_before_its_document_does(text: str, quote: str, date: str) -> None:
    assert own_date(with_own_date(quoted(text, quote))) == date


@pytest.mark.parametrize(
    ("text", "published", "note"),
    [
        ("一句话。", "2021-10-22", "2021年10月资料"),
        ("一句话。", "2021", "2021年资料"),
        ("一句话。", None, "日期不详"),
        (HEAD.format("2021-10-01", "2021-10-22", "乙"), "2021-10-22", "2021年10月资料"),
        (HEAD.format("2021-03-01", "2021-10-22", "乙"), "2021-10-22", "2021年资料"),
        (HEAD.format("2015-03-01", "2021-10-22", "乙"), "2021-10-22", "资料最新为2021年"),
        (HEAD.format("2023-03-01", "", "2025年的激励"), "2023-03-01", "资料最新为2025年"),
        (HEAD.format("2023-03-01", "", "乙"), "2023-03-01", "资料注明最新为2023年"),
    ],
)
def test_several_sources_claim_no_month_that_they_do_not_share(text: str, published: str | None, note: str) -> None:
    assert source_date(make_document(text, published=published)) == note


def test_an_answer_says_its_date_once_and_not_beside_a_year(sample_library: Library) -> None:
    chain = make_chain(sample_library)
    assert "（2021年10月资料）" in chain.invoke({"question": "白银有几个技能大师工作室？"}).text
    assert "资料）" not in chain.invoke({"question": "到2035年全国想造就多少大国工匠？"}).text


def test_a_clause_that_lost_its_year_is_not_dated_by_its_document(sample_library: Library) -> None:
    text = make_chain(sample_library).invoke({"question": "厦门给晋级特级技师的会员多少钱？"}).text
    assert "2025年" in text
    assert "2023" not in text


def test_the_verified_sentence_itself_has_no_date_added(sample_library: Library) -> None:
    answer = make_chain(sample_library).invoke({"question": "白银有几个技能大师工作室？"})
    assert all("资料）" not in sentence.text for sentence in answer.sentences)


def test_a_question_about_today_is_told_how_old_the_source_is(sample_library: Library) -> None:
    answer = make_chain(sample_library).invoke({"question": "白银现在有几个技能大师工作室？"})
    assert "资料是2021年10月的，之后有没有变化" in answer.notice
    assert as_of(make_document("一句话。", published=None)).startswith("资料没有日期")
    assert as_of(make_document(HEAD.format("2015-03-01", "2021-10-22", "乙"))).startswith("资料最新为2021年，")
    assert asks_of_today("白银现在有几个") and not asks_of_today("白银有几个")


def test_a_date_in_noise_dates_nothing() -> None:
    evidence = quoted("发布时间：2024年4月全市有驿站6000家。", "全市有驿站6000家。")
    assert own_date(with_own_date(evidence)) == "2024年4月"
    noisy = replace(evidence.document, noise=(Noise(0, 12, "页眉"),))
    assert own_date(with_own_date(replace(evidence, document=noisy))) == ""


@given(st.text(alphabet="2025年4月报道数字，。\n这个", max_size=120), st.data())
def test_any_quote_keeps_its_words_when_it_is_dated(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    given_evidence = Evidence(make_document(text), start, end, (Span(start, end),))
    dated = with_own_date(given_evidence)
    assert given_evidence.marks[0] in dated.marks
    assert dated.start <= start <= end <= dated.end
    assert own_date(dated) in dated.quote
