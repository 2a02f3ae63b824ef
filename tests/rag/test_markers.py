"""Citation marks are read in every bracket, bounded, and numbered anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.markers import MarkedSentence, read_marks, renumber, split_marked, take_sentences


@pytest.mark.parametrize(
    ("text", "numbers", "dropped"),
    [
        ("建成15所。【1】", (1,), ()),
        ("建成15所[2]。", (2,), ()),
        ("建成15所。［3］", (3,), ()),
        ("建成15所。【1、2】", (1, 2), ()),
        ("建成15所。【1，3】", (1, 3), ()),
        ("建成15所。【1】【2】", (1, 2), ()),
        ("建成15所。 [ 1 ] [2]", (1, 2), ()),
        ("建成15所。【1-3】", (1, 2, 3), ()),
        ("建成15所。【资料2】", (2,), ()),
        ("建成15所。【2】【2】", (2,), ()),
        ("建成15所。【0】", (), (0,)),
        ("建成15所。【4】", (), (4,)),
        ("建成15所。【99】【1】", (1,), (99,)),
        ("建成15所。", (), ()),
    ],
)
def test_marks_are_read_and_bounded(text: str, numbers: tuple[int, ...], dropped: tuple[int, ...]) -> None:
    sentence = read_marks(text, 3)
    assert sentence == MarkedSentence("建成15所。", numbers, dropped)


def test_a_document_number_is_no_mark() -> None:
    assert read_marks("印发国发[2020]5号文件。【1】", 2) == MarkedSentence("印发国发[2020]5号文件。", (1,))
    assert read_marks("印发国发〔2020〕5号文件。", 2).numbers == ()


def test_sentences_take_the_marks_before_and_behind_their_full_stop() -> None:
    text = "- 建成15所。【1】培训300人【2】。\n2. 补贴1.5万元！[3][9]"
    assert split_marked(text, 3) == [
        MarkedSentence("建成15所。", (1,)),
        MarkedSentence("培训300人。", (2,)),
        MarkedSentence("补贴1.5万元！", (3,), (9,)),
    ]


def test_a_mark_alone_on_its_line_belongs_to_the_sentence_before() -> None:
    assert split_marked("建成15所。\n【1】", 3) == [MarkedSentence("建成15所。", (1,))]


def test_a_quotation_keeps_its_full_stop() -> None:
    assert [s.text for s in split_marked("他说：“好。”【1】会议结束。【2】", 2)] == ["他说：“好。”", "会议结束。"]


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_a_stream_gives_the_sentences_of_the_whole(size: int) -> None:
    text = "建成15所。【1】培训300人。[2]【3】补贴3000元！会议在党校召开。【1、2】\n"
    sentences: list[MarkedSentence] = []
    pending = ""
    for at in range(0, len(text), size):
        found, pending = take_sentences(pending + text[at : at + size], 3)
        sentences += found
    assert not pending
    assert sentences == split_marked(text, 3)
    assert [s.numbers for s in sentences] == [(1,), (2, 3), (), (1, 2)]


def test_a_sentence_waits_for_a_mark_on_its_way() -> None:
    assert take_sentences("建成15所。", 3) == ([], "建成15所。")
    assert take_sentences("建成15所。【", 3) == ([], "建成15所。【")
    assert take_sentences("建成15所。【1】培", 3) == ([MarkedSentence("建成15所。", (1,))], "培")


def test_numbers_start_anew_in_order_of_first_use() -> None:
    sentences, order = renumber([MarkedSentence("甲。", (5,)), MarkedSentence("乙。", (2, 5)), MarkedSentence("丙。")])
    assert order == (5, 2)
    assert [s.numbers for s in sentences] == [(1,), (1, 2), ()]


@given(st.text(alphabet="建成。！\n【】[]［］0123456789、 -", max_size=80), st.integers(0, 5))
def test_no_number_is_ever_out_of_bounds(text: str, count: int) -> None:
    for sentence in split_marked(text, count):
        assert all(1 <= number <= count for number in sentence.numbers)
        assert all(not 1 <= number <= count for number in sentence.dropped)
