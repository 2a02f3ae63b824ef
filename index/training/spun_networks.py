"""Fits a network of one hidden layer that tells two kinds apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.quality.spinning.tables import Network

SEED = 20170619
_BATCH = 4096


def fit_network(
    inputs: NDArray[np.float32], answers: NDArray[np.bool_], hidden: int, steps: int, decay: float = 0.0
) -> tuple[Network, float]:
    """The network fitted to rows (n, features) and answers (n,), and its loss on every eighth row, which it never saw."""
    import torch

    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    held = np.arange(len(inputs)) % 8 == 0
    rows, wanted = torch.from_numpy(inputs[~held]), torch.from_numpy(answers[~held].astype(np.float32))
    layers = torch.nn.Sequential(torch.nn.Linear(inputs.shape[1], hidden), torch.nn.Tanh(), torch.nn.Linear(hidden, 1))
    optimizer = torch.optim.AdamW(layers.parameters(), weight_decay=decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.02, total_steps=steps)
    measure = torch.nn.functional.binary_cross_entropy_with_logits
    for _ in range(steps):
        drawn = torch.randint(len(rows), (min(_BATCH, len(rows)),))
        loss = measure(layers(rows[drawn])[:, 0], wanted[drawn])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    with torch.no_grad():
        unseen = layers(torch.from_numpy(inputs[held]))[:, 0]
        final = measure(unseen, torch.from_numpy(answers[held].astype(np.float32))).item()
    return Network(*(part.detach().numpy() for part in layers.parameters())), final
