"""A reader of the shipped make, yet tiny and of random weights: what it finds is nonsense, but well-formed."""

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from rag.span.features import FEATURES
from rag.span.tokens import CLASSES, Cutter
from rag.span.weights import Weights, packed, read_weights

WORDS = ("工会", "成立", "何时", "甲", "乙", "年")
WIDTH, OWN, TABLE, KIND, LONGEST = 8, 4, 6, 3, 5


def small_file(path: Path) -> Path:
    """Writes the weights."""
    chance = np.random.default_rng(7)
    cutter = Cutter(WORDS, "工会年")
    net = {"lengths": chance.normal(size=LONGEST).astype(np.float32)}
    tables = {"characters": (4, OWN), "kinds": (CLASSES, KIND), "common": (3, OWN)}
    for name, shape in tables.items():
        net[f"{name}.weight"] = chance.normal(size=shape).astype(np.float32)
    words, rest = TABLE + 2 * OWN, OWN + KIND
    sizes = {"align": (WIDTH, words), "entry": (WIDTH, 2 * words + rest + FEATURES), "summary": (1, WIDTH)}
    sizes |= {"entry_question": (WIDTH, words + rest), "meet": (WIDTH, WIDTH), "merge": (WIDTH, 4 * WIDTH)}
    sizes |= {f"{name}.into": (4 * WIDTH, WIDTH) for name in ("encode.0", "encode.1", "model", "last.0", "last.1")}
    sizes |= {"self_from": (4, WIDTH), "self_to": (4, WIDTH), "self_merge": (WIDTH, 3 * WIDTH)}
    sizes |= {f"to_{end}": (WIDTH, WIDTH) for end in ("start", "end")}
    sizes |= {f"out_{end}": (1, WIDTH) for end in ("start", "end")}
    sizes |= {f"pair_{end}": (4, WIDTH) for end in ("start", "end")} | {"none": (1, 2 * WIDTH + 1)}
    for name, shape in sizes.items():
        net[f"{name}.weight"] = chance.normal(size=shape).astype(np.float32) / np.float32(2)
        net[f"{name}.bias"] = chance.normal(size=shape[0]).astype(np.float32) / np.float32(4)
    table = chance.integers(-127, 128, size=(cutter.size, TABLE)).astype(np.int8), np.full(TABLE, 0.01, np.float32)
    rarity = np.full(cutter.size, 0.5, dtype=np.float32)
    save_file(packed(WORDS, "工会年", rarity, table, np.array([2, 4], dtype=np.int32), net), path)
    return path


def small_weights(path: Path) -> Weights:
    """The weights, written and read."""
    return read_weights(small_file(path))
