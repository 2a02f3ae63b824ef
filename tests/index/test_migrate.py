"""An index of the first form, as the first version of the program wrote it, becomes one of the present form."""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from index.build import add, remove, scan
from index.embedding import load_embedder
from index.errors import IndexDamagedError, IndexSchemaError, IndexStateError
from index.library import Library
from index.manifest import SCHEMA, Manifest
from index.migrate import migrate, needs_migration
from index.settings import Settings
from index.steps import silent, standard_steps
from index.types import Document, Heading, Noise
from tests.fakes.damage import overwrite

# The tables of the first form, written down here because no program makes them any more.
FIRST_FORM = """
CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL UNIQUE, text TEXT NOT NULL, title TEXT NOT NULL,
    source TEXT NOT NULL, published TEXT, origin TEXT NOT NULL UNIQUE, file TEXT NOT NULL, record TEXT NOT NULL,
    sha256 TEXT NOT NULL, headings TEXT NOT NULL, noise TEXT NOT NULL, places TEXT NOT NULL, quality TEXT NOT NULL,
    card TEXT NOT NULL
);
CREATE TABLE chunks (
    id TEXT NOT NULL PRIMARY KEY, document_id TEXT NOT NULL, ordinal INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, marks TEXT NOT NULL, heading TEXT NOT NULL, search_text TEXT NOT NULL, places TEXT NOT NULL
);
"""
MINE = "一、学徒\n煤矿机电队给每名学徒配了两位师傅，期满考核合格的有四十七人。\n（分享到朋友圈）\n二、比武\n秋天办了电工比武。"
FIELD = "油田修井队把安全口诀写进了班前会，半年没有出过事故。"


def document(folder: Path, name: str, text: str, **fields: Any) -> Document:
    """A document as the first version read it from a file, which is there."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    given = {"id": f"old-{name}", "title": name, "source": "", "published": None, "record": ""} | fields
    return Document(text=text, origin=str(folder / name), file=name, sha256=digest, **given)


def write_store(path: Path, documents: list[Document]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(FIRST_FORM)
        for position, one in enumerate(documents):
            row = {
                "id": one.id,
                "position": position,
                "text": one.text,
                "title": one.title,
                "source": one.source,
                "published": one.published,
                "origin": one.origin,
                "file": one.file,
                "record": one.record,
                "sha256": one.sha256,
                "headings": json.dumps([[each.start, each.end, each.level, each.text] for each in one.headings]),
                "noise": json.dumps([[each.start, each.end, each.reason] for each in one.noise]),
                "places": json.dumps(one.places),
                "quality": json.dumps(one.quality),
                "card": one.card,
            }
            connection.execute(f"INSERT INTO documents VALUES ({', '.join('?' * len(row))})", list(row.values()))
            # The first version had cut it otherwise; what it had cut is not taken over.
            whole = (
                f"{one.id}#0",
                one.id,
                0,
                0,
                len(one.text),
                json.dumps([[0, len(one.text)]]),
                "[]",
                "旧的段落",
                "[]",
            )
            connection.execute("INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", whole)


def write_first_form(index: Path, documents: list[Document], schema: int = 1) -> Path:
    """An index of the first form; gives the path of its store."""
    home = index / "generations" / "1"
    home.mkdir(parents=True)
    store = home / "store.sqlite"
    write_store(store, documents)
    embedder = load_embedder(None)
    fields = {
        "schema": schema,
        "embedder_setting": None,
        "embedder": embedder.name,
        "dimension": embedder.dimension,
        "token_encoding": "changai16k",
        "chunk_tokens": 200,
        "documents": len(documents),
        "chunks": len(documents),
        "fingerprint": "f" * 64,
        "files": {"store.sqlite": [store.stat().st_size, hashlib.sha256(store.read_bytes()).hexdigest()]},
    }
    (home / "manifest.json").write_text(json.dumps(fields), encoding="utf-8")
    (index / "CURRENT").write_text("1\n", encoding="ascii")
    return store


@pytest.fixture
def documents(tmp_path: Path) -> list[Document]:
    files = tmp_path / "资料"
    start, stop = MINE.index("（分享"), MINE.index("二、")
    mine = document(
        files,
        "煤矿.txt",
        MINE,
        title="手改过的煤矿标题",
        source="矿工报",
        published="2022-11-03",
        headings=(Heading(0, 4, 1, "一、学徒"), Heading(stop, stop + 4, 1, "二、比武")),
        noise=(Noise(start, stop, "分享按钮"),),
        places=("大同市",),
        quality=("truncated", "duplicate"),
        card="据甲报整理，非原文",
    )
    return [mine, document(files, "油田.txt", FIELD)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(folder=tmp_path / "索引")


def texts(library: Library, words: str) -> list[set[str]]:
    """The files that each of the two legs finds first."""
    return [
        {library.document(library.chunk(hit.chunk_id).document_id).file for hit in leg(words, 1)}
        for leg in (library.keyword_hits, library.vector_hits)
    ]


def test_opening_migrates_once_and_says_so_once(settings: Settings, documents: list[Document]) -> None:
    write_first_form(settings.folder, documents)
    assert needs_migration(settings.folder)
    with Library.open(settings) as library:
        (line,) = library.notice
        assert "旧版本" in line
        assert "升级" in line
        assert texts(library, "电工比武") == [{"煤矿.txt"}] * 2
        assert texts(library, "油田安全口诀") == [{"油田.txt"}] * 2
        # Chunks are those of the present program: noise is in none of them.
        chunks = [chunk for one in documents for chunk in library.chunks_of(one.id)]
        assert len(chunks) == library.manifest.chunks
        assert not any("朋友圈" in chunk.search_text or "旧的段落" in chunk.search_text for chunk in chunks)
    assert Manifest.read(settings.folder / "generations" / "2").schema == SCHEMA
    assert not needs_migration(settings.folder)
    with Library.open(settings) as library:
        assert library.notice == ()
    assert not migrate(settings, standard_steps(), silent)


def test_all_that_was_known_of_a_document_is_kept(settings: Settings, documents: list[Document]) -> None:
    write_first_form(settings.folder, documents)
    with Library.open(settings) as library:
        first, second = library.documents()
    kept = (
        "id",
        "text",
        "title",
        "source",
        "published",
        "origin",
        "file",
        "sha256",
        "headings",
        "noise",
        "places",
        "card",
    )
    for name in kept:
        assert (getattr(first, name), getattr(second, name)) == tuple(getattr(one, name) for one in documents), name
    # Which are near-copies is found anew.
    assert first.quality == ("truncated",)


LONG = "".join(
    f"{name}把{deed}记进了积分册，年底按积分发奖金，班组里没有人缺席。\n"
    for name in ("选煤班", "通风班", "运输班", "机修班")
    for deed in ("师带徒", "小发明", "安全隐患排查", "夜校听课")
)


def test_near_copies_are_found_anew(settings: Settings, documents: list[Document], tmp_path: Path) -> None:
    twins = [document(tmp_path / "资料", name, LONG) for name in ("积分.txt", "积分转载.txt")]
    write_first_form(settings.folder, [*twins, *documents])
    with Library.open(settings) as library:
        assert [one.file for one in library.documents() if "duplicate" in one.quality] == ["积分转载.txt"]


def test_what_a_writer_does_works_on_an_old_index_too(settings: Settings, documents: list[Document]) -> None:
    write_first_form(settings.folder, documents)
    new = Path(documents[0].origin).with_name("水泥.txt")
    new.write_text("水泥厂的窑炉工换了隔热服，是职代会上提的。", encoding="utf-8")
    report = add(settings, [new])
    assert (report.documents, report.added) == (3, 1)
    with Library.open(settings) as library:
        assert library.notice == ()
        assert texts(library, "窑炉工隔热服") == [{"水泥.txt"}] * 2
        assert [one.id for one in library.documents()][:2] == [one.id for one in documents]
    assert remove(settings, ["油田.txt"]).removed == 1
    with Library.open(settings) as library:
        assert {one.file for one in library.documents()} == {"煤矿.txt", "水泥.txt"}


def test_files_are_read_anew_when_they_are_scanned(settings: Settings, documents: list[Document]) -> None:
    write_first_form(settings.folder, documents)
    report = scan(settings, [Path(documents[0].origin).parent])
    assert (report.documents, report.replaced, report.added, report.removed) == (2, 2, 0, 0)
    assert scan(settings, [Path(documents[0].origin).parent]).unchanged == 2


def test_records_of_a_corpus_stay_records(settings: Settings, tmp_path: Path) -> None:
    corpus = tmp_path / "班组.jsonl"
    lines = [{"id": f"r{number}", "text": f"{number}号班组检修了{number}台水泵。"} for number in range(3)]
    corpus.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    digest = hashlib.sha256(corpus.read_bytes()).hexdigest()
    records = [
        Document(
            id=f"c{line['id']}",
            text=line["text"],
            title=line["text"],
            source="",
            published=None,
            origin=f"{corpus}#{line['id']}",
            file=corpus.name,
            record=line["id"],
            sha256=digest,
        )
        for line in lines
    ]
    write_first_form(settings.folder, records)
    assert add(settings, [corpus]).documents == 3
    corpus.write_text(json.dumps(lines[1], ensure_ascii=False), encoding="utf-8")
    assert add(settings, [corpus]).removed == 2
    with Library.open(settings) as library:
        assert [one.record for one in library.documents()] == ["r1"]


def test_an_empty_old_index_becomes_an_empty_new_one(settings: Settings) -> None:
    write_first_form(settings.folder, [])
    with Library.open(settings) as library:
        assert (library.documents(), library.keyword_hits("工人", 3), library.vector_hits("工人", 3)) == ((), [], [])


def cut(store: Path) -> None:
    overwrite(store, store.read_bytes()[:-100])


def flip(store: Path) -> None:
    data = bytearray(store.read_bytes())
    data[len(data) // 2] ^= 0xFF
    overwrite(store, bytes(data))


@pytest.mark.parametrize("harm", [cut, flip, Path.unlink])
@pytest.mark.parametrize("action", ["open", "add"])
def test_a_damaged_old_store_is_one_clear_line(
    settings: Settings, documents: list[Document], harm: Any, action: str
) -> None:
    store = write_first_form(settings.folder, documents)
    harm(store)
    with pytest.raises(IndexDamagedError, match=r"store\.sqlite 已损坏或缺失；.*changai build") as caught:
        if action == "open":
            Library.open(settings).close()
        else:
            add(settings, [Path(documents[0].origin)])
    assert "\n" not in str(caught.value)
    assert (settings.folder / "CURRENT").read_text(encoding="ascii") == "1\n"


def test_a_manifest_without_its_fields_is_one_clear_line(settings: Settings, documents: list[Document]) -> None:
    write_first_form(settings.folder, documents)
    path = settings.folder / "generations" / "1" / "manifest.json"
    fields = json.loads(path.read_text(encoding="utf-8"))
    for name in ("token_encoding", "chunk_tokens"):
        path.write_text(json.dumps({key: value for key, value in fields.items() if key != name}), encoding="utf-8")
        with pytest.raises(IndexStateError, match="changai build"):
            Library.open(settings).close()


def test_an_index_of_a_newer_program_is_one_clear_line_and_stays(settings: Settings, documents: list[Document]) -> None:
    store = write_first_form(settings.folder, documents, schema=SCHEMA + 1)
    before = store.read_bytes()
    for action in (lambda: Library.open(settings), lambda: add(settings, [Path(documents[0].origin)])):
        with pytest.raises(IndexSchemaError, match=rf"格式 {SCHEMA + 1}，本程序只认到 {SCHEMA}.*请升级 changai"):
            action()
    assert store.read_bytes() == before
    assert [path.name for path in (settings.folder / "generations").iterdir()] == ["1"]


@pytest.fixture
def stranger(settings: Settings, documents: list[Document]) -> Iterator[Settings]:
    """An old index that this process may read and not write."""
    write_first_form(settings.folder, documents)
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        copy = Path(shutil.copytree(settings.folder, Path(folder) / "索引"))
        for path in [*copy.rglob("*"), copy]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        # Root may write whatever the modes say.
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield Settings(folder=copy)
        finally:
            if root:
                os.seteuid(0)
            for path in [copy, *copy.rglob("*")]:
                path.chmod(0o755)


def test_an_old_index_that_cannot_be_written_is_one_clear_line(stranger: Settings) -> None:
    with pytest.raises(IndexSchemaError, match=r"由旧版本建立（格式 1，现为 2）.*changai doctor 升级"):
        Library.open(stranger)
    with pytest.raises(IndexStateError, match=r"写不进去.*请检查磁盘空间和目录权限"):
        migrate(stranger, standard_steps(), silent)


def test_a_migration_that_is_interrupted_leaves_the_old_index(settings: Settings, documents: list[Document]) -> None:
    store = write_first_form(settings.folder, documents)
    before, told = store.read_bytes(), 0
    for allowed in range(20):
        told = 0

        def stop(done: int, total: int | None, what: str, allowed: int = allowed) -> None:
            nonlocal told
            if told == allowed:
                raise KeyboardInterrupt
            told += 1

        try:
            migrate(settings, standard_steps(), stop)
        except KeyboardInterrupt:
            assert (needs_migration(settings.folder), store.read_bytes()) == (True, before)
        else:
            break
    assert told >= 4
    with Library.open(settings) as library:
        assert [one.id for one in library.documents()] == [one.id for one in documents]
