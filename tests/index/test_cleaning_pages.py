"""Whole pages: what is text stays, what the site put around it goes."""

import pytest

from index.cleaning import find_noise
from tests.index.shell_pages import PAGES


def shares(source: str) -> dict[str, tuple[int, int]]:
    """Letters and figures of text and noise lines: how many votes cover, and how many there are."""
    lines = [(line[0], line[2:]) for line in source.split("\n")]
    text = "\n".join(line for _, line in lines)
    covered = {at for vote in find_noise(text) for at in range(vote.start, vote.end)}
    counts = {"T": (0, 0), "N": (0, 0), "E": (0, 0)}
    at = 0
    for kind, line in lines:
        places = [at + offset for offset, sign in enumerate(line) if sign.isalnum()]
        taken, total = counts[kind]
        counts[kind] = taken + len(covered.intersection(places)), total + len(places)
        at += len(line) + 1
    return counts


@pytest.mark.parametrize("source", PAGES, ids=[source.split("\n")[0][2:] for source in PAGES])
def test_no_text_is_lost(source: str) -> None:
    assert shares(source)["T"][0] == 0


def test_nearly_all_noise_goes() -> None:
    counts = [shares(source)["N"] for source in PAGES]
    assert sum(taken for taken, _ in counts) >= 0.95 * sum(total for _, total in counts)
