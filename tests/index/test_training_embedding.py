"""The whole training on a folder of a few hundred lines, its word lists by hand, and what the measure says of a ranking."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.embedding import load_embedder
from index.training import measure, questions, train_embedding
from index.training.learning import Course
from index.training.measure import found, measures, task
from index.training.texts import plain, records, texts, titled
from index.training.vocabulary import Counts, pair_bags, word_bags
from index.two_bags import TwoBags
from tests.index.made_data import MANY, made_data, own_questions

LINES = ["焊工考证", "焊工和钳工考证", "ABC焊工12", "焊工、考证!", "abc 12", "abc", "个体工商户的证", "钳工考"]


def test_word_lists_by_hand() -> None:
    counts = Counts(LINES)
    # 工 comes seven times, the other three four times, every other one more rarely.
    assert counts.singles() == sorted("工焊考证")
    words = word_bags(counts, 99).words
    assert words[:4] == tuple(sorted("工焊考证"))
    assert "焊工" in words
    assert "abc" in words
    assert "12" in words
    # Longer ones are left to their parts, and single characters are not counted as words.
    assert not [word for word in words[4:] if len(word) > 4 or len(word) < 2]
    assert len(set(words)) == len(words)
    assert word_bags(counts, 5).words == words[:5]


def test_pair_lists_by_hand() -> None:
    pairs = pair_bags(Counts(LINES), 3)
    assert [chr(code) for code in pairs.singles] == sorted("工焊考证")
    # 焊工 four times, 考证 three times, and of those that come thrice too, whichever was first.
    found_pairs = {chr(key >> 16) + chr(key & 0xFFFF) for key in pairs.pairs.tolist()}
    assert {"焊工", "考证"} <= found_pairs
    assert found_pairs <= {"焊工", "考证", "工考", "ab", "bc"}
    assert pairs.pairs.tolist() == sorted(pairs.pairs.tolist())
    # No pair reaches over a sign or from one line into the next.
    every = pair_bags(Counts(LINES), 999)
    names = {chr(key >> 16) + chr(key & 0xFFFF) for key in every.pairs.tolist()}
    assert not names & {"工、", "、考", "c1", "证焊", " 1"}
    assert "工1" in names


def test_records_and_texts_of_both_kinds_of_file(tmp_path: Path) -> None:
    shared = made_data(tmp_path)
    every = list(records(shared / "data" / "crud" / "passages.jsonl.gz"))
    assert [record["id"] for record in every[:2]] == ["crud_0", "crud_1"]
    assert titled(every[0]) == every[0]["text"]
    assert titled(every[1]) == f"{every[1]['title']}\n{every[1]['text']}"
    assert titled({"law": "工会法", "text": "文"}) == "工会法\n文"
    assert list(texts(shared / "data" / "crud" / "passages.jsonl.gz", 3)) == [titled(one) for one in every[::3]]
    assert plain("技術　工人ＡＢ") == plain("技术 工人AB")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course that takes a second, over the made folder."""
    pytest.importorskip("torch", reason="training needs the extra `models`")
    monkeypatch.setattr(questions, "FOLDER", own_questions(tmp_path / "自问"))
    lengths = {
        "WORDS": 200,
        "PAIRS": 150,
        "DIMENSION": 16,
        "ALONE": (Course(30, 0.05, (0,), 1), Course(30, 0.05, (1,), 2)),
        "TOGETHER": Course(20, 0.02, (0, 1), 3),
    }
    for name, value in lengths.items():
        monkeypatch.setattr(train_embedding, name, value)
    monkeypatch.setattr("index.training.learning.BATCH", 64)
    return made_data(tmp_path / "资料")


def trained(shared: Path, out: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> TwoBags:
    monkeypatch.setattr(sys, "argv", ["train_embedding", str(shared), str(out), *options])
    train_embedding.main()
    model = load_embedder(str(out))
    assert isinstance(model, TwoBags)
    return model


def test_the_whole_training_makes_a_model_that_finds(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = trained(small, tmp_path / "一", monkeypatch)
    assert "law questions: 192\n" in capsys.readouterr().out
    assert model.dimension == 16
    # A test question of the made set, about one trade of one county, among sixty-four.
    asked, corpus = task(small / "data", "stard")
    texts_of = model.embed([plain(text) for text in corpus.values()])
    scores = model.embed([plain(question) for question, _ in asked]) @ texts_of.T
    rights = [list(corpus).index(ids[0]) for _, ids in asked]
    ranks = [(row > row[right]).sum() for row, right in zip(scores, rights, strict=True)]
    assert np.mean(ranks) < MANY / 8


def test_training_is_repeatable_and_holding_out_changes_it(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = trained(small, tmp_path / "甲" / "模型", monkeypatch)
    again = trained(small, tmp_path / "乙" / "模型", monkeypatch)
    held = trained(small, tmp_path / "丙" / "模型", monkeypatch, "--held-out")
    assert first.name == again.name != held.name


class Compass:
    """A text is a direction: as many degrees as the number in it."""

    name = "compass"
    dimension = 2

    def embed(self, given: Sequence[str]) -> NDArray[np.float32]:
        angles = np.radians([float("".join(filter(str.isdigit, text)) or 0) for text in given])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_the_nearest_texts_come_first() -> None:
    corpus = [f"{degrees}" for degrees in range(150)]
    ranked = found(Compass(), ["40", "0"], corpus)
    assert ranked.shape == (2, 100)
    assert ranked[1].tolist() == list(range(100))
    assert ranked[0][0] == 40
    # Forty to either side, and the rest from above.
    assert sorted(ranked[0][:81].tolist()) == list(range(81))
    assert ranked[0][81:].tolist() == list(range(81, 100))


def test_measures_worked_out_by_hand() -> None:
    corpus = {f"文{degrees}": f"{degrees}" for degrees in range(150)}
    questions_of = [
        # The right texts at ranks 1 and 51; 5 alone at rank 6; 120 not among the first hundred.
        ("0", ["文0", "文50"]),
        ("0", ["文5"]),
        ("0", ["文120"]),
        ("0", ["文12", "文120"]),
    ]
    assert measures(Compass(), questions_of, corpus) == {
        "hit@1": 0.25,
        "hit@10": 0.5,
        "hit@100": 0.75,
        "recall@10": (0.5 + 1) / 4,
        "recall@100": (1 + 1 + 0.5) / 4,
    }


def test_only_questions_that_are_measured_are_in_a_task(tmp_path: Path) -> None:
    data = made_data(tmp_path) / "data"
    asked, corpus = task(data, "stard")
    assert (len(asked), len(corpus)) == (8, MANY)
    assert asked[0][1] == ["stard_7"]
    assert corpus["stard_0"].startswith("中华人民共和国技工法(修正)第一条\n")
    assert [ids for _, ids in task(data, "crud")[0]] == [["crud_0"]]


def test_measuring_prints_a_line_a_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = made_data(tmp_path)
    monkeypatch.setattr(measure, "_DEPTH", 20)
    monkeypatch.setattr(sys, "argv", ["measure", str(shared)])
    measure.main()
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("stard hit@1 ")
    assert lines[-1].startswith("crud recall@100 ")
    assert all(line.endswith((f"(8 questions, {MANY} texts)", f"(1 questions, {MANY} texts)")) for line in lines)


@pytest.mark.parametrize("command", ["train_embedding", "measure"])
def test_reading_the_commands_loads_no_torch(command: str) -> None:
    code = f"import sys, index.training.{command}; assert not {{'torch', 'sentence_transformers'}} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(measure.__file__).parents[2])
