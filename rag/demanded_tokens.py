"""What a passage must hold so that it can say enough of a question: told in tokens, so that the keyword leg passes over the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import ceil, comb

from index.lexical import Clause
from rag.terms import ALTERNATIVE_CREDIT, PARTIAL_CREDIT, Asked, pairs_of
from rag.types import Term

# A clause of more alternatives costs more than the passages that it spares.
MOST_OPTIONS = 36
# Only terms so much heavier than what may be left out are worth a clause of their own.
_ALMOST = 1e-9


def demanded_tokens(asked: Asked, least: float) -> tuple[Clause, ...]:
    """Clauses that every text meets whose `term_coverage` reaches `least`; others may meet them too."""
    total = sum(weight for _, weight in asked.terms)
    if total <= 0:
        return ()
    shares = sorted(((weight / total, term) for term, weight in asked.terms), key=lambda each: -each[0])
    found = [_clause([term for _, term in some], least, sum(share for share, _ in some)) for some in _sets(shares)]
    return tuple(clause for clause in dict.fromkeys(found) if clause)


def _sets(shares: Sequence[tuple[float, Term]]) -> Iterator[Sequence[tuple[float, Term]]]:
    """Sets of terms that may weigh too much to be unsaid together: one, two, and all but the heaviest ones."""
    yield from ([each] for each in shares)
    yield from (list(each) for each in combinations(shares, 2))
    yield from (shares[at:] for at in range(len(shares) - 2))


def _clause(terms: Sequence[Term], least: float, share: float) -> Clause:
    """The tokens of which one alternative is there where terms of this share of the weight are said enough; () for no demand."""
    # Were none of them present so far, the text could not make up for it by all the others.
    presence = (least - (1 - share)) / share - _ALMOST
    if presence <= 0:
        return ()
    options = [option for term in terms for option in _options(term, presence)]
    return tuple(dict.fromkeys(options)) if all(options) and len(options) <= MOST_OPTIONS else ()


def _options(term: Term, presence: float) -> Iterator[frozenset[str]]:
    """Sets of tokens, one of which a text holds in which the term is present so far; an empty one where no token tells."""
    yield _tokens(pairs_of(term.text))
    if presence <= ALTERNATIVE_CREDIT:
        yield from (_tokens(pairs_of(other)) for other in term.alternatives)
    pairs = pairs_of(term.text)
    count = ceil(presence * len(pairs) / PARTIAL_CREDIT)
    if len(term.text) < 3 or count > len(pairs):
        return
    while count > 1 and comb(len(pairs), count) > MOST_OPTIONS // 2:
        count -= 1
    yield from (_tokens(some) for some in combinations(pairs, count))


def _tokens(pairs: Sequence[str]) -> frozenset[str]:
    """The pairs that the keyword leg has as tokens wherever they stand: those of two Han characters."""
    return frozenset(
        pair for pair in pairs if len(pair) == 2 and all("\u4e00" <= letter <= "\u9fff" for letter in pair)
    )
