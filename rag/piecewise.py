"""The answer to a question of several parts: each part found out by itself, what one sentence tells of two told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag import comparing
from rag.draft import Draft
from rag.extract import Behind, Extract
from rag.one_sentence import document, grown, holds, over, same_sentence, union
from rag.piece import Found, Piece
from rag.telling import tell
from rag.types import Question
from rag.wanted import figures

# Where one part is answered, another of the same document is with this share of the threshold; all of them together are
# with that share where one sentence answers them all.
BESIDE_ANSWERED = 0.35
IN_ONE_SENTENCE = 0.75
MOST_SENTENCES = 4
# What a part asks about is told by its nouns.
NOUN = 0.8

# Reads a piece; extracts for which the second argument is true come last.
Reader = Callable[[Piece, Behind], Found]


def told(question: Question, asked: Sequence[Piece], read: Reader, threshold: float, whole: Draft) -> Draft | None:
    """The parts that are answered, in the order asked; None where none of them is sure, or the whole answer holds them all."""
    read_apart = _told_apart([read(piece, piece.unnamed) for piece in asked], read)
    found = _drawn_together([_of_whole(each, whole) for each in read_apart])
    sure = _sure(found, threshold, bool(whole.sentences))
    if sure is None:
        return None
    answered = [each for each in found if each.extract and each.confidence >= BESIDE_ANSWERED * threshold]
    kept = _together(answered)
    if whole.sentences and all(any(holds(other, each) for other in whole.extracts) for each in kept):
        return None
    draft = Draft(confidence=sure)
    for extract in kept[:MOST_SENTENCES]:
        text, evidence = tell(extract, question)
        draft.write(text, (evidence,))
    draft.lead = _compared(question, answered)
    open_ones = [each for each in found if not (each.extract and any(holds(one, each.extract) for one in kept))]
    if open_ones and whole.sentences and whole.confidence >= sure:
        return None
    draft.unanswered += [_left_open(question, each.piece) for each in open_ones]
    return draft if draft.sentences else None


def _left_open(question: Question, piece: Piece) -> str:
    """A part that is not answered; a side of a comparison by its name, since its question is not in the person's words."""
    made_up = piece.name and "多少" in piece.part.text and "多少" not in question.text
    return f"{piece.name}的数字" if made_up else piece.part.text


def counts_all(asked: Sequence[Piece], whole: Draft) -> bool:
    """Whether every piece asks for a figure and the whole answer has one in its unit for each: nothing need be read apart.

    Figures of named things are told apart, since which of two is whose stands in no unit.
    """
    if not whole.sentences or not all(piece.counts and piece.alone.units and not piece.name for piece in asked):
        return False
    told = " ".join(each.search for each in whole.extracts)
    wanted = Counter(piece.alone.units for piece in asked)
    # 几个 and 多少名 may mean the same figure: one of it is no answer to both.
    every = tuple(dict.fromkeys(unit for units in wanted for unit in units))
    enough = figures(told, every) >= len(asked)
    return enough and all(figures(told, units) >= count for units, count in wanted.items())


def _sure(found: Sequence[Found], threshold: float, whole: bool) -> float | None:
    """How sure the parts are; None where they are not sure enough.

    Where the question as a whole is not answered, its first part, which is complete by itself, must be, or one sentence
    answers all parts.
    """
    extracts = [each.extract for each in found if each.extract]
    as_one = len(extracts) == len(found) and all(same_sentence(extracts[0], each) for each in extracts)
    as_one = as_one and all(each.piece.counts for each in found)
    vouching = found if whole or as_one or found[0].piece.name else found[:1]
    sure = max((each.vouched for each in vouching), default=0.0)
    return sure if sure >= threshold * (IN_ONE_SENTENCE if as_one else 1.0) else None


def _of_whole(found: Found, whole: Draft) -> Found:
    """A piece of a row that asks for a figure, by the sentence of the whole answer that tells its name with one, if that is surer."""
    piece = found.piece
    if not piece.name or not piece.counts or whole.confidence <= found.confidence:
        return found
    said = [each for each in whole.extracts if piece.name in each.search and figures(each.search, piece.alone.units)]
    return replace(found, extract=said[0], confidence=whole.confidence) if said else found


def _told_apart(found: Sequence[Found], read: Reader) -> list[Found]:
    """The pieces, where two got the same words that have no figure for both, the less sure one read again without them."""
    kept: list[Found] = []
    for each in found:
        same = next((at for at, one in enumerate(kept) if _shares_words(one, each)), None)
        if same is None or each.extract is None:
            kept.append(each)
            continue
        one = kept[same]
        if _enough([one.piece, each.piece])(grown(each.extract, _enough([one.piece, each.piece])).search):
            kept.append(each)
            continue
        weaker = one if one.confidence < each.confidence else each
        again = _read_without(weaker.piece, each.extract.line.search, read)
        kept.append(each if weaker is one else again)
        if weaker is one:
            kept[same] = again
    return kept


def _read_without(piece: Piece, sentence: str, read: Reader) -> Found:
    """What answers a piece beside a sentence that another has taken."""
    again = read(piece, lambda extract: extract.line.search == sentence)
    return Found(piece) if again.extract is None or again.extract.line.search == sentence else again


def _shares_words(one: Found, other: Found) -> bool:
    """Whether two pieces that ask for figures got the same words."""
    if one.extract is None or other.extract is None or not (one.piece.counts and other.piece.counts):
        return False
    return same_sentence(one.extract, other.extract) and one.extract.search == other.extract.search


def _drawn_together(found: Sequence[Found]) -> list[Found]:
    """The pieces that ask for figures, each from the sentence of another where a clause there tells as much of it."""
    drawn = list(found)
    for at, each in enumerate(found):
        for other in (one for one in drawn if one is not each):
            moved = _beside(each, other)
            if moved is not None:
                drawn[at] = replace(each, extract=moved)
                break
    return drawn


def _beside(each: Found, other: Found) -> Extract | None:
    """The clause of another piece's sentence that has the figure of a piece; None where none speaks of as much of it."""
    if each.extract is None or other.extract is None or not each.piece.counts or each.piece.name:
        return None
    if document(each.extract) != document(other.extract) or same_sentence(each.extract, other.extract):
        return None
    asked = each.piece.alone
    said = [term.text for term in asked.terms if term.weight >= NOUN and term.text in each.extract.search]
    if not said and not asked.units:
        return None
    for clause in other.extract.line.clauses:
        if other.extract.start <= clause.start < other.extract.end or not figures(clause.search, asked.units[:1]):
            continue
        if all(word in clause.search for word in said):
            return over(other.extract, clause.start, clause.end)
    return None


def _together(answered: Sequence[Found]) -> list[Extract]:
    """The extracts, those of one sentence in one where that stays short."""
    kept: list[tuple[Extract, list[Piece]]] = []
    for each in answered:
        extract = each.extract
        if extract is None:
            continue
        at = next((at for at, (one, _) in enumerate(kept) if same_sentence(one, extract)), None)
        joined = union(kept[at][0], extract) if at is not None else None
        if at is None or joined is None:
            kept.append((extract, [each.piece]))
        else:
            kept[at] = (joined, [*kept[at][1], each.piece])
    return [grown(extract, _enough(of)) for extract, of in kept]


def _enough(of: Sequence[Piece]) -> Callable[[str], bool]:
    """Whether words have a figure for each of the pieces that ask for one."""
    counting = [piece.alone for piece in of if piece.counts]
    units = (
        tuple(dict.fromkeys(unit for each in counting for unit in each.units))
        if all(each.units for each in counting)
        else ()
    )
    return lambda words: len(counting) < 2 or figures(words, units) >= len(counting)


def _compared(question: Question, answered: Sequence[Found]) -> str:
    """Which of two named things has more and by how much; "" where that was not asked or cannot be said."""
    named = [each for each in answered if each.extract and each.piece.name]
    if len(named) != 2 or len(answered) != 2:
        return ""
    sides = []
    for each in named:
        draft = Draft()
        if each.extract:
            text, evidence = tell(each.extract, question)
            draft.write(text, (evidence,))
        sides.append((each.piece.alone, each.piece.part.name, draft))
    return comparing.lead_of(question, sides)
