"""Sentences and clauses: where they end, and that nothing between them is lost."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.sentences import clause_spans, sentence_spans

TEXT = st.text(alphabet=st.sampled_from('产改工人，；：。！？!?…”“《》（）()"\n 　1.5,:\t等a/、'), max_size=120)


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


def clauses(text: str) -> list[str]:
    return [text[span.start : span.end] for span in clause_spans(text, 0, len(text))]


@example('"\n"')
@given(TEXT)
def test_sentences_cover_all_but_blanks_in_order(text: str) -> None:
    spans = sentence_spans(text)
    at = 0
    for span in spans:
        assert not text[at : span.start].strip()
        part = text[span.start : span.end]
        assert part
        assert part == part.strip()
        assert "\n" not in part
        at = span.end
    assert not text[at:].strip()


@given(TEXT)
def test_clauses_cover_their_sentence(text: str) -> None:
    spans = clause_spans(text, 0, len(text))
    at = 0
    for span in spans:
        assert not text[at : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
        at = span.end
    assert not text[at:].strip()


@given(TEXT, st.integers(0, 120), st.integers(0, 120))
def test_a_range_is_split_as_its_own_text(text: str, first: int, last: int) -> None:
    start, end = sorted((min(first, len(text)), min(last, len(text))))
    inside = [(span.start - start, span.end - start) for span in sentence_spans(text, start, end)]
    alone = [(span.start, span.end) for span in sentence_spans(text[start:end])]
    assert inside == alone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成6个。认定865人!", ["建成6个。", "认定865人!"]),
        ("他说：“好！”大家笑了。", ["他说：“好！”", "大家笑了。"]),
        ('他说:"好!"大家笑了。', ['他说:"好!"', "大家笑了。"]),
        ("产业工人晋升阶梯……今年以来，推进。", ["产业工人晋升阶梯……", "今年以来，推进。"]),
        ("党员……等人参加。", ["党员……等人参加。"]),
        ("培训1.5万人；2021.10发布。", ["培训1.5万人；2021.10发布。"]),
        ("标题\n正文一。\n\n正文二", ["标题", "正文一。", "正文二"]),
        ("真的吗？！是的。", ["真的吗？！", "是的。"]),
        ("见《为什么？》一文。", ["见《为什么？》", "一文。"]),
        ("网址a.cn/list?id=3不断句。", ["网址a.cn/list?id=3不断句。"]),
        ("（全文完。）下一篇", ["（全文完。）", "下一篇"]),
    ],
)
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成6个，认定865人；培训1,020人。", ["建成6个，", "认定865人；", "培训1,020人。"]),
        ("党建、工建、产改同步", ["党建、工建、产改同步"]),
        ("印发《关于甲，乙的意见》，落实", ["印发《关于甲，乙的意见》，", "落实"]),
        ("（以下简称，产改），推进", ["（以下简称，产改），", "推进"]),
        ("时间10:30,地点厂区", ["时间10:30,", "地点厂区"]),
        ("没有另一半（的括号，照样断", ["没有另一半（的括号，", "照样断"]),
        ("“" + "长" * 30 + "，" + "句" * 30 + "”", ["“" + "长" * 30 + "，", "句" * 30 + "”"]),
    ],
)
def test_where_clauses_end(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected
