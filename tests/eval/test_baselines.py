"""The golden baselines: the system as it stands passes its own gate; `changai eval gate --regenerate` makes them anew."""

from pathlib import Path

import pytest

from eval.dataset import load_dataset
from eval.gate import BASELINES, DEFAULT, gate
from eval.runner import Order, run
from eval.scores import read_scores, scored_questions
from eval.systems import Choice
from index.build import build
from index.settings import Settings

DATA = Path(__file__).resolve().parents[2] / "eval" / "data"


def judged(index: Path, name: str, out: Path) -> list[str]:
    """What fell, in a run of the questions of a baseline; the baseline must hold every question of the set."""
    baseline = read_scores(BASELINES / f"{name}.jsonl")
    dataset = DATA / f"{name}.jsonl"
    assert set(baseline) == {question.id for question in load_dataset(dataset)}
    done, _ = run(Order(Choice("changai", Settings(folder=index)), (dataset,), out))
    now = scored_questions(done.summary.run)
    assert not [each.reply.error for each in done.summary.run.results if each.reply.error]
    return [f"{each.measure.name} {each.difference}" for each in gate(baseline, now) if each.fell]


def test_the_default_baseline_is_that_of_the_shipped_dev_half() -> None:
    assert DEFAULT.stem == "sample_dev" and (DATA / "sample_dev.jsonl").is_file()


def test_the_sample_briefs_pass_their_gate(sample_index: Path, tmp_path: Path) -> None:
    assert judged(sample_index, "sample_dev", tmp_path / "out") == []


@pytest.mark.timeout(600)
def test_the_real_pages_pass_their_gate(shared: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    build(Settings(folder=index), [shared / "corpus" / "seeds", shared / "corpus" / "domain_news.jsonl"])
    assert judged(index, "seeds_dev", tmp_path / "out") == []
