"""A writer that is killed, refused or interrupted leaves the last good index, and only one writes at a time."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fakes.index import fake_steps, generations, titles, two_files

from index.build import add, build
from index.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexUnwritableError,
)
from index.generations import CURRENT_FILE, new_generation
from index.library import Library
from index.settings import Settings
from tests.fakes.damage import overwrite


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return two_files(tmp_path / "资料")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(folder=tmp_path / "索引 1#?")


def test_an_interruption_at_any_step_leaves_the_last_index(settings: Settings, source: Path) -> None:
    build(settings, [source / "常州.txt"], steps=fake_steps())
    steps_made = 0
    for allowed in range(100):
        left = allowed

        def progress(done: int, total: int | None, what: str) -> None:
            nonlocal left, steps_made
            if not left:
                steps_made += 1
                raise KeyboardInterrupt
            left -= 1

        try:
            add(settings, [source], progress, fake_steps())
        except KeyboardInterrupt:
            assert (titles(settings), generations(settings)) == (["常州培训工人"], ["1"])
        else:
            break
    assert steps_made > 5
    assert titles(settings) == ["常州培训工人", "白银补贴企业"]


CRASHES = """
import os, sys
from pathlib import Path
sys.path[:0] = sys.argv[1].split(os.pathsep)
from fakes.index import generations, titles, two_files, fake_steps
from index.build import add, build, remove
from index.library import Library
from index.settings import Settings
import faiss, tantivy

# A killed process, unlike a power cut, leaves to the system what it has written: waiting for the disk shows nothing.
os.fsync = lambda handle: None
settings, source = Settings(folder=Path(sys.argv[2])), Path(sys.argv[3])
build(settings, [source / "常州.txt"], steps=fake_steps())
build(settings, [source / "常州.txt"], steps=fake_steps())
old, new = ["常州.txt"], ["常州.txt", "白银.txt"]
left = None

def crash(event, arguments):
    global left
    if left is None or event not in EVENTS or str(settings.folder) not in str(arguments):
        return
    if event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return
    left -= 1
    if left < 0:
        os._exit(9)

EVENTS = {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "sqlite3.connect"}
sys.addaudithook(crash)
crashes, published = 0, 0
while True:
    child = os.fork()
    if child == 0:
        left = crashes
        add(settings, [source], steps=fake_steps())
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with Library.open(settings, fake_steps()) as library:
        files = [document.file for document in library.documents()]
        assert files in (old, new) and library.notice == (), (crashes, files, library.notice)
        hits = library.keyword_hits("培训 补贴", 9) + library.vector_hits("补贴企业常州", 9)
        seen = {library.document(library.chunk(hit.chunk_id).document_id).file for hit in hits}
        assert seen == set(files), (crashes, seen)
    if code == 0:
        break
    assert code == 9, code
    crashes += 1
    if files == new:
        published += 1
        build(settings, [source], steps=fake_steps())
        remove(settings, ["白银.txt"], steps=fake_steps())
print(crashes, published, len(list((settings.folder / "generations").iterdir())))
"""


def test_a_process_killed_at_any_moment_leaves_a_whole_index(settings: Settings, source: Path) -> None:
    # The child dies at its first, second, third … act on the index's files, until it comes through.
    roots = os.pathsep.join(str(Path(__file__).parents[level]) for level in (1, 2))
    script = [sys.executable, "-c", CRASHES, roots, str(settings.folder), str(source)]
    run = subprocess.run(script, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    crashes, published, left_over = map(int, run.stdout.split())
    assert crashes > 15
    assert published >= 1
    assert left_over <= 2


def test_a_second_writer_is_told_to_wait(settings: Settings, source: Path) -> None:
    build(settings, [source / "常州.txt"], steps=fake_steps())
    inside, finish = threading.Event(), threading.Event()

    def wait(done: int, total: int | None, what: str) -> None:
        inside.set()
        assert finish.wait(30)

    writer = threading.Thread(target=lambda: add(settings, [source], wait, fake_steps()))
    writer.start()
    assert inside.wait(30)
    with pytest.raises(IndexBusyError, match=rf"进程 {os.getpid()}）写入；请等它结束后再试"):
        add(settings, [source], steps=fake_steps())
    # Readers go on meanwhile.
    assert titles(settings) == ["常州培训工人"]
    finish.set()
    writer.join()
    assert len(titles(settings)) == 2


FULL_DISK = """
import os, resource, sys
from pathlib import Path
sys.path[:0] = sys.argv[1].split(os.pathsep)
from fakes.index import generations, titles, two_files, fake_steps
from index.build import add
from index.errors import IndexUnwritableError
from index.settings import Settings
for limit in (0, 4096, 30_000, 60_000, 100_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        add(Settings(folder=Path(sys.argv[2])), [Path(sys.argv[3])], steps=fake_steps())
    except IndexUnwritableError as error:
        print(error)
"""


def test_a_full_disk_is_one_line_and_loses_nothing(settings: Settings, source: Path) -> None:
    build(settings, [source / "常州.txt"], steps=fake_steps())
    for number in range(120):
        (source / f"{number}.txt").write_text(f"企业{number}" * 200, encoding="utf-8")
    roots = os.pathsep.join(str(Path(__file__).parents[level]) for level in (1, 2))
    script = [sys.executable, "-c", FULL_DISK, roots, str(settings.folder), str(source)]
    run = subprocess.run(script, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert len(lines) == 5
    assert all("写不进去" in line and "原来的索引没有改动" in line for line in lines)
    assert (titles(settings), generations(settings)) == (["常州培训工人"], ["1"])


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path, source: Path) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    with pytest.raises(IndexUnwritableError, match=r"写不进去（Not a directory）.*--index 换一个目录"):
        build(Settings(folder=tmp_path / "文件" / "索引"), [source], steps=fake_steps())


def test_the_previous_generation_stays_and_older_ones_go(settings: Settings, source: Path) -> None:
    for _ in range(4):
        build(settings, [source], steps=fake_steps())
    assert generations(settings) == ["3", "4"]


def test_a_generation_that_is_read_stays_until_nobody_reads_it(settings: Settings, source: Path) -> None:
    build(settings, [source], steps=fake_steps())
    reader = Library.open(settings, fake_steps())
    for _ in range(3):
        build(settings, [source / "白银.txt"], steps=fake_steps())
    assert generations(settings) == ["1", "3", "4"]
    assert not reader.is_current()
    (hit,) = reader.keyword_hits("常州培训", 1)
    assert reader.chunk(hit.chunk_id).search_text == "常州培训工人"
    reader.close()
    build(settings, [source], steps=fake_steps())
    assert generations(settings) == ["4", "5"]


def test_leftovers_of_a_crash_are_cleared_by_the_next_writer(settings: Settings, source: Path) -> None:
    build(settings, [source], steps=fake_steps())
    home = settings.folder / "generations"
    for name in ("2.draft", "0.trash", "7"):
        (home / name).mkdir()
        (home / name / "store.sqlite").write_text("半截", encoding="utf-8")
    add(settings, [source], steps=fake_steps())
    assert generations(settings) == ["1"]


def test_add_refuses_to_carry_a_damaged_store_on(settings: Settings, source: Path) -> None:
    build(settings, [source], steps=fake_steps())
    store = settings.folder / "generations" / "1" / "parts" / "000001" / "store.sqlite"
    (backup,) = (settings.folder / "backup").iterdir()
    for path in (store, backup):
        overwrite(path, path.read_bytes()[:-10])
    with pytest.raises(IndexDamagedError, match=r"备份 .* 也不完好；请运行 changai build 文件夹 重建索引"):
        add(settings, [source], steps=fake_steps())
    # A build needs nothing of the old one.
    build(settings, [source], steps=fake_steps())
    assert len(titles(settings)) == 2


def test_nobody_else_may_write_while_a_draft_is_open(settings: Settings) -> None:
    with new_generation(settings.folder), pytest.raises(IndexBusyError), new_generation(settings.folder):
        pytest.fail("two writers at once")
    assert not (settings.folder / CURRENT_FILE).exists()
