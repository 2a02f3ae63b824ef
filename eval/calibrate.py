"""Fitting the confidence that decides between answering and refusing, and the threshold of every wanted rate of errors."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.dataset import GoldQuestion, load_dataset
from eval.trust import fitting
from eval.trust.gathering import SEED, Row, given_rows, gold_rows, held_out_rows
from eval.trust.measures import Numbers, auroc, refused_at, thresholds
from eval.trust.sets import Given, given_questions
from index.errors import DatasetError
from index.library import Library
from index.settings import Settings
from rag.refusing.judge import DATA, held_back
from rag.training.folds import Folded
from rag.training.span.held_out import OWN_FILES, is_held_out, nearest

# So many questions of each set of others keep the project's own in the lead.
MOST_GIVEN = 2000
MOST_HELD_OUT = 700
# With as many real ones at hand near misses made by swapping a word teach nothing more (AUROC on news .924 without, .914 with).
MOST_SWAPS = 0
# The parts that nothing else was trained on: the readings of a trained part would be too good.
GIVEN_SPLIT = "dev"
HELD_OUT_SPLIT = "trial"
SHOWN_RATES = (0.01, 0.03, 0.05, 0.1, 0.2)


@dataclass(frozen=True, slots=True)
class Material:
    """What is learned from, each an index with a file of questions.

    `own` are gold sets as people ask, by which the thresholds are set; `near` gold sets of near misses; `given` questions
    that are asked of their own text alone (CAIL); `held_out` questions asked of the whole index and of it without their
    text (CMRC, the lists of training questions). `choosers` is the folder of what `rag.training.train_chooser --folds` kept:
    the project's own questions are then asked of choosers that did not learn from them.
    """

    own: Sequence[tuple[Path, Path]]
    near: Sequence[tuple[Path, Path]] = ()
    given: Sequence[tuple[Path, Path]] = ()
    held_out: Sequence[tuple[Path, Path]] = ()
    choosers: Path | None = None

    @property
    def as_asked(self) -> frozenset[str]:
        """The sources by which the thresholds are set."""
        return frozenset(dataset.stem for _, dataset in self.own)

    @property
    def names(self) -> frozenset[str]:
        """The sources of the project's own questions."""
        return self.as_asked | {dataset.stem for _, dataset in self.near}


def rows(material: Material, progress: Callable[[str], None]) -> list[Row]:
    """All rows; one without readings was refused at the door, or nothing was found for it."""
    found: list[Row] = []
    folded = Folded.load(material.choosers) if material.choosers else None
    for folder, dataset in (*material.own, *material.near):
        library = _opened(folder)
        asked = unlearned(library, load_dataset(dataset), dataset.name)
        found += _told(dataset, gold_rows(library, asked, dataset.stem, MOST_SWAPS, folded), progress)
    for folder, dataset in material.given:
        questions = _some(given_questions(dataset, GIVEN_SPLIT), MOST_GIVEN)
        found += _told(dataset, given_rows(_opened(folder), questions, _source(dataset)), progress)
    for folder, dataset in material.held_out:
        questions = _some(given_questions(dataset, HELD_OUT_SPLIT), MOST_HELD_OUT)
        found += _told(dataset, held_out_rows(_opened(folder), questions, _source(dataset), MOST_SWAPS), progress)
    return found


def unlearned(library: Library, questions: Sequence[GoldQuestion], file: str) -> list[GoldQuestion]:
    """The questions of a file that the span reader did not learn from: of our own those over documents held out of it."""
    if file not in OWN_FILES:
        return list(questions)
    ids = {name: held.id for held in library.held() for name in (held.record, held.file) if name}
    named = {gold.evidence[0].document for gold in questions if gold.evidence}
    texts = {name: library.document(ids[name]).text for name in named if name in ids}
    if not texts:
        raise DatasetError(f"索引里没有 {file} 的资料；请先用 rag.training.libraries 建好题目所问的资料的索引。")
    bare = [gold.question for gold in questions if not gold.evidence]
    asked_of = dict(zip(bare, nearest(bare, texts), strict=True))
    return [
        gold
        for gold in questions
        if is_held_out(gold.evidence[0].document if gold.evidence else asked_of[gold.question], file)
    ]


def _some(questions: list[Given], most: int) -> list[Given]:
    """So many questions drawn from all, the same ones each time."""
    return random.Random(SEED).sample(questions, min(most, len(questions)))


def _source(dataset: Path) -> str:
    """A name that tells two files of the same name in different folders apart."""
    return f"{dataset.parent.name}/{dataset.stem}"


def _opened(folder: Path) -> Library:
    return Library.open(Settings(folder=folder))


def _told(dataset: Path, made: Iterable[Row], progress: Callable[[str], None]) -> list[Row]:
    found = list(made)
    progress(f"{dataset.name}：{len(found)} 行")
    return found


def calibrated(every: Sequence[Row], material: Material, out: Path = DATA) -> list[str]:
    """Fits, writes the files of the judge into `out`, and tells what unseen rows were worth by cross-validation.

    DatasetError when the project's own rows are not both of answered and of unanswerable questions.
    """
    own, found = material.names, [row for row in every if row.readings]
    kept = [row for row in found if row.source in own and not row.made]
    if {row.answerable for row in kept} != {True, False} or len(kept) < fitting.FOLDS:
        raise DatasetError("校准要有可答的题和不可答的题；请用 --pair 给出两种题都有的题库。")
    names = fitting.names_of(found)
    plain = fitting.chances(fitting.crossed(found, names, own))
    chances = np.array([held_back(float(one), row.readings) for row, one in zip(found, plain, strict=True)])
    unanswered = _unanswered(every, found, chances, material.as_asked)
    fitting.write(fitting.fitted(found, names, own), names, unanswered, out)
    return _report(found, chances, unanswered, material.as_asked)


def _unanswered(every: Sequence[Row], found: Sequence[Row], chances: Numbers, sources: frozenset[str]) -> Numbers:
    """The chances of the unanswerable questions of some sources, 0 for those that had no readings."""
    reached = [float(chance) for row, chance in zip(found, chances, strict=True) if _without_answer(row, sources)]
    refused = sum(not row.readings and _without_answer(row, sources) for row in every)
    return np.array([*reached, *[0.0] * refused])


def _without_answer(row: Row, sources: frozenset[str]) -> bool:
    return row.source in sources and not row.made and not row.answerable


def _report(found: Sequence[Row], chances: Numbers, unanswered: Numbers, own: frozenset[str]) -> list[str]:
    told = []
    sources = np.array([row.source for row in found])
    made = np.array([row.made for row in found])
    answerable = np.array([row.answerable for row in found])
    for source in dict.fromkeys(sources.tolist()):
        here = sources == source
        yes = chances[here & answerable]
        told.append(_line(source, yes, chances[here & ~answerable & (made == "")]))
        for kind in sorted(set(made[here].tolist()) - {""}):
            told.append(_line(f"  {kind}", yes, chances[here & (made == kind)]))
    asked = chances[np.isin(sources, sorted(own)) & (made == "") & answerable]
    for rate, at in zip(SHOWN_RATES, thresholds(unanswered, SHOWN_RATES), strict=True):
        told.append(f"错误率 {rate:.2f}：阈值 {at:.3f}，可答而被拒 {int((asked < at).sum())}/{len(asked)}")
    return told


def _line(name: str, yes: Numbers, no: Numbers) -> str:
    return (
        f"{name}：可答 {len(yes)}，不可答 {len(no)}，AUROC {auroc(yes, no):.3f}，"
        f"可答误拒 3% 时拒了 {refused_at(yes, no, 0.03):.3f}"
    )
