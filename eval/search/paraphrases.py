"""What other words for the same question cost in retrieval: `python -m eval.search.paraphrases --index DIR`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from eval.gold import Shelf
from eval.retrieval import require_ir_measures
from eval.search.asked import Asked, Asking, Search, ask_forms, library_search, tell_left_out
from eval.search.pairs import Pair, shipped_pairs
from eval.search.shift import shift_table
from index.errors import ChangaiError
from index.settings import Settings

PLAIN, PARAPHRASED = "原题", "换说法"
MEASURES = ("ndcg_10", "hit_1")


def ask_pairs(pairs: Sequence[Pair], shelf: Shelf, search: Search) -> Asking:
    """Both wordings of every pair, judged by the gold that they share."""
    questions = [(pair.plain, {PLAIN: pair.plain.question, PARAPHRASED: pair.paraphrase.question}) for pair in pairs]
    return ask_forms(questions, shelf, search)


def worst(asked: Sequence[Asked], number: int) -> list[Asked]:
    """The questions whose nDCG@10 falls furthest, at most `number`, deepest first; those that do not fall are none."""
    fallen = [each for each in asked if _fall(each) > 0]
    return sorted(fallen, key=lambda each: (-_fall(each), each.question.id))[:number]


def worst_lines(asked: Sequence[Asked]) -> list[str]:
    """Three lines a question: how far it fell, and its two wordings."""
    lines = []
    for each in asked:
        before, after = (each.found[form]["ndcg_10"] for form in (PLAIN, PARAPHRASED))
        lines.append(f"{each.question.id} [{each.question.type}] nDCG@10 {before:.3f} → {after:.3f}")
        lines += [f"  {form}：{each.forms[form]}" for form in (PLAIN, PARAPHRASED)]
    return lines


def _fall(each: Asked) -> float:
    return each.found[PLAIN]["ndcg_10"] - each.found[PARAPHRASED]["ndcg_10"]


def main(words: Sequence[str] | None = None) -> int:
    """Prints the measures of one half; single pairs of dev only, for nothing may be learnt from the test half."""
    parser = argparse.ArgumentParser(prog="python -m eval.search.paraphrases", description="换一种说法对检索的影响")
    parser.add_argument("--index", type=Path, required=True, metavar="目录", help="索引目录")
    parser.add_argument("--half", choices=("dev", "test"), default="dev", help="题库的哪一半（test 只用于报告）")
    parser.add_argument("--worst", type=int, default=0, metavar="题数", help="列出下降最多的若干对（仅 dev）")
    given = parser.parse_args(words)
    if given.half != "dev" and given.worst:
        sys.stderr.write("--worst 只用于 dev：test 只用于报告。\n")
        return 2
    try:
        asking = _measured(given.index, shipped_pairs(given.half))
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    tell_left_out(asking)
    lines = [shift_table(asking.asked, MEASURES, PLAIN, [PARAPHRASED])]
    lines += worst_lines(worst(asking.asked, max(given.worst, 0)))
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _measured(index: Path, pairs: Sequence[Pair]) -> Asking:
    from index.library import Library

    require_ir_measures()
    with Library.open(Settings.from_environment(os.environ, index)) as library:
        return ask_pairs(pairs, Shelf(library.documents()), library_search(library))


if __name__ == "__main__":
    sys.exit(main())
