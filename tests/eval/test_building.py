"""The build benchmark: what a command costs, corpora cut whole, the table of a comparison, and our own steps for real."""

import gzip
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.documents.answering_again import FILES, QUESTION, Step, legs, main, measured_steps
from eval.documents.building import SYSTEMS, build_once, cut_corpus
from eval.documents.building_table import OURS, Corpus, Measured, lost, markdown
from eval.documents.process_tree import Cost, cost_of
from index.build import build
from index.errors import ChangaiError, DatasetError
from index.library import Library
from index.settings import Settings

# A parent with 60 MB that starts a child with 120 MB which works for a while.
CHILD = "import time; held = b'x' * (120 << 20); end = time.process_time() + 0.4\nwhile time.process_time() < end: pass"
PARENT = (
    f"import subprocess, sys; held = b'x' * (60 << 20); subprocess.run([sys.executable, '-c', {CHILD!r}]); print('好')"
)
PLACES = "甲乙丙丁戊己庚辛壬癸子丑"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, place in enumerate(PLACES):
            text = f"{place}市总工会介绍，全市办了{number + 3}所产业工人夜校，职工学技术不出厂门。"
            file.write(json.dumps({"id": f"d{number}", "title": f"{place}市", "text": text}, ensure_ascii=False) + "\n")
    return path


def test_a_cost_is_that_of_the_whole_tree(tmp_path: Path) -> None:
    cost = cost_of([sys.executable, "-c", PARENT], tmp_path)
    assert cost.output == "好\n"
    assert 0.4 <= cost.cpu_seconds <= cost.seconds * (os.cpu_count() or 1)
    assert 180 <= cost.peak_mb < 300


def test_a_command_that_fails_is_told_with_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(ChangaiError, match="没有这个包"):
        cost_of([sys.executable, "-c", "raise SystemExit('第一行\\n没有这个包')"], tmp_path)


def test_a_corpus_is_cut_at_whole_documents(corpus: Path, tmp_path: Path) -> None:
    packed = tmp_path / "corpus.jsonl.gz"
    packed.write_bytes(gzip.compress(corpus.read_bytes() + b"\n\n"))
    cut = cut_corpus(packed, tmp_path / "cut.jsonl", 5)
    lines = corpus.read_bytes().splitlines(keepends=True)[:5]
    assert cut.path.read_bytes() == b"".join(lines)
    assert (cut.documents, cut.text_bytes) == (5, sum(len(json.loads(line)["text"].encode()) for line in lines))
    assert cut_corpus(packed, tmp_path / "all.jsonl", None).documents == len(PLACES)


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[1]\n", b"no json\n"])
def test_what_is_no_corpus_is_refused(content: bytes, tmp_path: Path) -> None:
    source = tmp_path / "bad.jsonl"
    source.write_bytes(content)
    with pytest.raises(DatasetError, match=r"bad\.jsonl"):
        cut_corpus(source, tmp_path / "cut.jsonl", None)


def measured(start: float, *seconds: float, stored: int = 1000) -> Measured:
    runs = [Cost(each, 2 * each, 100.0) for each in seconds]
    return Measured(Cost(start, 2 * start, 50.0), runs, [stored] * len(runs), 2600, 3_000_000)


def test_the_table_compares_repeat_by_repeat_with_and_without_the_start() -> None:
    whole, few = Corpus(Path("x"), 1000, 2_000_000), Corpus(Path("y"), 400, 800_000)
    found = {OURS: measured(1.0, 4.0, 10.0), SYSTEMS[1]: measured(2.0, 8.0, 20.0, stored=999)}
    table = markdown(whole, few, found, [Step("删除", 0.5, is_done=False)]).splitlines()
    ours, theirs = (next(line for line in table if f"| {name} |" in line).split(" | ") for name in found)
    assert ours[1:4] == ["7.0（4.0–10.0）", "175（100–250）", "0.35（0.20–0.50）"]
    # Half of the CPU seconds a second a core: (2·4 − 2·1) and (2·10 − 2·1) seconds over 600 further documents.
    assert ours[5] == "20.00（10.00–30.00）"
    assert (ours[8], theirs[8]) == ("1000", "999")
    assert [cell.strip(" |") for cell in theirs[-2:]] == ["2.00", "2.00"]
    assert "| 删除 | 0.50 | 否 |" in table
    assert lost(whole, found) == [SYSTEMS[1]]


def test_our_build_and_every_step_after_it(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = tmp_path / "index"
    cost = build_once(OURS, corpus, index, Path("no-python"))
    assert cost.peak_mb > 20
    before = Library.open(Settings(folder=index)).documents()
    assert len(before) == len(PLACES)
    commands: list[str] = []

    def run(words: Sequence[str]) -> float:
        commands.append(words[0])
        return 0.0

    steps = list(measured_steps(index, tmp_path, run))
    assert [step.what for step in steps if not step.is_done] == []
    assert commands == ["add", "search", "remove"]
    with Library.open(Settings(folder=index)) as library:
        # The old document that a step removes is the only one that is missing.
        assert len({each.id for each in before} - {each.id for each in library.documents()}) == 1
        assert len(library.documents()) == len(before) - 1
    assert main([str(index), QUESTION]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {"open", "keywords", "vectors"}
    assert main([str(tmp_path / "nowhere"), QUESTION]) == 1


def test_a_leg_finds_the_added_file_by_its_question(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(folder=tmp_path / "index")
    build(settings, [folder])
    with Library.open(settings) as library:
        asked = {each.id: each.file for each in library.documents()}
        found = legs(library, QUESTION)
        assert "灯塔湾机床厂.md" in {asked[document_id] for document_id in found.keywords & found.vectors}
        assert not found.both("nobody")


PEERS_PYTHON = Path(__file__).resolve().parent.parent.parent / ".venv-peers" / "bin" / "python"


@pytest.mark.skipif(
    not PEERS_PYTHON.exists(), reason=".venv-peers is absent: run `changai eval peers --quick` to make it"
)
def test_the_stock_pipeline_stores_the_corpus_with_our_vectors(corpus: Path, tmp_path: Path) -> None:
    cost = build_once(SYSTEMS[2], corpus, tmp_path / "store", PEERS_PYTHON)
    told = json.loads(cost.output.splitlines()[-1])
    assert (told["documents"], told["passages"], told["dimension"]) == (len(PLACES), len(PLACES), 256)
    assert {path.name for path in (tmp_path / "store").iterdir()} == {"index.faiss", "index.pkl"}
