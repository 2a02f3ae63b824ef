"""The store gives back what was put into it, and nothing of what was taken out."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from index.part import PartEntry, PartWriter, read_signatures, to_join
from index.part_store import PartStore
from index.prepare import prepare
from index.quality import signature
from index.store import Store
from index.types import Chunk, Document, Heading, Noise, Span
from index.vectors import Vectors

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NUMBER = st.integers(0, 10**9)
DOCUMENTS = st.builds(
    Document,
    id=WORDS,
    text=WORDS,
    title=WORDS,
    source=WORDS,
    published=st.none() | WORDS,
    origin=WORDS,
    file=WORDS,
    record=WORDS,
    sha256=WORDS,
    headings=st.lists(st.builds(Heading, NUMBER, NUMBER, NUMBER, WORDS), max_size=3).map(tuple),
    noise=st.lists(st.builds(Noise, NUMBER, NUMBER, WORDS), max_size=3).map(tuple),
    places=st.lists(WORDS, max_size=3).map(tuple),
    quality=st.lists(WORDS, max_size=3).map(tuple),
    card=WORDS,
    author=WORDS,
    number=WORDS,
    level=WORDS,
    pages=st.lists(NUMBER, max_size=3).map(tuple),
    reasons=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
)
CHUNKS = st.builds(
    Chunk,
    id=WORDS,
    document_id=WORDS,
    ordinal=NUMBER,
    start=NUMBER,
    end=NUMBER,
    marks=st.lists(st.builds(Span, NUMBER, NUMBER), max_size=3).map(tuple),
    heading=st.lists(WORDS, max_size=3).map(tuple),
    search_text=WORDS,
    places=st.lists(WORDS, max_size=3).map(tuple),
)
PLAIN = Document("甲", "甲文", "甲题", "报", "2021-10-22", "/甲.txt", "甲.txt", "", "0", places=("常州市",))


def chunk(document_id: str, ordinal: int, text: str = "词", places: tuple[str, ...] = ()) -> Chunk:
    return Chunk(f"{document_id}#{ordinal}", document_id, ordinal, 0, 1, (Span(0, 1),), (), text, places)


def put(writer: PartWriter, document: Document, pieces: Sequence[Chunk], position: int) -> None:
    ready = prepare(document, pieces, "指纹", signature)
    writer.put(ready, np.eye(len(pieces), 4, dtype=np.float32), position)


@dataclass
class Room:
    """A generation of parts by number, each closed when it is written."""

    folder: Path
    parts: list[str] = field(default_factory=list)

    def write(self, *documents: tuple[Document, Sequence[Chunk], int]) -> PartEntry:
        writer = PartWriter(self.folder / "parts" / str(len(self.parts)), 4)
        self.parts.append(writer.folder.name)
        for document, pieces, position in documents:
            put(writer, document, pieces, position)
        return writer.close()

    def open(self) -> Store:
        return Store.open(self.folder, self.parts)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "库 #1?")


@settings(deadline=None)
@given(document=DOCUMENTS, piece=CHUNKS)
def test_records_come_back_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, document: Document, piece: Chunk
) -> None:
    room = Room(tmp_path_factory.mktemp("store"))
    piece = replace(piece, document_id=document.id, id=f"{document.id}#{piece.ordinal}")
    entry = room.write((document, [piece], 0))
    assert (entry.documents, entry.chunks) == (1, 1)
    reader = room.open()
    assert reader.documents() == (document,)
    assert reader.document(document.id) == document
    held = reader.held_at(document.origin)
    assert held == reader.held()[0] == reader.held_as(document.id)
    assert (held.id, held.title, held.fingerprint, held.part) == (document.id, document.title, "指纹", "0")
    assert reader.chunks_of(document.id) == (piece,)
    assert reader.chunks([piece.id]) == {piece.id: piece}
    reader.close()


def test_documents_keep_their_order_over_the_parts(room: Room) -> None:
    other = replace(PLAIN, id="乙", origin="/乙.txt", published="2024-01-02")
    room.write((other, [chunk("乙", 0, "前"), chunk("乙", 1, "后")], 5))
    room.write((PLAIN, [chunk("甲", 0, "首", ("白银市",))], 2))
    store = room.open()
    assert [document.id for document in store.documents()] == ["甲", "乙"]
    assert list(store.search_texts()) == [("乙#0", "前"), ("乙#1", "后"), ("甲#0", "首")]
    assert store.last_position() == 5
    assert store.newest() == "2024-01-02"
    assert store.place_names() == {"常州市", "白银市"}
    assert set(store.chunks(["甲#0", "乙#1", "丙#0", "甲#7", "无"])) == {"甲#0", "乙#1"}


def test_an_empty_store_answers_too(room: Room) -> None:
    store = room.open()
    assert (store.documents(), store.newest(), store.last_position()) == ((), None, -1)
    assert (store.document("无"), store.chunks(["无"]), store.held_at("无")) == (None, {}, None)


def test_records_of_a_file_are_told_from_those_of_another(room: Room) -> None:
    names = [
        ("/甲.jsonl#一", "一"),
        ("/甲.jsonl#二", "二"),
        ("/甲.jsonl#一.txt", ""),
        ("/甲.jsonl", ""),
        ("/包.zip!甲.txt", "甲.txt"),
    ]
    room.write(
        *((replace(PLAIN, id=str(n), origin=origin, record=record), [], n) for n, (origin, record) in enumerate(names))
    )
    store = room.open()
    assert sorted(held.id for held in store.held_under("/甲.jsonl")) == ["0", "1", "3"]
    assert [held.id for held in store.held_under("/包.zip")] == ["4"]
    assert [held.path for held in store.held()] == [
        "/甲.jsonl",
        "/甲.jsonl",
        "/甲.jsonl#一.txt",
        "/甲.jsonl",
        "/包.zip",
    ]


def test_many_chunks_are_found_in_one_call(room: Room) -> None:
    pieces = [chunk("甲", number) for number in range(1203)]
    room.write((PLAIN, pieces, 0))
    assert room.open().chunks([piece.id for piece in pieces]) == {piece.id: piece for piece in pieces}


def test_nothing_of_a_dropped_document_is_copied(room: Room) -> None:
    secret = "只此一份的秘密" * 500
    room.write(
        (PLAIN, [chunk("甲", 0)], 0),
        (replace(PLAIN, id="密", origin="密", text=secret), [chunk("密", 0, secret), chunk("密", 1)], 1),
        (replace(PLAIN, id="丙", origin="丙", text="丙文"), [chunk("丙", 0)], 2),
    )
    old = room.folder / "parts" / "0"
    writer = PartWriter(room.folder / "parts" / "9", 4)
    writer.copy(old, {"密"})
    entry = writer.close()
    assert (entry.documents, entry.chunks) == (2, 2)
    # The sum of the digests does not tell in how many steps a part was made.
    put(
        fresh := PartWriter(room.folder / "parts" / "8", 4),
        replace(PLAIN, id="丙", origin="丙", text="丙文"),
        [chunk("丙", 0)],
        2,
    )
    put(fresh, PLAIN, [chunk("甲", 0)], 0)
    assert fresh.close().digest == entry.digest
    everything = b"".join(path.read_bytes() for path in writer.folder.iterdir())
    assert secret[:7].encode() in (old / "store.sqlite").read_bytes()
    assert secret[:7].encode() not in everything
    assert Vectors.open(writer.folder).ids == ("甲#0", "丙#0")
    assert read_signatures(writer.folder).tolist() == read_signatures(old)[[0, 2]].tolist()


def test_a_reader_cannot_write(room: Room) -> None:
    room.write((PLAIN, [], 0))
    reader = PartStore.open(room.folder / "parts" / "0" / "store.sqlite")
    with pytest.raises(OperationalError, match="readonly"):
        reader.copy_from(room.folder / "parts" / "0" / "store.sqlite", [])
    reader.close()


def test_threads_share_a_reader(room: Room) -> None:
    room.write(*((replace(PLAIN, id=str(n), origin=str(n), text=str(n) * 1000), [], n) for n in range(20)))
    store = room.open()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(store.document, [str(number % 20) for number in range(400)]))
    assert [document.text[0] for document in found if document] == [str(n % 20)[0] for n in range(400)]


@pytest.mark.parametrize(
    ("sizes", "joined"),
    [
        ([4096] * 20, 0),
        ([1] * 7, 0),
        ([1] * 8, 8),
        ([9] * 7 + [1] * 7, 0),
        ([500] * 8, 8),
        ([2, 3, 7, 1, 5, 6, 4, 2, 3], 9),
    ],
)
def test_small_parts_of_one_size_are_joined(sizes: list[int], joined: int) -> None:
    entries = [PartEntry(str(number), size, 0, 0) for number, size in enumerate(sizes)]
    assert len(to_join(entries)) == joined
