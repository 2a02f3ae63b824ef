"""A run: kept as it grows, taken up after a kill, never ended by a question, and the same every time."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.asking import DIED, WORTH_A_PROCESS, ask_all
from eval.dataset import GoldQuestion
from eval.folder import ANSWERS, ERRORS, RUN, RunFolder, write_whole
from eval.runner import Order, new_record, run, score_answers
from eval.systems import Choice
from index.errors import DatasetError, IndexMissingError
from index.settings import Settings
from tests.fakes.bench import QUESTIONS, Bench, Closed, Dying, Failing, Knowing, many, value

ROOT = Path(__file__).resolve().parents[2]

ROWS = [
    {"id": "a", "question": "白银市有多少个院士专家工作站？", "type": "figure", "answers": [["24个"]]},
    {"id": "b", "question": "今天天气怎么样？", "type": "unanswerable", "unanswerable": True, "reason": "off_topic"},
    {"id": "c", "question": "常州市有几家工匠学院？", "type": "figure", "answers": [["5家"]]},
]


def dataset(folder: Path, rows: Sequence[dict[str, object]] = ROWS) -> Path:
    path = folder / "qa.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def asked(notes: Path) -> list[str]:
    return notes.read_text(encoding="utf-8").split() if notes.exists() else []


# Asking.


def test_every_question_gets_a_reply_and_a_failure_is_that_of_its_question() -> None:
    found = {each.id: each for each in ask_all(Bench(Failing()), QUESTIONS, jobs=1)}
    assert list(found) == [question.id for question in QUESTIONS]
    assert [name for name, each in found.items() if each.error] == ["q1"]


def test_an_interrupt_ends_a_run() -> None:
    class Interrupted(Knowing):
        def reply(self, question: GoldQuestion) -> None:  # type: ignore[override]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(ask_all(Bench(Interrupted()), QUESTIONS, jobs=1))


def test_processes_side_by_side_give_the_same_replies_as_one() -> None:
    questions = many(WORTH_A_PROCESS + 10)
    together = {each.id: each for each in ask_all(Bench(Knowing()), questions, jobs=2)}
    alone = {each.id: each for each in ask_all(Bench(Knowing()), questions, jobs=1)}
    assert together == alone
    assert len(together) == len(questions)


def test_a_question_that_kills_its_process_is_an_error_and_the_others_are_answered() -> None:
    questions = [*many(WORTH_A_PROCESS), GoldQuestion("fatal", "甲市有多少家产业学院！", "figure", (("12家",),))]
    found = {each.id: each for each in ask_all(Bench(Dying(slow_s=0.02)), questions, jobs=2)}
    assert len(found) == len(questions)
    assert {name: each.error for name, each in found.items() if each.error} == {"fatal": DIED}


def test_a_system_that_cannot_be_opened_ends_the_run_with_what_happened() -> None:
    with pytest.raises(DatasetError, match="打不开"):
        list(ask_all(Closed(Knowing()), many(WORTH_A_PROCESS + 1), jobs=2))


SIDE_BY_SIDE = """
import sys
from eval.asking import ask_all
from tests.fakes.bench import Bench, Dying, many
if __name__ == "__main__":
    for reply in ask_all(Bench(Dying(slow_s=0.2)), many(400), jobs=2):
        print(reply.id, flush=True)
"""


def test_the_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(SIDE_BY_SIDE, encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert parent.stdout is not None and parent.stdout.readline()
    workers = [int(pid) for pid in children(parent.pid)]
    assert len(workers) >= 2
    parent.kill()
    parent.wait(10)
    parent.stdout.close()
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline and any(alive(pid) for pid in workers):
        time.sleep(0.1)
    assert not [pid for pid in workers if alive(pid)]


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text(encoding="utf-8")


# The folder.


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path, sample_index: Path) -> None:
    paths = (dataset(tmp_path),)
    notes = tmp_path / "notes"
    choice = Bench(Knowing(), Settings(folder=sample_index), notes=notes)
    order = Order(choice, paths, tmp_path / "out")
    whole, folder = run(order)
    assert asked(notes) == ["a", "b", "c"]
    # The process died while it wrote the third line.
    lines = (folder.path / ANSWERS).read_text(encoding="utf-8")
    (folder.path / ANSWERS).write_text(lines[:-30], encoding="utf-8")
    told: list[tuple[int, int, int]] = []
    again, _ = run(order, lambda *each: told.append(each))
    assert asked(notes) == ["a", "b", "c", "c"]
    assert told == [(3, 3, 2)]
    assert [each.reply.id for each in again.summary.run.results] == ["a", "b", "c"]
    assert again.summary.overall == whole.summary.overall


def test_a_finished_run_asks_nothing_and_fresh_asks_everything(tmp_path: Path, sample_index: Path) -> None:
    notes = tmp_path / "notes"
    choice = Bench(Knowing(), Settings(folder=sample_index), notes=notes)
    paths = (dataset(tmp_path),)
    run(Order(choice, paths, tmp_path / "out"))
    run(Order(choice, paths, tmp_path / "out"))
    assert len(asked(notes)) == 3
    run(Order(choice, paths, tmp_path / "out", fresh=True))
    assert len(asked(notes)) == 6


def test_errors_are_told_and_never_kept(tmp_path: Path, sample_index: Path) -> None:
    rows = [
        {"id": f"q{at}", "question": each.question, "type": "figure", "answers": [["12家"]]}
        for at, each in enumerate(QUESTIONS)
    ]
    notes = tmp_path / "notes"
    settings = Settings(folder=sample_index)
    paths = (dataset(tmp_path, rows),)
    done, folder = run(Order(Bench(Failing(), settings, notes=notes), paths, tmp_path / "out"))
    assert value("errors", done.summary.run) == (0.2, 5)
    assert [json.loads(line)["id"] for line in (folder.path / ERRORS).read_text(encoding="utf-8").splitlines()] == [
        "q1"
    ]
    mended, _ = run(Order(Bench(Knowing(), settings, notes=notes), paths, tmp_path / "out"))
    assert asked(notes) == ["q0", "q1", "q2", "q3", "q4", "q1"]
    assert value("errors", mended.summary.run) == (0.0, 5)
    assert (folder.path / ERRORS).read_text(encoding="utf-8") == ""


def test_a_folder_of_another_run_is_refused_and_kept(tmp_path: Path, sample_index: Path) -> None:
    choice = Bench(Knowing(), Settings(folder=sample_index))
    run(Order(choice, (dataset(tmp_path),), tmp_path / "out"))
    before = (tmp_path / "out" / ANSWERS).read_bytes()
    other = (dataset(tmp_path, ROWS[:1]),)
    with pytest.raises(DatasetError, match=r"题库不同.*--out.*--fresh"):
        run(Order(choice, other, tmp_path / "out"))
    assert (tmp_path / "out" / ANSWERS).read_bytes() == before


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with (
        RunFolder(tmp_path / "out").held(),
        pytest.raises(DatasetError, match="正有另一次评测"),
        RunFolder(tmp_path / "out").held(),
    ):
        pass
    with RunFolder(tmp_path / "out").held():
        pass


def test_answers_that_no_run_has_left_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / ANSWERS).write_text("mine", encoding="utf-8")
    for fresh in (True, False):
        with pytest.raises(DatasetError, match="不是评测留下的"):
            RunFolder(tmp_path).begin(new_record({}, (), Settings()), fresh=fresh)
    assert (tmp_path / ANSWERS).read_text(encoding="utf-8") == "mine"


def test_a_retrieval_set_is_taken_up_again_like_any_other(tmp_path: Path, sample_index: Path) -> None:
    rows = [
        {"id": "r", "question": "白银市的院士专家工作站", "type": "retrieval", "evidence": [{"document": "baiyin.md"}]}
    ]
    order = Order(Choice("bm25", Settings(folder=sample_index)), (dataset(tmp_path, rows),), tmp_path / "out")
    first, _ = run(order)
    told: list[tuple[int, int, int]] = []
    again, _ = run(order, lambda *each: told.append(each))
    assert told == []
    assert value("hit_1", again.summary.run) == value("hit_1", first.summary.run) == (1.0, 1)
    assert value("errors", again.summary.run) == (0.0, 1)


def test_a_record_that_is_damaged_is_told(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.write(RUN, '{"identity": {}}')
    with pytest.raises(DatasetError, match=r"run\.json 不完整.*--fresh"):
        folder.begin(new_record({}, (), Settings()), fresh=False)


def test_a_folder_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(DatasetError, match="无法写入"):
        RunFolder(taken / "out").begin(new_record({}, (), Settings()), fresh=False)
    (tmp_path / "folder" / "file").mkdir(parents=True)
    with pytest.raises(OSError):
        write_whole(tmp_path / "folder" / "file", "text")
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["file"]


def test_the_same_run_gives_the_same_figures(tmp_path: Path, sample_index: Path) -> None:
    choice = Choice("changai", Settings(folder=sample_index))
    paths = (dataset(tmp_path),)
    one, _ = run(Order(choice, paths, tmp_path / "one"))
    other, _ = run(Order(choice, paths, tmp_path / "other"))
    assert one.record.identity == other.record.identity
    timed = {"p50_ms", "p95_ms", "p99_ms", "peak_mb"}
    for key in one.summary.overall.keys() - timed:
        assert one.summary.overall[key] == other.summary.overall[key], key
    assert value("accuracy", one.summary.run) == (1.0, 2)


def test_scoring_again_needs_no_new_answers(tmp_path: Path, sample_index: Path) -> None:
    notes = tmp_path / "notes"
    settings = Settings(folder=sample_index)
    done, folder = run(Order(Bench(Knowing(), settings, notes=notes), (dataset(tmp_path),), tmp_path / "out"))
    replies = folder.replies()
    scored = score_answers(replies, (dataset(tmp_path),), settings, "bench")
    assert scored.summary.overall == done.summary.overall
    assert len(asked(notes)) == 3


def test_a_bad_dataset_is_told_before_the_index_is_opened(tmp_path: Path) -> None:
    choice = Choice("changai", Settings(folder=tmp_path / "no-index"))
    with pytest.raises(DatasetError, match="找不到题集"):
        run(Order(choice, (tmp_path / "none.jsonl",), tmp_path / "out"))
    with pytest.raises(IndexMissingError):
        run(Order(choice, (dataset(tmp_path),), tmp_path / "out"))
    assert not (tmp_path / "out").exists()
