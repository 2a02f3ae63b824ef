"""What ranking is given of many chunks at once: as the store holds them, with the passage below its head."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.build import add, build, remove
from index.chunking import chunk_document
from index.library import Library
from index.normalise import search_form
from index.part import PartWriter
from index.prepare import prepare
from index.quality import signature
from index.settings import Settings
from index.store import Store
from index.tables import body_start
from index.types import Candidate, Chunk, Document, Heading, Noise, Span
from tests.fakes.index import CountingEmbedder, fake_steps, two_files

PLAIN = Document("甲", "甲文", "甲题", "报", "2021-10-22", "/甲.txt", "甲.txt", "", "0", places=("常州市", "江苏省"))
LINES = st.text(st.sampled_from("工人产业常州市0123,。 "), min_size=1, max_size=12).filter(str.strip)


def chunk(document_id: str, ordinal: int, **values: object) -> Chunk:
    plain = Chunk(f"{document_id}#{ordinal}", document_id, ordinal, 0, 1, (Span(0, 1),), (), "词", ())
    return replace(plain, **values)  # type: ignore[arg-type]


def write(folder: Path, part: str, *records: tuple[Document, Sequence[Chunk]]) -> None:
    writer = PartWriter(folder / "parts" / part, 4)
    for position, (document, pieces) in enumerate(records):
        ready = prepare(document, pieces, "指纹", signature)
        writer.put(ready, np.eye(len(pieces), 4, dtype=np.float32), position)
    writer.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two parts: 甲 in one, 乙 (a near-copy, with a defect) and 丙 in the other."""
    head = chunk(
        "甲", 0, search_text="甲题\n一\n常州市\n江苏省\n正文\n第二行", heading=("甲题", "一"), places=("武进区",)
    )
    write(tmp_path, "7", (PLAIN, [head, chunk("甲", 1, search_text="甲题\n常州市\n江苏省\n尾")]))
    other = replace(PLAIN, id="乙#1", origin="乙", places=(), quality=("truncated",))
    last = replace(PLAIN, id="丙", origin="丙", places=())
    write(tmp_path, "8", (other, [chunk("乙#1", 0, search_text="甲题\n乙")]), (last, [chunk("丙", 0), chunk("丙", 1)]))
    (tmp_path / "duplicates.json").write_text('{"乙#1": "甲"}', encoding="utf-8")
    opened = Store.open(tmp_path, ["7", "8"])
    yield opened
    opened.close()


def test_a_candidate_worked_out_by_hand(store: Store) -> None:
    assert store.candidates(["甲#0"]) == [
        Candidate(
            chunk_id="甲#0",
            document_id="甲",
            search_text="甲题\n一\n常州市\n江苏省\n正文\n第二行",
            # Below the title, one heading that is not the title again, and two places.
            body=len("甲题\n一\n常州市\n江苏省\n"),
            places=("武进区", "常州市", "江苏省"),
            quality=(),
            part="7",
            row=0,
        )
    ]


def test_candidates_come_in_the_order_of_the_ids_over_all_parts(store: Store) -> None:
    asked = ["丙#1", "甲#1", "无#0", "乙#1#0", "甲#9", "甲#0", "", "甲#", "甲#x", "乙#1"]
    found = store.candidates(asked)
    assert [one.chunk_id for one in found] == ["丙#1", "甲#1", "乙#1#0", "甲#0"]
    assert [(one.part, one.row) for one in found] == [("8", 2), ("7", 1), ("8", 0), ("7", 0)]
    assert [one.search_text[one.body :] for one in found[1:]] == ["尾", "乙", "正文\n第二行"]


def test_a_near_copy_carries_its_code_after_those_of_its_own(store: Store) -> None:
    assert [one.quality for one in store.candidates(["乙#1#0", "甲#0"])] == [("truncated", "duplicate"), ()]
    assert store.document("乙#1").quality == ("truncated", "duplicate")  # type: ignore[union-attr]


def test_no_ids_give_no_candidates(store: Store) -> None:
    assert store.candidates([]) == []
    assert store.candidates(["无#0"]) == []


def test_very_many_candidates_are_found_in_one_call(tmp_path: Path) -> None:
    pieces = [chunk("甲", number, search_text=f"甲题\n常州市\n江苏省\n{number}") for number in range(1_203)]
    writer = PartWriter(tmp_path / "parts" / "0", 4)
    writer.put(prepare(PLAIN, pieces, "", signature), np.zeros((len(pieces), 4), dtype=np.float32), 0)
    writer.close()
    store = Store.open(tmp_path, ["0"])
    found = store.candidates([piece.id for piece in reversed(pieces)])
    assert [one.search_text[one.body :] for one in found] == [str(number) for number in reversed(range(1_203))]
    store.close()


@pytest.mark.parametrize(("lines", "start"), [(0, 0), (1, 2), (2, 5), (3, 6)])
def test_the_body_begins_below_so_many_lines(lines: int, start: int) -> None:
    assert body_start("题\n节节\n\n文\n文", lines) == start


@settings(max_examples=60, deadline=None)
@given(
    title=LINES,
    headings=st.lists(st.tuples(st.integers(1, 3), LINES), max_size=3),
    body=st.lists(LINES, min_size=1, max_size=9),
    places=st.lists(st.sampled_from(["常州市", "江苏省", "白银市"]), max_size=2, unique=True),
    noisy=st.booleans(),
)
def test_the_body_is_the_passage_without_its_head(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    headings: list[tuple[int, str]],
    body: list[str],
    places: list[str],
    noisy: bool,
) -> None:
    text, marked = "", []
    for level, heading in headings:
        marked.append(Heading(len(text), len(text) + len(heading), level, heading))
        text += heading + "\n"
    text += "产业工人,\n" + "\n".join(body)
    noise = (Noise(len(text) - 1, len(text), "advert"),) if noisy else ()
    document = replace(PLAIN, text=text, title=title, headings=tuple(marked), places=tuple(places), noise=noise)
    pieces = chunk_document(document, Settings(chunk_tokens=32))
    folder = tmp_path_factory.mktemp("库")
    write(folder, "0", (document, pieces[:4]))
    store = Store.open(folder, ["0"])
    for one, piece in zip(store.candidates([piece.id for piece in pieces[:4]]), pieces[:4], strict=True):
        head = [title, *(part for part in piece.heading if part != title), *places]
        assert one.search_text == piece.search_text
        assert one.search_text[: one.body] == "".join(f"{search_form(part)}\n" for part in head)
    store.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An index of two parts, of which the first lost a document."""
    source = two_files(tmp_path / "资料")
    (source / "丙.txt").write_text("企业补贴\n培训企业工人", encoding="utf-8")
    made = Settings(folder=tmp_path / "索引")
    build(made, [source / "常州.txt", source / "白银.txt"], steps=fake_steps())
    remove(made, ["常州.txt"], steps=fake_steps())
    add(made, [source / "丙.txt"], steps=fake_steps())
    add(made, [source / "常州.txt"], steps=fake_steps())
    with Library.open(made, fake_steps()) as opened:
        yield opened


def test_likeness_is_the_cosine_of_each_candidate(library: Library) -> None:
    ids = [chunk_id for chunk_id, _ in library.search_texts()]
    assert len(library.manifest.parts) > 1
    candidates = library.candidates(ids[::-1])
    question = "企业培训工人"
    texts = [one.search_text for one in candidates]
    model = CountingEmbedder()
    expected = model.embed(texts) @ model.embed([question])[0]
    assert len(set(np.round(expected, 4))) > 2
    # The index holds half floats.
    np.testing.assert_allclose(library.likeness(question, candidates), expected, atol=2e-3)
    assert library.likeness(question, candidates[1:2]) == pytest.approx([expected[1]], abs=2e-3)
    assert library.likeness(question, []) == []


def test_likeness_agrees_with_the_vector_leg(library: Library) -> None:
    hits = library.vector_hits("培训学院", 99)
    candidates = library.candidates([hit.chunk_id for hit in hits])
    assert library.likeness("培训学院", candidates) == pytest.approx([hit.score for hit in hits], abs=1e-3)


def test_a_question_of_no_known_word_is_like_nothing(library: Library) -> None:
    candidates = library.candidates([chunk_id for chunk_id, _ in library.search_texts()])
    assert library.likeness("xyz", candidates) == [0.0] * len(candidates)


def test_search_texts_are_those_of_all_chunks(library: Library) -> None:
    every = [piece for held in library.documents() for piece in library.chunks_of(held.id)]
    assert sorted(library.search_texts()) == sorted((piece.id, piece.search_text) for piece in every)
    found = library.candidates([piece.id for piece in every])
    assert [one.search_text for one in found] == [piece.search_text for piece in every]
    assert [one.document_id for one in found] == [piece.document_id for piece in every]
