"""Readers under damaged and hostile files: a small slice of `python -m eval.documents.fuzz`, and proof that it sees faults."""

import json
import random
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from eval.documents.fuzz import QUICK, Tally, fault_of, readers, table
from eval.documents.hostile import HOSTILE
from eval.documents.mutations import MOST_BYTES, mutated
from eval.documents.trial import Verdict, drawn, faults_of, faults_of_reason, judge
from eval.documents.trials import _watched, hostile_trial, random_trials
from eval.documents.valid_files import valid_files, zipped
from index.sources.page import Page
from index.sources.read import make_document
from index.types import Document, Noise

SLICE = 8
# Each ends in well under a second; the large ones are for the command.
SMALL = ("laughs.docx", "laughs.xlsx", "cycle.pdf", "depth-40.zip", "sparse-1gb.txt")


@pytest.mark.parametrize("suffix", QUICK)
def test_a_valid_file_becomes_a_document(suffix: str, tmp_path: Path) -> None:
    for data in valid_files(suffix):
        path = tmp_path / f"好{suffix}"
        path.write_bytes(data)
        assert judge(path, 0).kind == "documents"


@pytest.mark.parametrize("suffix", QUICK)
def test_damaged_files_end_with_documents_or_one_line(suffix: str, tmp_path: Path) -> None:
    seeds = valid_files(suffix)
    for number in range(SLICE):
        path = tmp_path / f"坏{suffix}"
        path.write_bytes(mutated(seeds, random.Random(f"slice-{suffix}-{number}")))
        verdict = judge(path, number)
        assert verdict.kind in {"documents", "refused"}, (number, verdict.detail)


@pytest.mark.parametrize("name", SMALL)
def test_hostile_files_are_refused_or_bounded(name: str, tmp_path: Path) -> None:
    verdict = hostile_trial(name, tmp_path)
    assert fault_of(verdict) == ""
    if name.startswith(("laughs", "sparse")):
        assert verdict.kind == "refused"
    assert not (tmp_path / name).exists()


def test_what_a_hostile_file_points_to_is_not_read(tmp_path: Path) -> None:
    from index.sources.read import read_paths

    path = tmp_path / "外部.docx"
    HOSTILE["foreign-entity.docx"](path)
    assert not any(isinstance(found, Document) and "root:" in found.text for found in read_paths([path]))


def test_every_reader_is_fuzzed() -> None:
    assert set(QUICK) <= set(readers())


def test_mutations_are_drawn_from_the_seed_alone_and_stay_small() -> None:
    seeds = valid_files(".html")
    drawn = [mutated(seeds, random.Random(f"a{number}")) for number in range(200)]
    assert drawn == [mutated(seeds, random.Random(f"a{number}")) for number in range(200)]
    assert len(set(drawn)) > 190
    assert max(map(len, drawn)) <= MOST_BYTES


def test_mutated_archives_can_mostly_still_be_opened() -> None:
    seeds = valid_files(".docx")
    drawn = [mutated(seeds, random.Random(f"b{number}")) for number in range(20)]
    assert sum(zipfile.is_zipfile(BytesIO(data)) for data in drawn) >= 10
    assert zipped({"a": b"1"}) == zipped({"a": b"1"})


def test_the_judge_sees_what_is_wrong_with_a_document() -> None:
    good = make_document(Page("夜校办学记\n红星厂办了六期夜校。"), "甲", "甲.txt", "", "")
    assert list(faults_of(good)) == []
    fields = {name: getattr(good, name) for name in Document.__slots__}
    assert list(faults_of(Document(**{**fields, "noise": (Noise(3, 99, "越界"),)}))) == ["噪声或小标题的位置在正文以外"]
    assert list(faults_of(Document(**{**fields, "text": " ", "noise": (), "headings": ()}))) == ["文档没有文字"]
    assert list(faults_of(Document(**{**fields, "title": "半\ud800"}))) == ["文档里有半个字符（孤立代理项）"]


@pytest.mark.parametrize(
    ("reason", "fault"),
    [
        ("文件坏了\n请重试", "原因不是一行"),
        ("bad file", "原因不是中文"),
        ("坏" * 601, "原因太长"),
        ("", "原因不是一行"),
    ],
)
def test_the_judge_sees_what_is_wrong_with_a_reason(reason: str, fault: str) -> None:
    assert fault in list(faults_of_reason(reason))
    assert list(faults_of_reason("文件已损坏；请重试。")) == []


def test_time_and_memory_have_limits() -> None:
    well = Verdict(1, "documents", "", 1, 9.9, 9.9, 1023.0)
    assert fault_of(well) == ""
    assert fault_of(Verdict(1, "documents", "", 1, 10.1, 9.0, 100.0)) == "超过 10 秒"
    # A machine that others keep busy is no fault of the reader.
    assert fault_of(Verdict(1, "documents", "", 1, 30.0, 0.5, 100.0)) == ""
    assert fault_of(Verdict(1, "refused", "坏", 0, 1.0, 1.0, 1025.0)) == "超过 1024 MB 内存"
    assert fault_of(Verdict(1, "broken", "KeyError", 0, 1.0, 1.0, 1.0)) == "KeyError"


def watched(program: str) -> list[Verdict]:
    return list(_watched([sys.executable, "-c", program], 4))


def test_a_process_that_dies_costs_the_input_that_it_was_at() -> None:
    line = json.dumps(
        {"number": 7, "kind": "refused", "detail": "坏", "documents": 0, "seconds": 0, "cpu": 0, "peak": 0}
    )
    told = watched(f"import os\nprint(7, flush=True)\nprint('{line}', flush=True)\nprint(8, flush=True)\nos.abort()")
    assert [(verdict.number, verdict.kind) for verdict in told] == [(7, "refused"), (8, "broken")]
    assert told[1].detail.startswith("进程中断（-6）")
    assert [verdict.number for verdict in watched("raise SystemExit(3)")] == [4]


def test_trials_go_through_all_their_numbers(tmp_path: Path) -> None:
    told = list(random_trials(".txt", 1, (5, 9), tmp_path))
    assert [verdict.number for verdict in told] == [5, 6, 7, 8]
    # What the other process read last is what this one draws for that number.
    assert (tmp_path / "input.txt").read_bytes() == drawn(valid_files(".txt"), ".txt", 1, 8)


def test_the_table_counts_and_names_the_reproducers() -> None:
    tally = Tally(".txt")
    tally.add(Verdict(1, "documents", "", 1, 0.2, 0.2, 80.0), "1", str)
    tally.add(Verdict(2, "refused", "文件坏了", 0, 0.1, 0.1, 90.0), "2", str)
    tally.add(Verdict(3, "broken", "KeyError @ a", 0, 0.1, 0.1, 70.0), "3", lambda label: f"out/{label}")
    lines = table([tally]).split("\n")
    assert lines[1] == ".txt\t3\t1\t1\t0.2 1\t90 2\t1"
    assert ".txt 拒绝 1 次：文件坏了" in lines
    assert lines[-1] == ".txt 失败：KeyError @ a ← out/3"
