"""Training on invented readings: cross-validation never sees the question that it scores, and the curve is a chance."""

from dataclasses import replace

import numpy as np
import pytest

from rag.ranking.forest import from_trees
from rag.ranking.ranker import SCORE, Ranker
from rag.training.gathering import Read
from rag.training.train_ranker import CURVE, FOLDS, Sets, crossed, curve, fitted, matrix

pytest.importorskip("lightgbm", reason="lightgbm is absent: no ranker is trained (models)")
pytest.importorskip("sklearn", reason="scikit-learn is absent: no curve is fitted (models)")
NAMES = tuple(name for name in CURVE if name != SCORE)
CANDIDATES = 40


def made_sets() -> Sets:
    """Sixteen questions a set; the passage that covers most of a question is right, all else is noise."""
    random = np.random.default_rng(20211022)
    sets: Sets = {}
    for name in ("one", "two"):
        reads = []
        for _ in range(16):
            readings = {reading: random.random(CANDIDATES) for reading in NAMES}
            right = np.arange(CANDIDATES) == int(readings["covered"].argmax())
            reads.append(Read(readings, right, tuple(map(str, range(CANDIDATES))), 1))
        sets[name] = reads
    return sets


@pytest.fixture(scope="module")
def sets() -> Sets:
    return made_sets()


@pytest.fixture(scope="module")
def scores(sets: Sets) -> dict[str, list[np.ndarray]]:
    return crossed(sets, NAMES)


def test_a_matrix_has_the_named_columns_in_their_order(sets: Sets) -> None:
    one = sets["one"][0]
    found = matrix(one, ("likeness", "covered"))
    assert found.shape == (CANDIDATES, 2)
    assert np.array_equal(found[:, 1], one.readings["covered"])


def test_the_forest_of_a_booster_scores_as_the_booster(sets: Sets) -> None:
    booster = fitted(sets, NAMES)
    forest = from_trees(NAMES, [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]])
    rows = np.concatenate([matrix(one, NAMES) for one in sets["two"]])
    assert forest.scores(rows) == pytest.approx(booster.predict(rows), rel=1e-9, abs=1e-9)


def test_what_is_learned_holds_for_questions_that_were_not_seen(
    sets: Sets, scores: dict[str, list[np.ndarray]]
) -> None:
    hits = [
        one.right[np.argsort(-score)[:5]].any()
        for name in sets
        for one, score in zip(sets[name], scores[name], strict=True)
    ]
    assert np.mean(hits) > 0.8


def test_the_truth_of_a_question_does_not_move_its_own_score(sets: Sets, scores: dict[str, list[np.ndarray]]) -> None:
    turned = {
        name: [replace(one, right=one.right[::-1]) if at % FOLDS == 0 else one for at, one in enumerate(reads)]
        for name, reads in sets.items()
    }
    again = crossed(turned, NAMES)
    for name, reads in sets.items():
        for at in range(len(reads)):
            is_same = np.array_equal(again[name][at], scores[name][at])
            assert is_same == (at % FOLDS == 0), (name, at)


def test_the_curve_gives_chances_that_are_higher_for_what_is_right(
    sets: Sets, scores: dict[str, list[np.ndarray]]
) -> None:
    bias, weights = curve(sets, scores)
    assert tuple(weights) == CURVE
    forest = from_trees(NAMES, [{"leaf_value": 0.0}])
    chances = {True: [], False: []}
    for name, reads in sets.items():
        for one, score in zip(reads, scores[name], strict=True):
            best = np.argsort(-score, kind="stable")[:10]
            known = {**one.readings, SCORE: score}
            logit = bias + sum(weight * known[reading][best] for reading, weight in weights.items())
            for is_right, chance in zip(one.right[best].tolist(), (1 / (1 + np.exp(-logit))).tolist(), strict=True):
                chances[is_right].append(chance)
    assert np.mean(chances[True]) > np.mean(chances[False]) + 0.1
    # A fitted curve says as much in all as there is.
    assert np.mean(chances[True] + chances[False]) == pytest.approx(
        len(chances[True]) / len(chances[True] + chances[False]), abs=0.02
    )
    made = Ranker(forest, bias, {name: weight for name, weight in weights.items() if name != SCORE})
    assert ((made.chances(sets["one"][0].readings) > 0) & (made.chances(sets["one"][0].readings) < 1)).all()
