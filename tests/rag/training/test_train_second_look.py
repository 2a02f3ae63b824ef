"""What the second look learns from, and that its curve finds the reading that tells."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.training.choice_asked import Proof, Sought, unseen
from rag.training.train_second_look import Look, fitted, looks, told

ONE = "工会夜校设在开发区。夜校招收学员865人。"
OTHER = "职工运动会共有学员865人参加。运动会设篮球项目。"
QUESTION = "夜校招收了多少名学员？"
AT = ONE.index("865")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [made_document(ONE, name="一"), made_document(OTHER, name="二")]
    with made_library(tmp_path_factory.mktemp("look") / "index", documents) as opened:
        yield opened


def made_looks(count: int) -> list[Look]:
    """Three sentences each, of which the first reading tells the right one; the chooser's order, by which it comes first, does not."""
    found = []
    for number in range(count):
        right = np.arange(3) == number % 3
        table = np.stack([right * 2.0, np.full(3, number % 7)], axis=1)
        found.append(Look(f"d{number}", ("told", "noise"), table, right, np.zeros(3, dtype=np.bool_)))
    return found


def test_sentences_are_marked_with_the_document_and_without_it(library: Library) -> None:
    given, found, without = looks(library, [Sought(QUESTION, "一.md", (Proof("一.md", AT, AT + 3),))])
    assert sorted(given.right.tolist()) == [False, True]
    assert found.right.sum() == 1
    # The sentence of the other document says the same figure: it may answer too, so that it teaches nothing.
    assert found.doubtful.sum() == 1
    assert not without.right.any()
    assert given.readings.shape == (2, len(given.names))


def test_a_question_of_an_unknown_document_is_passed_over(library: Library) -> None:
    assert list(looks(library, [Sought(QUESTION, "三.md", ())])) == []


def test_the_curve_trusts_the_reading_that_tells() -> None:
    curve = fitted(made_looks(120))
    weights = dict(zip(curve.names, curve.weights, strict=True))
    assert weights["told"] > 0.5
    assert abs(weights["noise"]) < 0.05
    pointed_at, passed_by = curve.chances({"told": np.array([2.0, 0.0]), "noise": np.zeros(2)})
    assert pointed_at > 0.7
    assert passed_by < 0.2


def test_doubtful_sentences_teach_nothing() -> None:
    plain = made_looks(60)
    spoiled = [
        Look(
            one.document,
            one.names,
            np.concatenate([one.readings, [[2.0, 3.0]]]),
            np.append(one.right, False),
            np.append(one.doubtful, True),
        )
        for one in plain
    ]
    assert fitted(spoiled) == fitted(plain)


def test_the_share_of_first_sentences_is_told_before_and_after() -> None:
    assert told(made_looks(120)) == "120 with an answer, first right 0.333 by the chooser, 1.000 looked at again"


def test_only_the_trial_part_and_our_own_sets_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "cmrc2018"
    folder.mkdir(parents=True)
    rows = [
        {
            "id": split,
            "question": f"{split}?",
            "passage_id": "p",
            "split": split,
            "answers": ["a"],
            "answer_starts": [0],
        }
        for split in ("train", "dev", "trial")
    ]
    (folder / "qa.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    own_files = (
        "sample_dev",
        "seeds_dev",
        "fresh_briefs_dev",
        "fresh_news_dev",
        "asked_train",
        "asked_crud_train",
        "asked_briefs_train",
    )
    for name in own_files:
        # The reader learns of the document f; d is among those held out of it.
        proofs = [{"document": document, "quote": "x"} for document in "df"]
        own = [
            {"id": "a", "question": f"{proof['document']}?", "answers": [["x"]], "evidence": [proof]}
            for proof in proofs
        ]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, own)), encoding="utf-8")
    found = {name: [one.question for one in every] for name, _, every in unseen(tmp_path, tmp_path)}
    unlearned = {key: ["d?", "f?"] for key in ("sample", "seeds", "fresh_briefs", "fresh_news")}
    learned = {key: ["d?"] for key in ("asked", "asked_more", "asked_briefs")}
    assert found == {"cmrc": ["trial?"]} | unlearned | learned
