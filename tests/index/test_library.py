"""The read side: what is missing, damaged, newer or read-only is said in one line, and what can be mended is."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from weakref import ref

import pytest
from fakes.index import CountingEmbedder, fake_steps, two_files

from index.build import add, build, remove
from index.errors import (
    IndexDamagedError,
    IndexMissingError,
    IndexSchemaError,
    IndexStateError,
    IndexUnwritableError,
    ModelError,
    UnknownDocumentError,
)
from index.generations import new_generation
from index.library import Library
from index.settings import Settings
from tests.fakes.damage import overwrite


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return two_files(tmp_path / "资料")


@pytest.fixture
def settings(tmp_path: Path, source: Path) -> Settings:
    """An index of two generations, the first with one document and the current one with two."""
    made = Settings(folder=tmp_path / "索引")
    build(made, [source / "常州.txt"], steps=fake_steps())
    add(made, [source], steps=fake_steps())
    return made


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library.open(settings, fake_steps()) as library:
        yield library


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The test goes on as a user who may read everything in the folder and write nothing."""
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        # Root may write whatever the modes say.
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755)


@pytest.fixture
def public(settings: Settings) -> Iterator[Settings]:
    """The same index where every user of the machine may look; the folders of pytest are closed to others."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield replace(settings, folder=Path(shutil.copytree(settings.folder, Path(folder) / "索引")))


def generation(settings: Settings) -> Path:
    return settings.folder / "generations" / (settings.folder / "CURRENT").read_text().strip()


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    overwrite(path, bytes(data))


def cut(path: Path) -> None:
    overwrite(path, path.read_bytes()[:-7])


def test_reading(library: Library) -> None:
    assert [document.file for document in library.documents()] == ["常州.txt", "白银.txt"]
    first = library.documents()[0]
    assert library.document(first.id) == first
    assert [chunk.search_text for chunk in library.chunks_of(first.id)] == ["常州培训工人", "常州学院三家"]
    assert library.chunks([f"{first.id}#1", f"{first.id}#0"]) == library.chunks_of(first.id)[::-1]
    assert library.place_names() == {"常州市"}
    assert library.newest() == "2023-05-01"
    assert library.is_current()
    assert library.notice == ()


def test_what_is_not_there_is_said(library: Library) -> None:
    with pytest.raises(UnknownDocumentError, match="「无」的资料；请用 changai list"):
        library.document("无")
    with pytest.raises(UnknownDocumentError, match="「无#0」的段落"):
        library.chunk("无#0")
    assert library.chunks_of("无") == ()


def test_idf_by_hand(library: Library) -> None:
    # 学院 stands in two of the four chunks, 培训 in one, 火星 in none.
    assert library.idf("学院") == pytest.approx(log(1 + 2.5 / 2.5))
    assert library.idf("培训") == pytest.approx(log(1 + 3.5 / 1.5))
    assert library.idf("火星") == pytest.approx(log(1 + 4.5 / 0.5))


def test_k_may_exceed_the_size(library: Library) -> None:
    assert len(library.keyword_hits("学院", 99)) == 2
    assert len(library.vector_hits("学院", 99)) == 4
    assert library.vector_hits("xyz", 99) == []


def test_an_open_library_keeps_its_generation(library: Library, settings: Settings, source: Path) -> None:
    for _ in range(3):
        build(settings, [source / "白银.txt"], steps=fake_steps())
    assert not library.is_current()
    assert len(library.documents()) == 2
    assert library.keyword_hits("培训", 1)
    assert library.vector_hits("培训", 1)


def test_a_library_that_is_dropped_lets_its_generation_go(settings: Settings, source: Path) -> None:
    import gc

    # A server freezes what it has loaded, so that no collection finds a library that holds itself.
    gc.disable()
    try:
        library = Library.open(settings, fake_steps())
        assert library.keyword_hits("学院", 1)
        assert library.vector_hits("学院", 1)
        assert library.idf("学院")
        held = ref(library)
        del library
        assert held() is None
    finally:
        gc.enable()
    build(settings, [source], steps=fake_steps())
    build(settings, [source], steps=fake_steps())
    assert sorted(path.name for path in generation(settings).parent.iterdir()) == ["3", "4"]


def test_a_missing_index_names_the_command(tmp_path: Path) -> None:
    for folder in (tmp_path / "无", tmp_path):
        with pytest.raises(IndexMissingError, match=r"没有找到索引 .*；请先运行 changai build 文件夹。"):
            Library.open(Settings(folder=folder), fake_steps())


HARMS = [flip, cut, Path.unlink, lambda path: overwrite(path, b"")]


def newest_store(settings: Settings) -> Path:
    """The store that only the current generation has."""
    return sorted(generation(settings).glob("parts/*/store.sqlite"))[-1]


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_store_comes_back_from_its_backup(settings: Settings, harm: Callable[[Path], object]) -> None:
    harm(newest_store(settings))
    with Library.open(settings, fake_steps()) as library:
        (line,) = library.notice
        assert "store.sqlite 已损坏或缺失，已从备份恢复。" in line
        assert [document.file for document in library.documents()] == ["常州.txt", "白银.txt"]
        assert library.keyword_hits("补贴", 1)
        assert library.vector_hits("补贴", 1)
    with Library.open(settings, fake_steps()) as library:
        assert library.notice == ()


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("name", ["store.sqlite", "manifest.json"])
def test_what_no_backup_brings_back_names_the_way_back(
    settings: Settings, name: str, harm: Callable[[Path], object]
) -> None:
    path = newest_store(settings) if name == "store.sqlite" else generation(settings) / name
    for backup in (settings.folder / "backup").glob(f"{path.parent.name}-*"):
        harm(backup)
    harm(path)
    if name == "manifest.json" and harm is flip:
        path.write_text("{坏", encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=r"CURRENT 的内容改成 1 即可恢复，或运行 changai build"):
        Library.open(settings, fake_steps())
    # The remedy does what it says.
    (settings.folder / "CURRENT").write_text("1")
    with Library.open(settings, fake_steps()) as library:
        assert [document.file for document in library.documents()] == ["常州.txt"]


def test_without_a_way_back_the_remedy_is_to_build(settings: Settings, source: Path) -> None:
    for path in [*settings.folder.glob("generations/*/parts/*/store.sqlite"), *settings.folder.glob("backup/*")]:
        flip(path)
    with pytest.raises(IndexDamagedError, match=r"也不完好；请运行 changai build 文件夹 重建索引。$"):
        Library.open(settings, fake_steps())
    build(settings, [source], steps=fake_steps())
    with Library.open(settings, fake_steps()) as library:
        assert len(library.documents()) == 2


@pytest.mark.parametrize("text", ["", "三", "99"])
def test_a_damaged_pointer_names_the_way_back(settings: Settings, text: str) -> None:
    (settings.folder / "CURRENT").write_text(text)
    with pytest.raises(IndexDamagedError, match="内容改成 2 即可恢复"):
        Library.open(settings, fake_steps())


@pytest.mark.parametrize("harm", [flip, cut, Path.unlink])
@pytest.mark.parametrize(
    "pattern",
    [
        "parts/000001/vectors.faiss",
        "parts/000002/vectors.json",
        "parts/000001/signatures.npy",
        "keywords/*.term",
        "keywords/meta.json",
        "duplicates.json",
    ],
)
def test_damaged_derived_files_are_made_again(
    settings: Settings, source: Path, pattern: str, harm: Callable[[Path], object]
) -> None:
    with Library.open(settings, fake_steps()) as whole:
        words, near = whole.keyword_hits("常州学院补贴", 9), whole.vector_hits("常州学院补贴", 9)
    (path,) = generation(settings).glob(pattern)
    harm(path)
    with Library.open(settings, fake_steps()) as library:
        (line,) = library.notice
        assert line.startswith("索引文件 ")
        assert path.name in line
        assert line.endswith("已损坏或缺失，已从资料库重新生成。")
        assert library.keyword_hits("常州学院补贴", 9) == words
        assert library.vector_hits("常州学院补贴", 9) == near
    # It was mended on the disk, so it is said once.
    with Library.open(settings, fake_steps()) as library:
        assert library.notice == ()


def test_a_lost_keyword_folder_does_not_cost_the_vectors(settings: Settings) -> None:
    shutil.rmtree(generation(settings) / "keywords")
    model = CountingEmbedder()
    with Library.open(settings, fake_steps(model)) as library:
        assert library.keyword_hits("补贴", 9)
    assert model.seen == ["常州培训工人"]


def test_damage_is_mended_in_passing_while_another_writes(settings: Settings) -> None:
    (generation(settings) / "parts" / "000001" / "vectors.faiss").unlink()
    with new_generation(settings.folder), Library.open(settings, fake_steps()) as library:
        assert "只供本次使用" in library.notice[0]
        assert library.vector_hits("补贴", 1)
        assert library.keyword_hits("补贴", 1)


def test_an_index_that_cannot_be_written_can_be_read(public: Settings) -> None:
    with read_only(public.folder), Library.open(public, fake_steps()) as library:
        assert library.notice == ()
        assert library.keyword_hits("补贴", 1)
        assert library.vector_hits("补贴", 1)


def test_a_folder_that_cannot_be_written_is_one_line(public: Settings) -> None:
    (generation(public) / "parts" / "000001" / "vectors.faiss").unlink()
    with read_only(public.folder):
        with pytest.raises(IndexUnwritableError) as raised:
            remove(public, ["常州.txt"], steps=fake_steps())
        with Library.open(public, fake_steps()) as library:
            assert "索引目录现在不能写入" in library.notice[0]
            assert library.vector_hits("补贴", 1)
    line = str(raised.value)
    assert line.startswith(f"索引 {public.folder} 写不进去（Permission denied）；原来的索引没有改动")
    assert "\n" not in line


def test_an_index_that_cannot_be_read_is_one_line(public: Settings) -> None:
    with read_only(public.folder):
        owner = os.geteuid()
        os.seteuid(public.folder.stat().st_uid)
        (public.folder / "CURRENT").chmod(0)
        os.seteuid(owner)
        with pytest.raises(IndexStateError, match=r"没有权限读取索引 .*；请检查目录权限"):
            Library.open(public, fake_steps())


@pytest.mark.parametrize(("schema", "line"), [(999, "请升级 changai"), (0, "由旧版本建立")])
def test_another_schema_is_said(settings: Settings, source: Path, schema: int, line: str) -> None:
    path = generation(settings) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": schema, "更新": 1}))
    for attempt in (lambda: Library.open(settings, fake_steps()), lambda: add(settings, [source], steps=fake_steps())):
        with pytest.raises(IndexSchemaError, match=line):
            attempt()


def test_the_model_of_the_index_is_the_model_of_the_question(settings: Settings) -> None:
    asked: list[str | None] = []
    models = {None: CountingEmbedder(), "counting": CountingEmbedder(), "other": CountingEmbedder("other")}

    def load(setting: str | None) -> CountingEmbedder:
        asked.append(setting)
        return models[setting]

    steps = replace(fake_steps(), embedder=load)
    for same in (None, "counting"):
        with Library.open(replace(settings, embedder=same), steps) as library:
            assert library.vector_hits("补贴", 1)
    assert asked == [None, None]
    with pytest.raises(ModelError, match=r"嵌入模型 counting（14 维）建立的，现在要用的却是 other.*请改回原来的模型"):
        Library.open(replace(settings, embedder="other"), steps)
    # The shipped model is another one after an upgrade: said when it is needed, the keywords go on.
    models[None] = CountingEmbedder("counting-2")
    with Library.open(settings, steps) as library:
        assert library.keyword_hits("补贴", 1)
        with pytest.raises(ModelError, match="counting-2"):
            library.vector_hits("补贴", 1)


COLD = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[1].split(";")
import index.library
heavy = {"faiss", "tantivy", "torch", "gradio", "langchain_core", "lxml", "docx", "trafilatura", "tokenizers"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
from fakes.index import two_files, fake_steps
from index.settings import Settings
library = index.library.Library.open(Settings(folder=Path(sys.argv[2])), fake_steps())
assert not heavy & set(sys.modules), heavy & set(sys.modules)
assert library.keyword_hits("补贴", 1) and library.vector_hits("补贴", 1)
assert heavy & set(sys.modules) == {"faiss", "tantivy"}
"""


def test_opening_loads_no_heavy_library(settings: Settings) -> None:
    roots = ";".join(str(Path(__file__).parents[level]) for level in (1, 2))
    script = [sys.executable, "-c", COLD, roots, str(settings.folder)]
    run = subprocess.run(script, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
