"""The model as small arrays of bytes, for the file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.quality.spinning.tables import Counts, Model, Network

Arrays = Mapping[str, NDArray[Any]]
_COUNT_STEP, _PRIOR_STEP, _VECTOR_STEP = 16.0, 16.0, 20.0


def packed(model: Model) -> dict[str, NDArray[Any]]:
    """The arrays of a model; counts are kept as logarithms and vectors in steps, a byte each."""
    counts = model.counts
    gaps = np.diff(counts.pair_keys.astype(np.int64), prepend=0)
    small = np.minimum(gaps, 0xFFFF).astype(np.uint16)
    arrays: dict[str, NDArray[Any]] = {
        "strings": np.frombuffer("\n".join(counts.strings).encode("utf-8"), dtype=np.uint8),
        "words": np.round(np.log(counts.words) * _COUNT_STEP).astype(np.uint8),
        "kinds": counts.kinds.astype(np.uint8),
        "pair_gaps": small,
        "wide_gaps": gaps[small == 0xFFFF].astype(np.uint32),
        "pairs": np.clip(np.round(np.log(counts.pairs) * _COUNT_STEP), 0, 255).astype(np.uint8),
        "before": _stepped(counts.before),
        "after": _stepped(counts.after),
        "priors": np.clip(np.round(model.priors * _PRIOR_STEP), -127, 127).astype(np.int8),
        "prior_of_kind": model.prior_of_kind,
        "means": model.means,
        "scales": model.scales,
        "signs": model.signs,
    }
    for name, network in (("of_word", model.of_word), ("of_text", model.of_text)):
        arrays |= {f"{name}_{part}": getattr(network, part) for part in Network.__slots__}
    return arrays


def unpacked(arrays: Arrays) -> Model:
    """The model whose arrays these are."""
    gaps = arrays["pair_gaps"].astype(np.int64)
    gaps[gaps == 0xFFFF] = arrays["wide_gaps"]
    counts = Counts(
        strings=arrays["strings"].tobytes().decode("utf-8").split("\n"),
        words=np.exp(_unstepped(arrays["words"], _COUNT_STEP)),
        kinds=arrays["kinds"],
        pair_keys=np.cumsum(gaps).astype(np.uint32),
        pairs=np.exp(_unstepped(arrays["pairs"], _COUNT_STEP)),
        before=_unstepped(arrays["before"], _VECTOR_STEP),
        after=_unstepped(arrays["after"], _VECTOR_STEP),
    )
    networks = [Network(*(arrays[f"{name}_{part}"] for part in Network.__slots__)) for name in ("of_word", "of_text")]
    return Model(
        counts=counts,
        priors=_unstepped(arrays["priors"], _PRIOR_STEP),
        prior_of_kind=arrays["prior_of_kind"],
        of_word=networks[0],
        of_text=networks[1],
        means=arrays["means"],
        scales=arrays["scales"],
        signs=arrays["signs"],
    )


def _stepped(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    return np.clip(np.round(vectors * _VECTOR_STEP), -127, 127).astype(np.int8)


def _unstepped(values: NDArray[Any], step: float) -> NDArray[np.float32]:
    return values.astype(np.float32) / np.float32(step)
