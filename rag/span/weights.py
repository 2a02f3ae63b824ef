"""The file of the span reader: its words, its tables and its network, all as small whole numbers with factors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from rag.span.network import Network
from rag.span.tokens import Cutter

DATA = Path(__file__).resolve().parent.parent / "data" / "span.safetensors"
_NET, _FACTOR = "net.", ".factor"


@dataclass(frozen=True, slots=True)
class Weights:
    """What the reader needs.

    `table` (words, D) holds vectors that were not trained along, `common` the number of each word among the trained ones
    (0 for the rest); `own`, `own_kinds` and `own_common` are the trained vectors of characters, kinds and common words.
    """

    cutter: Cutter
    network: Network
    rarity: NDArray[np.float32]
    table: NDArray[np.int8]
    table_factors: NDArray[np.float32]
    common: NDArray[np.int32]
    own: NDArray[np.float32]
    own_kinds: NDArray[np.float32]
    own_common: NDArray[np.float32]


def read_weights(path: Path = DATA) -> Weights:
    """Raises ModelError when the file is missing, damaged or of another make."""
    from safetensors.numpy import load

    try:
        held = load(path.read_bytes())
        words = held["words"].tobytes().decode("utf-8").split("\n")
        cutter = Cutter(words, held["characters"].tobytes().decode("utf-8"))
        net = unpacked(held)
        common = np.zeros(cutter.size, dtype=np.int32)
        common[held["common"]] = np.arange(1, len(held["common"]) + 1)
        read = Weights(
            cutter,
            Network(net),
            held["rarity"].astype(np.float32) / np.float32(255),
            held["table"],
            held["table_factors"],
            common,
            net["characters.weight"],
            net["kinds.weight"],
            net["common.weight"],
        )
        _check_sizes(read)
    # The reader of the tables raises an error of its own, which has no name outside it.
    except Exception as error:
        raise ModelError(
            f"答案定位模型 {path.name} 无法读取（{type(error).__name__}）；请确认文件完整，或重新安装本程序。"
        ) from error
    return read


def packed(
    words: tuple[str, ...],
    characters: str,
    rarity: NDArray[np.float32],
    table: tuple[NDArray[np.int8], NDArray[np.float32]],
    common: NDArray[np.int32],
    net: dict[str, NDArray[np.float32]],
) -> dict[str, NDArray[Any]]:
    """The arrays of the file; matrices of the network become signed bytes with one factor a row."""
    held: dict[str, NDArray[Any]] = {
        "words": np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
        "characters": np.frombuffer(characters.encode("utf-8"), dtype=np.uint8),
        "rarity": np.round(rarity * 255).astype(np.uint8),
        "table": table[0],
        "table_factors": table[1],
        "common": common,
    }
    for name, values in net.items():
        if values.ndim < 2:
            held[_NET + name] = values.astype(np.float32)
            continue
        factors = np.maximum(np.abs(values).max(1), 1e-12).astype(np.float32) / 127
        held[_NET + name] = np.round(values / factors[:, None]).astype(np.int8)
        held[_NET + name + _FACTOR] = factors
    return held


def unpacked(held: dict[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    """The network's arrays of a file as they are computed with."""
    return {name[len(_NET) :]: _plain(held, name) for name in held if name.startswith(_NET) and _FACTOR not in name}


def _plain(held: dict[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    values = held[name].astype(np.float32)
    factors = held.get(name + _FACTOR)
    return values if factors is None else np.asarray(values * factors[:, None], dtype=np.float32)


def _check_sizes(read: Weights) -> None:
    if not len(read.table) == len(read.rarity) == read.cutter.size:
        raise ValueError("the tables do not fit the list of words")
