"""Passages: the budget holds, no sentence is lost or counted twice, noise is never counted, headings go with their text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.chunking import chunk_document
from index.sentences import sentence_spans
from index.settings import Settings
from index.tokens import count_tokens
from index.types import Document, Heading, Noise

SMALL = Settings(chunk_tokens=32)


def a_document(
    text: str,
    noise: tuple[Noise, ...] = (),
    headings: tuple[Heading, ...] = (),
    places: tuple[str, ...] = (),
    quality: tuple[str, ...] = (),
) -> Document:
    return Document(
        id="d", text=text, title="甲市产改要点", source="", published=None, origin="d.txt", file="d.txt", record="", sha256="",
        headings=headings, noise=noise, places=places, quality=quality,
    )  # fmt: skip


def heading(text: str, line: str, level: int) -> Heading:
    at = text.index(line)
    return Heading(at, at + len(line), level, line)


TEXT = st.text(alphabet=st.sampled_from("产改工人队伍建设，；。！？…“”（）\n 15a.、"), max_size=400)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(TEXT)
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    noise = tuple(Noise(a, b, "广告") for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b)
    lines = sentence_spans(text)
    chosen = draw(st.lists(st.sampled_from(lines), max_size=3, unique=True)) if lines else []
    headings = tuple(
        Heading(span.start, span.end, draw(st.integers(1, 3)), text[span.start : span.end]) for span in sorted(chosen)
    )
    return a_document(text, noise, headings)


def counted_positions(document: Document) -> set[int]:
    noisy = {at for item in document.noise for at in range(item.start, item.end)}
    return {at for at, sign in enumerate(document.text) if at not in noisy and not sign.isspace()}


def is_han(sign: str) -> bool:
    return "\u4e00" <= sign <= "\u9fff"


@given(documents())
@settings(max_examples=200, deadline=None)
def test_every_counted_character_is_in_exactly_one_passage(document: Document) -> None:
    chunks = chunk_document(document, SMALL)
    marked = [at for chunk in chunks for mark in chunk.marks for at in range(mark.start, mark.end)]
    assert len(marked) == len(set(marked))
    counted = counted_positions(document)
    assert {at for at in marked if not document.text[at].isspace()} <= counted
    # Only passages without any Chinese character are dropped.
    assert not any(is_han(document.text[at]) for at in counted - set(marked))


@given(documents())
@settings(max_examples=200, deadline=None)
def test_the_budget_holds_and_marks_lie_inside(document: Document) -> None:
    chunks = chunk_document(document, SMALL)
    last = 0
    for ordinal, chunk in enumerate(chunks):
        assert chunk.ordinal == ordinal
        assert chunk.id == f"d#{ordinal}"
        assert last <= chunk.start < chunk.end <= len(document.text)
        last = chunk.end
        assert chunk.marks[0].start == chunk.start
        assert chunk.marks[-1].end == chunk.end
        for mark in chunk.marks:
            part = document.text[mark.start : mark.end]
            assert part == part.strip() != ""
        counted = "".join(document.text[mark.start : mark.end] for mark in chunk.marks)
        assert count_tokens(counted) <= SMALL.chunk_tokens


@given(documents())
@settings(max_examples=150, deadline=None)
def test_a_sentence_that_fits_is_never_cut(document: Document) -> None:
    document = a_document(document.text, headings=document.headings)
    chunks = chunk_document(document, SMALL)
    for sentence in sentence_spans(document.text):
        text = document.text[sentence.start : sentence.end]
        if count_tokens(text) <= SMALL.chunk_tokens and any(is_han(sign) for sign in text):
            assert sum(chunk.start <= sentence.start and sentence.end <= chunk.end for chunk in chunks) == 1


def test_a_heading_joins_the_text_below_it_and_parts_what_is_above() -> None:
    text = "# 甲市产改要点\n\n## 一、体系\n建成一所学院。\n## 二、评价\n认定865人。\n"
    headings = (heading(text, "# 甲市产改要点", 1), heading(text, "## 一、体系", 2), heading(text, "## 二、评价", 2))
    first, second = chunk_document(a_document(text, headings=headings), Settings())
    assert text[first.start : first.end] == "# 甲市产改要点\n\n## 一、体系\n建成一所学院。"
    assert text[second.start : second.end] == "## 二、评价\n认定865人。"
    assert second.heading == ("# 甲市产改要点", "## 二、评价")


def test_a_lower_heading_at_the_end_of_a_full_passage_moves_down() -> None:
    body = "".join(f"第{n}项工作由工会牵头推进落实。" for n in range(1, 5))
    text = f"{body}\n三、评价\n认定技能人才八百人，建立等级制度，推动待遇提升。"
    marker = Heading(text.index("三、评价"), text.index("三、评价") + 4, 3, "三、评价")
    chunks = chunk_document(a_document(text, headings=(marker,)), SMALL)
    holding = next(chunk for chunk in chunks if chunk.start <= marker.start < chunk.end)
    assert "认定" in text[holding.start : holding.end]


def test_noise_is_enclosed_but_not_counted() -> None:
    text = "蚌埠小樹屋市聚焦隊伍扶植。\n分享到微信\n培訓班舉行。"
    noise = (Noise(2, 5, "广告词"), Noise(14, 19, "分享栏"))
    (chunk,) = chunk_document(a_document(text, noise, places=("蚌埠市",), quality=("spun",)), Settings())
    assert text[chunk.start : chunk.end] == text
    assert [text[mark.start : mark.end] for mark in chunk.marks] == ["蚌埠", "市聚焦隊伍扶植。", "培訓班舉行。"]
    assert chunk.search_text.splitlines() == ["甲市产改要点", "蚌埠市", "蚌埠市聚焦队伍建设。培训班举行。"]
    assert chunk.places == ("蚌埠市",)


def test_text_without_chinese_makes_no_passage() -> None:
    assert chunk_document(a_document("Copyright 2008-2023 all rights reserved"), Settings()) == ()
    assert chunk_document(a_document(""), Settings()) == ()
    assert chunk_document(a_document("全是广告", (Noise(0, 4, "广告"),)), Settings()) == ()


def test_a_sentence_beyond_the_budget_is_cut_at_clauses_then_hard() -> None:
    clause = "推动产业工人队伍建设改革向纵深发展"
    text = "，".join([clause] * 12) + "。"
    chunks = chunk_document(a_document(text), SMALL)
    assert len(chunks) > 1
    assert all(text[chunk.end - 1] in "，。" for chunk in chunks)
    endless = "产业工人" * 200
    assert "".join(endless[c.start : c.end] for c in chunk_document(a_document(endless), SMALL)) == endless


@pytest.mark.parametrize("budget", [64, 200, 400])
def test_the_seeds_keep_every_sentence(shared: Path, budget: int) -> None:
    for path in sorted((shared / "corpus" / "seeds").glob("*.txt")):
        document = a_document(path.read_text(encoding="utf-8"))
        chunks = chunk_document(document, Settings(chunk_tokens=budget))
        for sentence in sentence_spans(document.text):
            text = document.text[sentence.start : sentence.end]
            if any(is_han(sign) for sign in text) and count_tokens(text) <= budget:
                assert sum(chunk.start <= sentence.start and sentence.end <= chunk.end for chunk in chunks) == 1
