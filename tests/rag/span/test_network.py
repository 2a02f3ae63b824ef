"""The network that numpy reads is the one that torch trains."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from rag.span.features import FEATURES
from rag.span.reader import Reader
from rag.span.tokens import CLASSES, Cutter
from rag.span.weights import packed, read_weights
from tests.rag.span.small import WORDS

QUESTION, PASSAGE = "工会何时成立", "《甲》工会成立于2021年。乙工会35年。"


def test_numpy_and_torch_find_the_same_chances(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from rag.training.span import network
    from rag.training.span.batches import Batches
    from rag.training.span.examples import Examples

    sizes = {"width": 16, "own": 4, "characters": 4, "kinds": CLASSES, "common": 2, "features": FEATURES}
    sizes |= {"longest": 60, "drop": 20}
    chance = np.random.default_rng(3)
    cutter = Cutter(WORDS, "工会年")
    table = chance.integers(-127, 128, size=(cutter.size, 6)).astype(np.int8), np.full(6, 0.02, dtype=np.float32)
    torch.manual_seed(5)
    trained = network.Reader(torch.from_numpy(table[0] * table[1]), sizes).eval()
    plain = {name: values.detach().numpy() for name, values in trained.named_parameters()}
    rarity, common = np.full(cutter.size, 0.4, dtype=np.float32), np.array([2, 4], dtype=np.int32)
    path = tmp_path / "span.safetensors"
    save_file(packed(WORDS, "工会年", rarity, table, common, plain), path)
    weights = read_weights(path)
    # The weights of the file, which are rounded, go back to torch, so that all but the order of sums is the same.
    rounded = {name: torch.from_numpy(weights.network.weights[name]) for name in plain}
    trained.load_state_dict(rounded, strict=False)
    example = Examples(tmp_path, cutter, weights.rarity).example(0, QUESTION, cutter.cut(PASSAGE), (5, 6), False)
    batch, _ = Batches([example], weights.common, 1, 0).batch([example])
    with torch.no_grad():
        _, _, spans, none = trained(batch)
    whole = torch.cat([spans.flatten(1), none[:, None]], 1).softmax(1)[0].numpy()
    found = Reader(weights).spans(QUESTION, [PASSAGE], most=1)[0]
    assert found.none == pytest.approx(whole[-1], rel=1e-3)
    assert found.spans[0].score == pytest.approx(whole[:-1].max(), rel=1e-3)
