"""Reading processes: a file that crashes one, hangs or eats memory costs itself alone, and nothing of them is left over."""

import hashlib
import io
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import workers
from index.build import build
from index.gather import files_read, gather
from index.library import Library
from index.prepare import Prepared
from index.reader import Piece, Reader, SourceFile
from index.settings import Settings
from index.steps import FileRead, Gathering
from index.worker import READY, packed, receive, send, unpacked
from index.workers import Workers

# Imported by every Python that starts with its folder on the path: it makes files harmful by their names, so that
# what a reading process meets is real while the program knows nothing of it.
HARMFUL = """
import os, sys, time

def harm(event, arguments):
    if event != "open" or not isinstance(arguments[0], (str, os.PathLike)):
        return
    name = os.path.basename(os.fspath(arguments[0]))
    if name.startswith("崩溃"):
        os._exit(9)
    if name.startswith("卡住"):
        time.sleep(600)
    if name.startswith("慢"):
        time.sleep(1.5)
    if name.startswith("内存"):
        raise MemoryError
    if name.startswith("出错"):
        raise RuntimeError("出错")

sys.addaudithook(harm)
"""
QUIET = Gathering(Settings(), lambda origin, sha256: False)


@pytest.fixture(autouse=True)
def harmful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "钩子"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(HARMFUL, encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    # On a machine that is busy with something else a process alone may take seconds to start.
    monkeypatch.setattr("index.reader.seconds_for", lambda name: 120.0)


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    """Whatever a test did, no reading process runs afterwards, and none is a zombie."""
    STRANGERS.update(pid for pid, _ in children())
    yield
    assert children() == []


# Processes that other tests of this run started.
STRANGERS: set[int] = set()


def children() -> list[tuple[int, str]]:
    """The processes that this one started and that were not waited for, with their state."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == os.getpid() and int(path.parent.name) not in STRANGERS:
            found.append((int(path.parent.name), state))
    return found


class Hurried(Piece):
    """A piece that may take a second only."""

    @property
    def seconds(self) -> float:
        return 1.0


def page(folder: Path, name: str, text: str = "") -> SourceFile:
    """A saved page in the folder, as a piece names it."""
    folder.mkdir(exist_ok=True)
    text = text or f"车间公告栏写着，{name}一组本周值夜班，二组休息，三组去学校上课。"
    path = folder / f"{name}.html"
    path.write_text(
        f"<html><head><title>{name}号公告</title></head><body><p>{text}</p></body></html>", encoding="utf-8"
    )
    data = path.read_bytes()
    return SourceFile(str(path), path.name, hashlib.sha256(data).hexdigest(), len(data))


def pages(folder: Path, *names: str) -> list[SourceFile]:
    return [page(folder, name) for name in names]


def each(files: Sequence[SourceFile]) -> list[Piece]:
    return [Piece((file,)) for file in files]


def told(found: Sequence[FileRead]) -> list[tuple[str, str]]:
    """What came of each file, in order: its name and what is wrong with it, "" when a document came."""
    return [
        (Path(one.origin).stem, "".join(unread.reason for unread in one.unread))
        for one in found
        if one.prepared or one.unread
    ]


def names(found: Sequence[FileRead]) -> list[str]:
    return [name for name, _ in told(found)]


def test_documents_are_those_that_reading_in_this_process_gives(tmp_path: Path) -> None:
    files = pages(tmp_path / "页", *map(str, range(7)))
    pieces = [Piece(tuple(files[:3])), *each(files[3:])]
    reader = Reader(Settings(), None, {})
    expected = [one for piece in pieces for one in files_read(piece, reader.read(piece)[0])]
    found = list(Workers(QUIET, 2).read(iter(pieces)))
    assert names(found) == [str(number) for number in range(7)]
    assert [replace(one, prepared=()) for one in found] == [replace(one, prepared=()) for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert list(map(plain, one.prepared)) == list(map(plain, other.prepared))


def plain(prepared: Prepared) -> list[object]:
    """Every field of it, arrays as lists."""
    values = [getattr(prepared, field.name) for field in fields(prepared)]
    return [value.tolist() if isinstance(value, np.ndarray) else value for value in values]


def test_a_reading_process_embeds_as_the_writer_does(tmp_path: Path) -> None:
    from index.embedding import load_embedder

    (found,) = Workers(replace(QUIET, embeds=True), 1).read(iter(each(pages(tmp_path / "页", "向量"))))
    (prepared,) = found.prepared
    assert prepared.vectors is not None
    expected = load_embedder(None).embed(prepared.search_texts)
    np.testing.assert_allclose(prepared.vectors, expected, atol=1e-3)


@pytest.mark.parametrize("bad", ["崩溃", "内存", "出错"])
def test_a_bad_file_alone_in_its_piece_costs_itself(tmp_path: Path, bad: str) -> None:
    found = list(Workers(QUIET, 2).read(iter(each(pages(tmp_path / "页", "甲", bad, "乙", "丙")))))
    assert names(found) == ["甲", bad, "乙", "丙"]
    (line,) = [line for _, line in told(found) if line]
    assert f"文件 {bad}.html " in line
    assert line.endswith("。")


@pytest.mark.parametrize("bad", ["崩溃", "内存", "出错"])
def test_a_bad_file_among_others_of_its_piece_is_the_only_one_named(tmp_path: Path, bad: str) -> None:
    files = pages(tmp_path / "页", "甲", "乙", bad, "丙")
    found = list(Workers(QUIET, 1).read(iter([Piece(tuple(files)), *each(pages(tmp_path / "又", "丁"))])))
    assert names(found) == ["甲", "乙", bad, "丙", "丁"]
    assert [name for name, line in told(found) if line] == [bad]


def test_the_order_is_that_of_the_work_whoever_is_quicker(tmp_path: Path) -> None:
    files = pages(tmp_path / "页", "慢1", "甲", "乙", "慢2", "丙", "丁", "戊")
    steps = [*each(files[:4]), FileRead("没变.html", "", unchanged=True), *each(files[4:])]
    found = list(Workers(QUIET, 2).read(iter(steps)))
    assert [Path(one.origin).stem for one in found] == ["慢1", "甲", "乙", "慢2", "没变", "丙", "丁", "戊"]


def test_the_order_within_a_piece_is_kept_when_its_files_are_read_again_one_by_one(tmp_path: Path) -> None:
    files = pages(tmp_path / "页", "慢1", "甲", "崩溃", "乙")
    found = list(Workers(QUIET, 2).read(iter([Piece(tuple(files))])))
    assert names(found) == ["慢1", "甲", "崩溃", "乙"]


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    first, stuck, second = pages(tmp_path / "页", "甲", "卡住", "乙")
    steps = [Piece((first,)), Hurried((stuck,)), Piece((second,))]
    found = list(Workers(QUIET, 1).read(iter(steps)))
    assert told(found) == [
        ("甲", ""),
        ("卡住", "文件 卡住.html 读取超过 1 秒，已停止；请拆分或换一种格式后重试。"),
        ("乙", ""),
    ]


def test_a_process_that_is_killed_from_outside_costs_one_file_at_most(tmp_path: Path) -> None:
    files = pages(tmp_path / "页", *map(str, range(8)))

    def steps() -> Iterator[Piece]:
        for number, piece in enumerate(each(files)):
            if number in (2, 5):
                # By now a process was started and has pieces at hand.
                for pid, _ in children():
                    os.kill(pid, signal.SIGKILL)
            yield piece

    found = list(Workers(QUIET, 1).read(steps()))
    assert names(found) == [str(number) for number in range(8)]
    lines = [line for _, line in told(found) if line]
    assert len(lines) <= 2
    assert all("崩溃" in line for line in lines)


def test_processes_end_with_an_iteration_that_is_given_up(tmp_path: Path) -> None:
    reading = Workers(QUIET, 2).read(iter(each(pages(tmp_path / "页", "甲", "卡住", "乙", "丙"))))
    assert Path(next(reading).origin).stem == "甲"
    assert children()
    reading.close()
    assert children() == []


def test_processes_end_when_the_work_fails(tmp_path: Path) -> None:
    def steps() -> Iterator[Piece]:
        yield from each(pages(tmp_path / "页", "甲", "乙", "丙"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(Workers(QUIET, 2).read(steps()))


def test_no_work_starts_no_process() -> None:
    assert list(Workers(QUIET).read(iter(()))) == []
    unchanged = FileRead("甲.html", "", unchanged=True)
    assert list(Workers(QUIET).read(iter([unchanged] * 200))) == [unchanged] * 200


def test_a_build_goes_on_past_a_file_that_crashes_its_reader(tmp_path: Path) -> None:
    folder = tmp_path / "页"
    pages(folder, "1甲", "2乙", "崩溃", "甲")
    report = build(Settings(folder=tmp_path / "索引"), [folder])
    ((path, reason),) = report.skipped
    assert (path, report.documents) == (str(folder / "崩溃.html"), 3)
    assert "读取时程序崩溃" in reason
    with Library.open(Settings(folder=tmp_path / "索引")) as library:
        assert {one.file for one in library.documents()} == {"1甲.html", "2乙.html", "甲.html"}


def test_a_large_corpus_is_read_in_stretches_and_nothing_is_lost(tmp_path: Path) -> None:
    corpus = tmp_path / "语料.jsonl"
    lines = [f'{{"id": "r{number}", "text": "{number}号班组夜里巡检了{number}台泵。"}}' for number in range(6000)]
    lines[3210] = "{"
    corpus.write_text("\n".join(lines), encoding="utf-8")
    assert corpus.stat().st_size > 256 * 1024
    found = list(gather([corpus], QUIET))
    assert len(found) > 1
    assert [one.is_last for one in found] == [False] * (len(found) - 1) + [True]
    records = [prepared.record for one in found for prepared in one.prepared]
    assert records == [f"r{number}" for number in range(6000) if number != 3210]
    ((line,),) = [one.unread for one in found if one.unread]
    assert "第 3211 行" in line.reason
    assert [one.done for one in found][-1] == found[0].total == corpus.stat().st_size


SHARED = "本站内容由厂办宣传组维护，转载请先打电话说明。"


def test_what_pages_of_a_site_share_does_not_hang_on_who_read_them(tmp_path: Path) -> None:
    # On all pages of the first piece, on a third of those of the second, and so on most pages of the site.
    files = [
        page(
            tmp_path / "站",
            f"{number:02}",
            f"{number}号炉出钢{number + 9}炉。</p><p>{SHARED if number < 16 else '完。'}",
        )
        for number in range(24)
    ]
    pieces = [Piece(tuple(files[:12])), Piece(tuple(files[12:]))]

    def digests(count: int) -> list[str]:
        found = Workers(replace(QUIET, sites={}), count).read(iter(pieces))
        return [prepared.digest for one in found for prepared in one.prepared]

    alone = digests(1)
    assert len(alone) == 24
    assert digests(2) == alone


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
    max_leaves=12,
)


@given(st.lists(st.tuples(JSON, st.binary())))
def test_frames_come_through_as_they_were(frames: list[tuple[object, bytes]]) -> None:
    stream = io.BytesIO()
    for value, numbers in frames:
        send(stream, value, numbers)
    stream.seek(0)
    assert [receive(stream) for _ in frames] == frames
    with pytest.raises(EOFError):
        receive(stream)


@given(JSON, st.binary(), st.data())
def test_a_frame_that_is_cut_off_is_the_end(value: object, numbers: bytes, data: st.DataObject) -> None:
    stream = io.BytesIO()
    send(stream, value, numbers)
    cut = data.draw(st.integers(0, stream.tell() - 1))
    with pytest.raises(EOFError):
        receive(io.BytesIO(stream.getvalue()[:cut]))


TEXT = st.text(st.characters(), max_size=8)
ROW = st.lists(TEXT | st.none() | st.integers(), min_size=1, max_size=4).map(tuple)


@st.composite
def prepared(draw: st.DrawFn) -> Prepared:
    chunks = draw(st.lists(ROW, max_size=3).map(tuple))
    numbers = st.integers(0, 2**32 - 1)
    signature = np.array(draw(st.lists(numbers, min_size=1, max_size=5)), dtype=np.uint32)
    vectors = draw(st.none() | st.integers(1, 4).map(lambda columns: np.ones((len(chunks), columns), np.float16) / 3))
    texts = [draw(TEXT) for _ in range(9)]
    return Prepared(*texts, draw(ROW), chunks, tuple(draw(TEXT) for _ in chunks), signature, vectors)


@given(st.lists(prepared(), max_size=4))
def test_documents_come_through_a_frame_as_they_were(documents: list[Prepared]) -> None:
    stream = io.BytesIO()
    send(stream, *packed(documents))
    stream.seek(0)
    assert [plain(one) for one in unpacked(*receive(stream))] == [plain(one) for one in documents]


def test_a_reply_that_came_together_with_another_is_not_left_lying() -> None:
    program = (
        "import os, sys; from io import BytesIO; from index.worker import READY, send\n"
        "both = BytesIO(); send(both, READY); send(both, [1, 2]); os.write(sys.stdout.fileno(), both.getvalue())\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as handle:
        process = workers._Process(handle)
        replies = []
        for _ in range(2):
            ready, _, _ = select.select([process.replies], [], [], 60)
            assert ready, "the second reply lies in a buffer"
            replies.append(receive(process.replies)[0])
        assert replies == [READY, [1, 2]]
        handle.kill()


def test_a_reply_longer_than_a_pipe_holds_is_read_whole() -> None:
    program = (
        "import sys; from index.worker import send\nsend(sys.stdout.buffer, 'x' * 3_000_000); sys.stdout.buffer.flush()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as handle:
        assert receive(workers._Process(handle).replies)[0] == "x" * 3_000_000
