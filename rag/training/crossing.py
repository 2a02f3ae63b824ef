"""The table of crossed words, fitted: a logistic regression over every pair of an asking and a telling token."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from rag.choosing.crossing import Crossing, asking_tokens, key_of, telling_tokens
from rag.training.choice_gathering import Choice

ASKING, TELLING = 400, 2000
_STRENGTH = 1e-5
_ROUNDS = 5
# Weights below this share of the greatest are left out, so that the file stays small.
_LARGEST = 127


def fitted(choices: Sequence[Choice]) -> Crossing:
    """The table of choices that have an answer."""
    from sklearn.linear_model import SGDClassifier

    answered = [one for one in choices if one.right.any()]
    empty = _tokens_of(answered)
    model = SGDClassifier(
        loss="log_loss", alpha=_STRENGTH, max_iter=_ROUNDS, tol=None, random_state=20211022, average=True
    )
    model.fit(_pairs(empty, answered), np.concatenate([one.right for one in answered]))
    weights = model.coef_[0].reshape(len(empty.asking) + 1, len(empty.telling))
    # A few weights far out would take the fine steps from all others.
    greatest = float(np.quantile(np.abs(weights), 0.9995)) or 1.0
    scale = greatest / _LARGEST
    small = np.clip(np.round(weights / scale), -_LARGEST, _LARGEST).astype(np.int8)
    return Crossing(empty.asking, empty.telling, small, scale)


def _tokens_of(choices: Sequence[Choice]) -> Crossing:
    """A table without weights of the most frequent tokens."""
    asking: Counter[str] = Counter()
    telling: Counter[str] = Counter()
    for one in choices:
        asking.update(asking_tokens(one.question))
        own = telling_tokens(one.question)
        for text in one.texts:
            telling.update(telling_tokens(text) - own)
    often = tuple(sorted((token for token, _ in telling.most_common(TELLING)), key=key_of))
    asked = tuple(token for token, _ in asking.most_common(ASKING))
    return Crossing(asked, often, np.zeros((len(asked) + 1, len(often)), dtype=np.int8), 1.0)


def _pairs(table: Crossing, choices: Sequence[Choice]) -> object:
    """One row a text with a one for each pair that it makes, (texts, (A + 1) · T)."""
    # SciPy comes with scikit-learn and without types.
    csr_matrix = import_module("scipy.sparse").csr_matrix
    found: list[NDArray[np.int64]] = []
    ends = [0]
    width = len(table.telling)
    for one in choices:
        rows = np.array(table.rows(one.question), dtype=np.int64) * width
        text, token = table.told(one.question, one.texts)
        for number in range(len(one.texts)):
            found.append((rows[:, None] + token[text == number][None]).ravel())
            ends.append(ends[-1] + len(found[-1]))
    columns = np.concatenate(found)
    shape = (len(ends) - 1, (len(table.asking) + 1) * width)
    return csr_matrix((np.ones(len(columns), dtype=np.float32), columns, np.array(ends)), shape=shape)
