"""A library that is kept over time: files move, change, vanish and break, and the index follows them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.build import add, build, remove, rename, scan
from index.errors import IndexUnwritableError, MissingPathError, NothingReadableError, UnknownDocumentError
from index.failures import failures
from index.generations import UNFINISHED_FOLDER
from index.library import Library
from index.settings import Settings
from index.steps import FileRead, Gathering, Steps, standard_steps
from index.types import Document
from tests.fakes.damage import overwrite

PLAN = "矿区技工学校三年里办了四十期焊工班，每期三十人。\n学员结业后由集团统一安排岗位，工资按新等级发放。\n"
NEWS = "港口公司给装卸工配了夜班热饭。\n调度室每周公布各班组的安全分数，前三名有奖。\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "资料"
    folder.mkdir()
    (folder / "焊工.txt").write_text(f"矿区焊工培训简报\n{PLAN}", encoding="utf-8")
    (folder / "装卸.txt").write_text(f"港口装卸工简报\n{NEWS}", encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(folder=tmp_path / "索引")


def held(settings: Settings) -> dict[str, Document]:
    """The documents of an index that must be whole, by file name, or record for a line of a corpus."""
    with Library.open(settings) as library:
        assert library.notice == ()
        return {document.record or document.file: document for document in library.documents()}


def finds(settings: Settings, words: str) -> set[str]:
    """The files of the passages that either leg finds and that hold these very words."""
    with Library.open(settings) as library:
        hits = library.keyword_hits(words, 50) + library.vector_hits(words, 50)
        found = [
            (library.document(chunk.document_id), chunk) for chunk in library.chunks([hit.chunk_id for hit in hits])
        ]
        return {document.file for document, chunk in found if words in document.text[chunk.start : chunk.end]}


def titled(settings: Settings, words: str) -> set[str]:
    """The files that the keyword leg finds by words of their title."""
    with Library.open(settings) as library:
        chunks = library.chunks([hit.chunk_id for hit in library.keyword_hits(words, 50)])
        return {library.document(chunk.document_id).file for chunk in chunks if words in chunk.search_text}


def counts(report: object) -> dict[str, int]:
    """What a report counts that is not zero, beside what there is."""
    names = ("added", "replaced", "removed", "moved", "unchanged")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


def write_lines(path: Path, records: dict[str, str], damaged: str = "") -> None:
    lines = [json.dumps({"id": name, "text": text}, ensure_ascii=False) for name, text in records.items()]
    path.write_text("\n".join([*lines, damaged]) + "\n", encoding="utf-8")


@pytest.mark.parametrize("change", [add, scan])
def test_a_moved_file_keeps_its_id(settings: Settings, files: Path, change: object) -> None:
    assert callable(change)
    build(settings, [files])
    before = held(settings)["焊工.txt"]
    (files / "旧档").mkdir()
    (files / "焊工.txt").rename(files / "旧档" / "焊工（存档）.txt")
    assert counts(change(settings, [files])) == {"moved": 1, "unchanged": 1}
    after = held(settings)
    assert set(after) == {"焊工（存档）.txt", "装卸.txt"}
    assert after["焊工（存档）.txt"].id == before.id
    assert after["焊工（存档）.txt"].origin == str(files / "旧档" / "焊工（存档）.txt")
    assert finds(settings, "四十期") == {"焊工（存档）.txt"}


def test_a_copy_of_a_file_that_is_still_there_is_another_document(settings: Settings, files: Path) -> None:
    build(settings, [files])
    (files / "抄件.txt").write_bytes((files / "焊工.txt").read_bytes())
    assert counts(add(settings, [files])) == {"added": 1, "unchanged": 2}
    assert len({document.id for document in held(settings).values()}) == 3


def test_a_file_in_the_place_of_a_moved_one_gets_an_id_of_its_own(settings: Settings, files: Path) -> None:
    build(settings, [files])
    old = held(settings)["焊工.txt"].id
    (files / "焊工.txt").rename(files / "甲.txt")
    scan(settings, [files])
    (files / "焊工.txt").write_text("矿区新来的通知\n食堂从下月起延长到晚上九点。\n", encoding="utf-8")
    assert counts(scan(settings, [files])) == {"added": 1, "unchanged": 2}
    after = held(settings)
    assert after["甲.txt"].id == old
    assert after["焊工.txt"].id != old


def with_front(title: str, source: str, text: str) -> str:
    return f"---\ntitle: {title}\nsource: {source}\n---\n{text}"


def test_a_newer_state_under_another_path_takes_the_place_of_the_older(settings: Settings, files: Path) -> None:
    title = "装备制造集团技能提升三年计划"
    (files / "计划.md").write_text(with_front(title, "集团工会", PLAN * 3), encoding="utf-8")
    build(settings, [files])
    (files / "计划（修订）.md").write_text(
        with_front(title, "集团工会", f"{PLAN * 3}今年起增加数控铣工班十二期。\n"), encoding="utf-8"
    )
    assert counts(add(settings, [files / "计划（修订）.md"])) == {"replaced": 1}
    assert set(held(settings)) == {"计划（修订）.md", "焊工.txt", "装卸.txt"}
    assert finds(settings, "十二期") == {"计划（修订）.md"}


@pytest.mark.parametrize(
    ("title", "source", "text"),
    [
        ("装备制造集团技能提升三年计划", "集团工会", NEWS * 3),
        ("装备制造集团技能提升三年计划", "另一家集团工会", f"{PLAN * 3}今年起增加十二期。\n"),
        ("装备制造集团技能提升五年计划", "集团工会", f"{PLAN * 3}今年起增加十二期。\n"),
    ],
    ids=["text", "source", "title"],
)
def test_another_text_source_or_title_is_another_document(
    settings: Settings, files: Path, title: str, source: str, text: str
) -> None:
    first = with_front("装备制造集团技能提升三年计划", "集团工会", PLAN * 3)
    (files / "计划.md").write_text(first, encoding="utf-8")
    build(settings, [files])
    (files / "又一份.md").write_text(with_front(title, source, text), encoding="utf-8")
    assert counts(add(settings, [files / "又一份.md"])) == {"added": 1}
    assert {"计划.md", "又一份.md"} <= set(held(settings))


def test_records_of_two_corpora_never_take_each_others_place(settings: Settings, files: Path) -> None:
    for name, end in (("一.jsonl", ""), ("二.jsonl", "末尾多一句。")):
        line = {"id": "r", "title": "装备制造集团技能提升三年计划", "source": "集团工会", "text": PLAN * 3 + end}
        (files / name).write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    build(settings, [files / "一.jsonl"])
    assert counts(add(settings, [files / "二.jsonl"])) == {"added": 1}


RECORDS = {f"r{number}": f"{number} 号班组上个月完成了 {number * 7} 次设备点检。" for number in range(1, 6)}


def test_a_line_gone_from_a_corpus_goes_from_the_index(settings: Settings, files: Path) -> None:
    corpus = files / "班组.jsonl"
    write_lines(corpus, RECORDS)
    build(settings, [corpus])
    assert finds(settings, "2 号班组") == {"班组.jsonl"}
    left = {name: text for name, text in RECORDS.items() if name != "r2"} | {"r4": "4 号班组换了班长。"}
    write_lines(corpus, left)
    assert counts(add(settings, [corpus])) == {"removed": 1, "replaced": 1, "unchanged": 3}
    assert {name: document.text for name, document in held(settings).items()} == left
    assert finds(settings, "班长") == {"班组.jsonl"}
    assert finds(settings, "2 号班组") == set()


def test_nobody_knows_what_a_damaged_line_was_so_nothing_goes(settings: Settings, files: Path) -> None:
    corpus = files / "班组.jsonl"
    write_lines(corpus, RECORDS)
    build(settings, [corpus])
    left = {name: text for name, text in RECORDS.items() if name != "r2"}
    write_lines(corpus, left, damaged='{"id": "r2", "te')
    report = add(settings, [corpus])
    assert (counts(report), len(report.skipped)) == ({"unchanged": 4}, 1)
    assert set(held(settings)) == set(RECORDS)
    write_lines(corpus, left)
    assert counts(add(settings, [corpus])) == {"unchanged": 4, "removed": 1}


def test_a_scan_follows_a_folder(settings: Settings, files: Path) -> None:
    outside = files.parent / "别处.txt"
    outside.write_text("水泥厂的消防演练\n两个车间轮流参加，各用半天。\n", encoding="utf-8")
    write_lines(files / "班组.jsonl", RECORDS)
    build(settings, [files, outside])
    (files / "焊工.txt").unlink()
    (files / "班组.jsonl").unlink()
    outside.unlink()
    (files / "装卸.txt").write_text(f"港口装卸工简报\n{NEWS}叉车司机也算在内。\n", encoding="utf-8")
    (files / "新来.txt").write_text("纺织厂的绿化\n工会小组种了六十棵树。\n", encoding="utf-8")
    assert counts(scan(settings, [files])) == {"added": 1, "replaced": 1, "removed": 6}
    # What lies outside the folder is none of the scan's business.
    assert set(held(settings)) == {"装卸.txt", "新来.txt", "别处.txt"}
    assert finds(settings, "四十期") == set()
    assert counts(scan(settings, [files])) == {"unchanged": 2}


def test_a_scan_of_an_emptied_folder_empties_the_index_and_of_a_vanished_one_does_not(
    settings: Settings, files: Path
) -> None:
    build(settings, [files])
    for path in files.iterdir():
        path.unlink()
    kept = files.rename(files.with_name("挪走"))
    with pytest.raises(MissingPathError, match="不存在"):
        scan(settings, [files])
    assert len(held(settings)) == 2
    kept.rename(files)
    assert counts(scan(settings, [files])) == {"removed": 2}
    assert held(settings) == {}


def test_a_scan_of_an_empty_folder_makes_an_empty_index(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    assert scan(settings, [tmp_path / "空"]).documents == 0
    assert held(settings) == {}


def test_failures_are_noted_until_the_file_is_mended_or_gone(settings: Settings, files: Path) -> None:
    broken, empty = files / "坏.docx", files / "空.txt"
    broken.write_bytes(b"PK\x03\x04 cut off")
    empty.write_bytes(b"")
    build(settings, [files])
    noted = failures(settings.folder)
    assert set(noted) == {str(broken), str(empty)}
    assert "空文件" in noted[str(empty)]
    # What was not read again is still not read.
    add(settings, [files / "焊工.txt"])
    assert failures(settings.folder) == noted
    empty.write_text("这里现在有字了\n补上的内容说的是锅炉工的轮休。\n", encoding="utf-8")
    broken.unlink()
    scan(settings, [files])
    assert failures(settings.folder) == {}
    assert "空.txt" in held(settings)


def test_a_damaged_line_stays_noted_while_it_is_damaged(settings: Settings, files: Path) -> None:
    corpus = files / "班组.jsonl"
    write_lines(corpus, RECORDS, damaged="{")
    build(settings, [corpus])
    assert "第 6 行" in failures(settings.folder)[str(corpus)]
    add(settings, [corpus])
    assert "第 6 行" in failures(settings.folder)[str(corpus)]


@pytest.mark.parametrize("change", [add, scan])
def test_an_unreadable_new_state_keeps_the_old_document(settings: Settings, files: Path, change: object) -> None:
    assert callable(change)
    build(settings, [files])
    (files / "焊工.txt").write_bytes(b"")
    report = change(settings, [files])
    assert (counts(report), len(report.skipped)) == ({"unchanged": 1}, 1)
    assert set(held(settings)) == {"焊工.txt", "装卸.txt"}
    assert str(files / "焊工.txt") in failures(settings.folder)
    with pytest.raises(NothingReadableError, match=r"焊工\.txt"):
        build(settings, [files / "焊工.txt"])
    assert set(held(settings)) == {"焊工.txt", "装卸.txt"}


def test_a_title_given_by_hand_is_found_and_stays_until_the_file_changes(settings: Settings, files: Path) -> None:
    build(settings, [files])
    old = held(settings)["焊工.txt"]
    rename(settings, "焊工.txt", "技校焊接班总结")
    renamed = held(settings)["焊工.txt"]
    assert renamed == replace(old, title="技校焊接班总结")
    assert titled(settings, "焊接班总结") == {"焊工.txt"}
    assert counts(scan(settings, [files])) == {"unchanged": 2}
    assert held(settings)["焊工.txt"].title == "技校焊接班总结"
    with pytest.raises(UnknownDocumentError, match="没有"):
        rename(settings, "无此文件.txt", "题目")


def test_a_title_given_by_hand_moves_with_its_file(settings: Settings, files: Path) -> None:
    build(settings, [files])
    rename(settings, "焊工.txt", "技校焊接班总结")
    (files / "焊工.txt").rename(files / "挪走.txt")
    assert counts(scan(settings, [files])) == {"moved": 1, "unchanged": 1}
    assert held(settings)["挪走.txt"].title == "技校焊接班总结"


def test_a_title_given_to_a_record_stays_when_another_line_changes(settings: Settings, files: Path) -> None:
    corpus = files / "班组.jsonl"
    write_lines(corpus, RECORDS)
    build(settings, [corpus])
    rename(settings, f"{corpus}#r3", "三号班组点检")
    write_lines(corpus, RECORDS | {"r1": "1 号班组换了班长。"})
    assert counts(add(settings, [corpus])) == {"replaced": 1, "unchanged": 4}
    assert held(settings)["r3"].title == "三号班组点检"


def test_a_removed_document_comes_back_only_when_it_is_added_again(settings: Settings, files: Path) -> None:
    build(settings, [files])
    remove(settings, ["焊工.txt"])
    assert finds(settings, "四十期") == set()
    assert counts(add(settings, [files / "装卸.txt"])) == {"unchanged": 1}
    assert counts(add(settings, [files])) == {"added": 1, "unchanged": 1}
    assert finds(settings, "四十期") == {"焊工.txt"}


def test_a_word_that_only_a_removed_document_held_is_held_by_none(
    settings: Settings, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a large index, whose keyword files are not written anew with every change.
    monkeypatch.setattr("index.keyword_draft._FEW_CHUNKS", 0)
    build(settings, [files])
    with Library.open(settings) as library:
        assert library.document_frequency("焊工") == 1
    remove(settings, ["焊工.txt"])
    with Library.open(settings) as library:
        assert library.keyword_hits("焊工", 5) == []
        assert library.document_frequency("焊工") == 0


def test_a_writer_that_fails_at_the_last_step_leaves_the_backups_of_the_last_index(
    settings: Settings, files: Path
) -> None:
    build(settings, [files])
    (files / "焊工.txt").unlink()
    # The disk refuses what comes after everything else.
    (settings.folder / "CURRENT.new").mkdir()
    with pytest.raises(IndexUnwritableError, match="原来的索引没有改动"):
        build(settings, [files])
    (settings.folder / "CURRENT.new").rmdir()
    (store,) = (settings.folder / "generations" / "1").rglob("store.sqlite")
    overwrite(store, store.read_bytes()[:-100])
    with Library.open(settings) as library:
        assert "已从备份恢复" in library.notice[0]
        assert {document.file for document in library.documents()} == {"焊工.txt", "装卸.txt"}


class Stopped:
    """Stops a build, as Ctrl-C does, once so many documents came; counts the files that were read in earnest."""

    def __init__(self, documents: int) -> None:
        self.documents = documents
        self.read: list[str] = []

    def __call__(self, done: int, total: int | None, what: str) -> None:
        if what == "读取资料" and done >= self.documents:
            raise KeyboardInterrupt

    @property
    def steps(self) -> Steps:
        usual = standard_steps()

        def gather(paths: Sequence[Path], asked: Gathering) -> Iterator[FileRead]:
            for found in usual.gather(paths, asked):
                if not found.unchanged:
                    self.read.append(Path(found.origin).name)
                yield found

        return replace(usual, gather=gather)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.parts_draft.MOST_DOCUMENTS", 4)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "许多"
    folder.mkdir()
    for number in range(18):
        text = f"第{number}车间简报\n{number}号机床在{number + 3}月换了主轴，停机{number * 2 + 1}小时。\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return folder


def interrupted(settings: Settings, paths: Sequence[Path], documents: int) -> list[str]:
    """Builds until so many documents came; the files that were read."""
    stopped = Stopped(documents)
    with pytest.raises(KeyboardInterrupt):
        build(settings, paths, stopped, stopped.steps)
    return stopped.read


def resumed(settings: Settings, paths: Sequence[Path]) -> list[str]:
    """Builds to the end; the files that were read."""
    whole = Stopped(10**6)
    build(settings, paths, whole, whole.steps)
    return whole.read


def assert_as_fresh(settings: Settings, paths: Sequence[Path]) -> None:
    """An index must be what a build at one go gives."""
    fresh = replace(settings, folder=settings.folder.with_name("新建"))
    build(fresh, paths)
    with Library.open(settings) as library, Library.open(fresh) as other:
        assert library.documents() == other.documents()
        assert library.fingerprint == other.fingerprint
        assert library.keyword_hits("主轴", 99) == other.keyword_hits("主轴", 99)
        assert [hit.chunk_id for hit in library.vector_hits("主轴", 99)] == [
            hit.chunk_id for hit in other.vector_hits("主轴", 99)
        ]


@pytest.mark.usefixtures("small_parts")
def test_an_interrupted_build_goes_on_where_it_ended(settings: Settings, many: Path) -> None:
    assert len(interrupted(settings, [many], 10)) == 10
    assert not (settings.folder / "CURRENT").exists()
    assert (settings.folder / UNFINISHED_FOLDER).is_dir()
    assert resumed(settings, [many]) == [f"{number:02}.txt" for number in range(8, 18)]
    assert not (settings.folder / UNFINISHED_FOLDER).exists()
    assert_as_fresh(settings, [many])


@pytest.mark.usefixtures("small_parts")
def test_a_build_that_is_interrupted_again_and_again_comes_to_its_end(settings: Settings, many: Path) -> None:
    read = [name for documents in (6, 11, 15) for name in interrupted(settings, [many], documents)]
    read += resumed(settings, [many])
    # What was finished once is not read again; of each interruption a part that was not finished is lost.
    assert len(read) <= 18 + 3 * 3
    assert_as_fresh(settings, [many])


@pytest.mark.usefixtures("small_parts")
def test_a_resumed_build_reads_what_changed_meanwhile(settings: Settings, many: Path) -> None:
    interrupted(settings, [many], 10)
    (many / "01.txt").write_text("第1车间简报\n1号机床已经报废，换成了立式加工中心。\n", encoding="utf-8")
    (many / "02.txt").unlink()
    assert resumed(settings, [many]) == ["01.txt", *(f"{number:02}.txt" for number in range(8, 18))]
    assert set(held(settings)) == {f"{number:02}.txt" for number in range(18) if number != 2}
    assert finds(settings, "立式加工中心") == {"01.txt"}
    assert finds(settings, "停机3小时") == set()


@pytest.mark.usefixtures("small_parts")
def test_a_corpus_of_which_a_part_was_read_is_read_whole(settings: Settings, many: Path) -> None:
    corpus = many / "语料.jsonl"
    write_lines(corpus, {f"r{number}": f"{number} 号炉换了炉衬，用了 {number} 天。" for number in range(10)})
    stopped = Stopped(10**6)

    def stop(done: int, total: int | None, what: str) -> None:
        if what == "整理资料":
            raise KeyboardInterrupt

    # Two parts of four records are finished, two records are not.
    with pytest.raises(KeyboardInterrupt):
        build(settings, [corpus], stop, stopped.steps)
    resumed(settings, [corpus])
    assert set(held(settings)) == {f"r{number}" for number in range(10)}


@pytest.mark.usefixtures("small_parts")
def test_a_title_that_a_killed_writer_was_to_give_does_not_come_with_a_later_change(
    settings: Settings, many: Path
) -> None:
    build(settings, [many])

    def stop(done: int, total: int | None, what: str) -> None:
        if what == "建立关键词索引":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rename(settings, "03.txt", "没有改成的题目", stop)
    assert held(settings)["03.txt"].title == "第3车间简报"
    (many / "18.txt").write_text("第18车间简报\n新设的车间还没有机床。\n", encoding="utf-8")
    scan(settings, [many])
    assert held(settings)["03.txt"].title == "第3车间简报"
    assert "18.txt" in held(settings)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.parametrize("is_edited", [False, True], ids=["moved", "newer"])
def test_a_resumed_add_still_knows_what_a_file_takes_the_place_of(
    settings: Settings, many: Path, is_edited: bool
) -> None:
    title = "装备制造集团技能提升三年计划"
    old, new = many / "计划.md", many / "00计划.md"
    old.write_text(with_front(title, "集团工会", PLAN * 3), encoding="utf-8")
    build(settings, [old])
    old.rename(new)
    if is_edited:
        new.write_text(with_front(title, "集团工会", f"{PLAN * 3}今年起增加数控铣工班。\n"), encoding="utf-8")
    stopped = Stopped(8)
    with pytest.raises(KeyboardInterrupt):
        add(settings, [many], stopped, stopped.steps)
    add(settings, [many])
    with Library.open(settings) as library:
        documents = library.documents()
    assert len({document.id for document in documents}) == len(documents)
    assert [document.file for document in documents if document.title == title] == ["00计划.md"]
