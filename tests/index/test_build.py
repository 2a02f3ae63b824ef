"""What build, add and remove do to an index."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.index import CountingEmbedder, chunk_lines, fake_steps, generations, read_lines, titles, two_files

from index.build import add, build, remove, repair
from index.errors import (
    IndexMissingError,
    NothingReadableError,
    UnknownDocumentError,
)
from index.library import Library
from index.settings import Settings
from index.steps import Steps
from index.types import Chunk, Document, Hit


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return two_files(tmp_path / "资料")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(folder=tmp_path / "索引 1#?")


def documents_of(read: Iterable[object]) -> Iterator[Document]:
    return (item for item in read if isinstance(item, Document))


def found(library: Library, query: str) -> set[str]:
    """The titles of the documents that either leg finds; a vector at a right angle is no find."""
    near: list[Hit] = [hit for hit in library.vector_hits(query, 50) if hit.score > 0]
    hits = library.keyword_hits(query, 50) + near
    return {library.document(library.chunk(hit.chunk_id).document_id).title for hit in hits}


def test_build_then_both_legs_answer(settings: Settings, source: Path) -> None:
    report = build(settings, [source], steps=fake_steps())
    assert (report.documents, report.chunks, report.added, report.skipped) == (2, 4, 2, ())
    with Library.open(settings, fake_steps()) as library:
        assert library.chunk(library.keyword_hits("培训工人", 1)[0].chunk_id).search_text == "常州培训工人"
        assert library.chunk(library.vector_hits("补贴企业", 1)[0].chunk_id).search_text == "白银补贴企业"


def test_add_counts_added_replaced_and_unchanged(settings: Settings, source: Path) -> None:
    build(settings, [source / "常州.txt"], steps=fake_steps())
    (source / "常州.txt").write_text("常州补贴", encoding="utf-8")
    first = add(settings, [source], steps=fake_steps())
    second = add(settings, [source], steps=fake_steps())
    assert (first.added, first.replaced, first.unchanged) == (1, 1, 0)
    assert (second.added, second.replaced, second.unchanged) == (0, 0, 2)
    assert (second.documents, second.chunks) == (2, 3)
    # What is replaced keeps its place in the order.
    assert titles(settings) == ["常州补贴", "白银补贴企业"]


def test_add_begins_an_index_that_is_not_there(settings: Settings, source: Path) -> None:
    assert add(settings, [source], steps=fake_steps()).added == 2
    assert titles(settings) == ["常州培训工人", "白银补贴企业"]


def test_build_replaces_everything(settings: Settings, source: Path) -> None:
    build(settings, [source], steps=fake_steps())
    build(settings, [source / "白银.txt"], steps=fake_steps())
    assert titles(settings) == ["白银补贴企业"]
    with Library.open(settings, fake_steps()) as library:
        assert found(library, "常州培训工人") == set()


def test_replaced_words_are_gone_from_both_legs(settings: Settings, source: Path) -> None:
    build(settings, [source], steps=fake_steps())
    (source / "常州.txt").write_text("常州学院", encoding="utf-8")
    add(settings, [source / "常州.txt"], steps=fake_steps())
    with Library.open(settings, fake_steps()) as library:
        assert found(library, "培训") == set()
        assert library.document_frequency("培训") == 0


def test_what_did_not_change_is_not_embedded_again(settings: Settings, source: Path) -> None:
    model = CountingEmbedder()
    build(settings, [source / "常州.txt"], steps=fake_steps(model))
    assert model.seen == ["常州培训工人", "常州学院三家"]
    model.seen.clear()
    add(settings, [source], steps=fake_steps(model))
    # One known text is embedded to see that the model is still the same.
    assert model.seen == ["常州培训工人", "白银补贴企业", "白银学院一家"]
    model.seen.clear()
    add(settings, [source], steps=fake_steps(model))
    assert model.seen == ["常州培训工人"]
    model.seen.clear()
    build(settings, [source], steps=fake_steps(model))
    assert len(model.seen) == 4


def test_vectors_read_back_are_those_of_a_fresh_build(settings: Settings, source: Path) -> None:
    build(settings, [source / "常州.txt"], steps=fake_steps())
    add(settings, [source], steps=fake_steps())
    with Library.open(settings, fake_steps()) as library:
        grown, fingerprint = library.vector_hits("培训学院", 9), library.fingerprint
    other = replace(settings, folder=settings.folder.with_name("另一个"))
    build(other, [source / "常州.txt", source / "白银.txt"], steps=fake_steps())
    with Library.open(other, fake_steps()) as library:
        assert library.vector_hits("培训学院", 9) == grown
        assert library.fingerprint == fingerprint


def test_a_model_trained_again_under_its_name_embeds_everything(settings: Settings, source: Path) -> None:
    build(settings, [source / "常州.txt"], steps=fake_steps())
    again = CountingEmbedder(turn=3)
    add(settings, [source], steps=fake_steps(again))
    assert again.seen == ["常州培训工人", "常州培训工人", "常州学院三家", "白银补贴企业", "白银学院一家"]
    with Library.open(settings, fake_steps(again)) as library:
        assert library.vector_hits("常州培训工人", 1)[0].score == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("name", ["id", "path", "file", "title"])
def test_a_removed_document_is_gone_everywhere(settings: Settings, source: Path, name: str) -> None:
    build(settings, [source], steps=fake_steps())
    with Library.open(settings, fake_steps()) as library:
        gone = library.documents()[0]
        gone_chunk = library.chunks_of(gone.id)[0]
        before = library.fingerprint
    named = {"id": gone.id, "path": str(source / "常州.txt"), "file": "常州.txt", "title": "常州培训工人"}
    report = remove(settings, [named[name]], steps=fake_steps())
    assert (report.documents, report.chunks, report.removed) == (1, 2, 1)
    with Library.open(settings, fake_steps()) as library:
        assert [document.title for document in library.documents()] == ["白银补贴企业"]
        assert found(library, "常州培训工人学院") == {"白银补贴企业"}
        assert (library.document_frequency("培训"), library.place_names()) == (0, frozenset())
        assert library.fingerprint != before
        for ask in (lambda: library.document(gone.id), lambda: library.chunk(gone_chunk.id)):
            with pytest.raises(UnknownDocumentError, match="索引里没有"):
                ask()
    # Nobody reads the generation that still has it, so it is gone from the disk too.
    everything = b"".join(path.read_bytes() for path in settings.folder.rglob("*") if path.is_file())
    assert "常州培训".encode() not in everything


def test_a_folder_is_removed_by_its_path_and_the_index_may_become_empty(settings: Settings, source: Path) -> None:
    build(settings, [source], steps=fake_steps())
    assert remove(settings, [str(source)], steps=fake_steps()).removed == 2
    with Library.open(settings, fake_steps()) as library:
        assert (library.documents(), library.keyword_hits("培训", 3), library.vector_hits("培训", 3)) == ((), [], [])
        assert library.newest() is None
    assert add(settings, [source], steps=fake_steps()).added == 2


def test_a_name_that_is_unknown_or_of_two_files_removes_nothing(settings: Settings, source: Path) -> None:
    (source / "二").mkdir()
    twin = source / "二" / "常州.txt"
    twin.write_text("常州企业", encoding="utf-8")
    build(settings, [source / "常州.txt", source / "白银.txt", twin], steps=fake_steps())
    with pytest.raises(UnknownDocumentError, match="「无锡」；请用 changai list"):
        remove(settings, ["白银.txt", "无锡"], steps=fake_steps())
    with pytest.raises(UnknownDocumentError, match="对应 2 个文件"):
        remove(settings, ["常州.txt"], steps=fake_steps())
    assert len(titles(settings)) == 3
    with pytest.raises(IndexMissingError):
        remove(replace(settings, folder=settings.folder / "无"), ["白银.txt"], steps=fake_steps())


def test_records_of_a_corpus_go_together_or_alone(settings: Settings, source: Path) -> None:
    def read(paths: Sequence[Path]) -> Iterator[Document]:
        for document in documents_of(read_lines([source])):
            yield replace(document, origin=f"/语料.jsonl#{document.title}", file="语料.jsonl", record=document.title)

    steps = fake_steps(read=read)
    build(settings, [source], steps=steps)
    assert remove(settings, ["/语料.jsonl#常州培训工人"], steps=steps).removed == 1
    build(settings, [source], steps=steps)
    assert remove(settings, ["语料.jsonl"], steps=steps).removed == 2


def test_a_file_named_twice_is_one_document(settings: Settings, source: Path) -> None:
    report = build(settings, [source, source / "常州.txt"], steps=fake_steps())
    assert (report.documents, report.added) == (2, 2)


def test_two_origins_with_one_id_are_both_kept(settings: Settings, source: Path) -> None:
    def read(paths: Sequence[Path]) -> Iterator[Document]:
        for document in documents_of(read_lines(paths)):
            yield replace(document, id="同")

    steps = fake_steps(read=read)
    build(settings, [source], steps=steps)
    report = add(settings, [source], steps=steps)
    assert (report.documents, report.chunks, report.unchanged) == (2, 4, 2)
    with Library.open(settings, steps) as library:
        assert [document.id for document in library.documents()] == ["同", "同~2"]
        assert [chunk.document_id for chunk in library.chunks_of("同~2")] == ["同~2", "同~2"]


def test_the_later_of_two_duplicates_is_marked_and_stays(settings: Settings, source: Path) -> None:
    (source / "转载.txt").write_text("常州培训工人\n常州学院三家", encoding="utf-8")
    build(settings, [source / "常州.txt", source / "转载.txt"], steps=fake_steps())

    def quality() -> dict[str, tuple[str, ...]]:
        with Library.open(settings, fake_steps()) as library:
            return {document.file: document.quality for document in library.documents()}

    assert quality() == {"常州.txt": (), "转载.txt": ("duplicate",)}
    assert add(settings, [source], steps=fake_steps()).unchanged == 2
    assert quality() == {"常州.txt": (), "转载.txt": ("duplicate",), "白银.txt": ()}
    # When the first is removed, the second is no duplicate any more.
    remove(settings, ["常州.txt"], steps=fake_steps())
    assert quality() == {"转载.txt": (), "白银.txt": ()}


def test_unreadable_files_are_reported_and_the_others_go_on(settings: Settings, source: Path) -> None:
    (source / "空.txt").write_text("", encoding="utf-8")
    report = build(settings, [source], steps=fake_steps())
    assert (report.documents, report.skipped) == (2, ((str(source / "空.txt"), "空文件"),))


@pytest.mark.parametrize("action", [build, add])
def test_nothing_readable_leaves_the_index_as_it_was(settings: Settings, source: Path, action: object) -> None:
    build(settings, [source], steps=fake_steps())
    before = generations(settings)
    assert callable(action)
    with pytest.raises(NothingReadableError, match=r"索引没有改动（.*无\.txt：空文件）；请检查路径"):
        action(settings, [source / "无.txt"], steps=fake_steps())
    assert (generations(settings), len(titles(settings))) == (before, 2)


def test_progress_tells_every_step(settings: Settings, source: Path) -> None:
    told: list[tuple[int, int | None, str]] = []
    build(settings, [source], lambda *step: told.append(step), fake_steps())
    assert list(dict.fromkeys(what for _, _, what in told)) == [
        "读取资料",
        "整理资料",
        "建立关键词索引",
        "查找重复资料",
    ]


def test_repair_does_nothing_to_a_whole_index(settings: Settings, source: Path) -> None:
    build(settings, [source], steps=fake_steps())
    repair(settings, steps=fake_steps())
    assert generations(settings) == ["1"]


def test_an_index_keeps_the_chunk_length_it_was_built_with(settings: Settings, source: Path) -> None:
    used: list[int] = []

    def steps() -> Steps:
        def cut(document: Document, settings: Settings) -> Sequence[Chunk]:
            used.append(settings.chunk_tokens)
            return chunk_lines(document, settings)

        return fake_steps(cut=cut)

    build(replace(settings, chunk_tokens=64), [source / "常州.txt"], steps=steps())
    add(settings, [source], steps=steps())
    assert used == [64, 64]
