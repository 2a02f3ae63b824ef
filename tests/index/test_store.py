"""The store gives back what was put into it, and nothing of what was taken out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from index.store import Store
from index.types import Chunk, Document, Heading, Noise, Span

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


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.create(tmp_path / "库 #1?.sqlite")
    yield store
    store.close()


@given(document=DOCUMENTS, piece=CHUNKS)
def test_records_come_back_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, document: Document, piece: Chunk
) -> None:
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    piece = replace(piece, document_id=document.id)
    writer = Store.create(path)
    writer.put(document, [piece], 0)
    writer.commit()
    writer.close()
    reader = Store.open(path)
    assert reader.documents() == (document,)
    assert reader.document(document.id) == document
    assert reader.by_origin(document.origin) == (0, document)
    assert reader.chunks_of(document.id) == (piece,)
    assert reader.chunks([piece.id]) == {piece.id: piece}
    reader.close()


def test_documents_keep_their_order_and_chunks_theirs(store: Store) -> None:
    other = replace(PLAIN, id="乙", origin="/乙.txt", published="2024-01-02")
    store.put(other, [chunk("乙", 1, "后"), chunk("乙", 0, "前")], 5)
    store.put(PLAIN, [chunk("甲", 0, "首", ("白银市",))], 2)
    assert [document.id for document in store.documents()] == ["甲", "乙"]
    assert list(store.search_texts()) == [("甲#0", "首"), ("乙#0", "前"), ("乙#1", "后")]
    assert store.next_position() == 6
    assert store.counts() == (2, 3)
    assert store.newest() == "2024-01-02"
    assert store.place_names() == {"常州市", "白银市"}


def test_an_empty_store_answers_too(store: Store) -> None:
    assert (store.documents(), store.counts(), store.newest(), store.next_position()) == ((), (0, 0), None, 0)
    assert (store.document("无"), store.chunks(["无"]), store.by_origin("无")) == (None, {}, None)


def test_a_second_put_replaces_the_first(store: Store) -> None:
    store.put(PLAIN, [chunk("甲", 0), chunk("甲", 1)], 0)
    store.put(replace(PLAIN, title="新题"), [chunk("甲", 0, "新")], 0)
    assert [document.title for document in store.documents()] == ["新题"]
    assert [piece.search_text for piece in store.chunks_of("甲")] == ["新"]


def test_many_chunks_are_found_in_one_call(store: Store) -> None:
    pieces = [chunk("甲", number) for number in range(1203)]
    store.put(PLAIN, pieces, 0)
    assert store.chunks([piece.id for piece in pieces]) == {piece.id: piece for piece in pieces}


def test_nothing_of_a_removed_document_stays_in_the_file(tmp_path: Path) -> None:
    path, secret = tmp_path / "store.sqlite", "只此一份的秘密" * 500
    store = Store.create(path)
    store.put(PLAIN, [], 0)
    store.put(replace(PLAIN, id="密", origin="密", text=secret), [chunk("密", 0, secret)], 1)
    store.commit()
    assert secret[:7].encode() in path.read_bytes()
    store.drop("密")
    store.commit()
    store.close()
    assert secret[:7].encode() not in path.read_bytes()


def test_a_reader_cannot_write(store: Store, tmp_path: Path) -> None:
    store.commit()
    reader = Store.open(tmp_path / "库 #1?.sqlite")
    with pytest.raises(OperationalError, match="readonly"):
        reader.drop("甲")
    reader.close()


def test_threads_share_a_reader(store: Store) -> None:
    for number in range(20):
        store.put(replace(PLAIN, id=str(number), origin=str(number), text=str(number) * 1000), [], number)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(store.document, [str(number % 20) for number in range(400)]))
    assert [document.text[0] for document in found if document] == [str(n % 20)[0] for n in range(400)]
