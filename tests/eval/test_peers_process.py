"""The protocol, with small systems that behave: found, failed, silent, chatty."""

import json
import sys
from pathlib import Path

import pytest

from eval.peers.command import JSON_FILE, MARKDOWN_FILE, PeersOptions, run_peers
from eval.peers.environment import REQUIREMENTS, prepare_environment
from eval.peers.process import PeerFailedError, PeerProcess
from eval.peers.run import Material, measure_once, probe_defaults
from eval.peers.serving import first_documents
from eval.peers.system import SETTINGS
from index.errors import MissingPackageError

# A system that finds the texts with the most characters of the query, and chatters on stdout as libraries do.
FAKE = """
from eval.peers.serving import serve

class Overlap:
    def __init__(self, job):
        self.about = f"{job.track} {job.setting}"
        print("loading…")

    def ingest(self, texts):
        print("ingesting…")
        self.texts = texts
        return 2 * len(texts)

    def search(self, query):
        shared = lambda text: -len(set(text.text) & set(query))
        return [text.id for text in sorted(self.texts, key=shared) for _ in range(2)]

def probe():
    raise OSError("****\\nno network\\n")

if __name__ == "__main__":
    serve(Overlap, ("numpy", "no-such-package"), probe)
"""
TEXTS = {"a": "甲市产业学院", "b": "乙市技师工作室", "c": "丙市工会"}


@pytest.fixture
def fake(tmp_path: Path) -> list[str]:
    script = tmp_path / "fake_peer.py"
    script.write_text(FAKE, encoding="utf-8")
    return [sys.executable, str(script)]


@pytest.fixture
def material(tmp_path: Path) -> Material:
    documents, chunks = tmp_path / "documents.jsonl", tmp_path / "chunks.jsonl"
    lines = [json.dumps({"id": name, "title": "", "text": text}, ensure_ascii=False) for name, text in TEXTS.items()]
    documents.write_text("\n".join(lines) + "\n", encoding="utf-8")
    chunks.write_text("\n".join(lines[:2]) + "\n", encoding="utf-8")
    return Material(documents, chunks, 3)


def test_a_run_gives_documents_times_and_memory(fake: list[str], material: Material) -> None:
    found = measure_once(fake, material, "chinese", 2, ["乙市的技师", "丙市工会"])
    assert found.error == ""
    assert [hits[0] for hits in found.hits] == ["b", "c"]
    assert all(sorted(hits) == ["a", "b", "c"] for hits in found.hits)
    assert (found.about, found.passages) == ("chinese 2", 6)
    assert dict(found.versions)["no-such-package"] == "未安装"
    assert len(found.milliseconds) == 2
    assert 5 < found.peak_mb < 500


def test_the_second_track_is_handed_chunks(fake: list[str], material: Material) -> None:
    assert measure_once(fake, material, "injected", 0, ["甲"]).passages == 4


def test_the_memory_is_the_childs_own(fake: list[str], material: Material) -> None:
    ballast = bytearray(300 << 20)
    ballast[:: 1 << 12] = b"x" * len(ballast[:: 1 << 12])
    assert measure_once(fake, material, "stock", 0, ["甲"]).peak_mb < 250


def test_what_a_library_says_offline_is_kept(fake: list[str]) -> None:
    assert probe_defaults(fake) == "OSError: no network"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("raise SystemExit('没有这个包')", "没有这个包"),
        ("", "没有留下说明"),
        ("input(); print('no json', flush=True)", "不是 JSON"),
    ],
)
def test_a_system_that_breaks_is_a_row(code: str, told: str, material: Material) -> None:
    found = measure_once([sys.executable, "-c", code], material, "stock", 0, ["甲"])
    assert told in found.error
    assert found.hits == ()


def test_a_system_that_keeps_silent_is_stopped() -> None:
    with (
        PeerProcess([sys.executable, "-c", "import time; time.sleep(60)"], 0.2) as process,
        pytest.raises(PeerFailedError, match=r"0\.2 秒"),
    ):
        process.ask("prepare")


def test_an_error_of_one_request_leaves_the_next_possible(fake: list[str], material: Material) -> None:
    with PeerProcess(fake, 60) as process:
        with pytest.raises(PeerFailedError, match="no job was prepared"):
            process.ask("ingest")
        with pytest.raises(PeerFailedError, match="unknown request"):
            process.ask("dance")
        job = {"track": "stock", "documents": str(material.documents), "folder": "."}
        process.ask("prepare", job=job)
        assert process.ask("ingest")["passages"] == 6


def test_documents_are_told_once_by_their_best_passage() -> None:
    assert first_documents(["b", "a", "b", "c"]) == ["b", "a", "c"]
    assert first_documents([str(number) for number in range(30)]) == [str(number) for number in range(10)]


def test_our_own_system_by_the_same_protocol(tmp_path: Path) -> None:
    """The whole comparison with ourselves alone, over twenty tiny documents."""
    places = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    topics = ["产业学院", "技师工作室", "职工夜校", "技能竞赛"]
    data = tmp_path / "data"
    data.mkdir()
    with (data / "passages.jsonl").open("w", encoding="utf-8") as file:
        for at, place in enumerate(places):
            text = f"{place}市总工会介绍，全市建成{topics[at % 4]}{at + 10}家，职工很满意。"
            file.write(json.dumps({"id": f"d{at}", "title": f"{place}市", "text": text}, ensure_ascii=False) + "\n")
    with (data / "qa_dev.jsonl").open("w", encoding="utf-8") as file:
        for at, place in enumerate(places[:8]):
            asked = {"id": f"q{at}", "question": f"{place}市有多少家{topics[at % 4]}？", "passage_ids": [f"d{at}"]}
            file.write(json.dumps(asked, ensure_ascii=False) + "\n")
    said: list[str] = []
    options = PeersOptions(data, tmp_path / "out", repeats=2, questions=6, timed=3, sample=2, peers=())
    found = run_peers(options, said.append)
    ours = found.ours
    assert (ours.error, ours.mean("hit"), ours.repeats_agree()) == ("", 1.0, True)
    assert [len(run.hits) for run in ours.runs] == [6, 3]
    written = (tmp_path / "out" / MARKDOWN_FILE).read_text(encoding="utf-8")
    assert "| 本系统 | 1.000 |" in written
    saved = json.loads((tmp_path / "out" / JSON_FILE).read_text(encoding="utf-8"))
    names = [row["system"] for row in saved["tracks"]["injected"]]
    assert names == ["changai", "changai-vectors"]
    assert saved["tracks"]["stock"][0]["ratio_to_ours"]["query_p50_ms"]["median"] == 1.0


def test_an_environment_is_made_once_and_again_when_the_pins_change(tmp_path: Path) -> None:
    folder, commands = tmp_path / "venv", []

    def run(command: object) -> tuple[int, str]:
        commands.append(command)
        (folder / "bin").mkdir(parents=True, exist_ok=True)
        (folder / "bin" / "python").touch()
        return 0, ""

    python = prepare_environment(folder, lambda _: None, run)
    assert python == folder / "bin" / "python"
    assert len(commands) == 2
    prepare_environment(folder, lambda _: None, run)
    assert len(commands) == 2
    (folder / "requirements.txt").write_text("older==1\n", encoding="utf-8")
    prepare_environment(folder, lambda _: None, run)
    assert len(commands) == 4


def test_an_environment_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(MissingPackageError) as caught:
        prepare_environment(tmp_path / "venv", lambda _: None, lambda _: (1, "collecting\nERROR: no such version\n\n"))
    assert "ERROR: no such version" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_package_is_pinned_and_torch_is_held() -> None:
    lines = [line for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert all(line.count("==") == 1 and "+" not in line for line in lines)
    assert "torch==2.13.0" in lines


PEERS_PYTHON = Path(__file__).resolve().parent.parent.parent / ".venv-peers" / "bin" / "python"


@pytest.mark.skipif(
    not PEERS_PYTHON.exists(), reason=".venv-peers is absent: run `changai eval peers --quick` to make it"
)
@pytest.mark.parametrize("peer", ["langchain", "llamaindex", "haystack", "txtai"])
def test_a_peer_finds_the_document_that_shares_every_word(peer: str, material: Material) -> None:
    command = [str(PEERS_PYTHON), "-m", f"eval.peers.{peer}_peer"]
    tuned = measure_once(command, material, "chinese", len(SETTINGS) - 1, ["乙市技师工作室"])
    assert (tuned.error, tuned.hits[0][0]) == ("", "b")
    injected = measure_once(command, material, "injected", 0, ["乙市技师工作室"])
    assert (injected.error, injected.hits[0][0]) == ("", "b")
