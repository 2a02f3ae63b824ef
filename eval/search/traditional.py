"""The same questions in simplified and in traditional characters: `python -m eval.search.traditional --index DIR SET…`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from eval.dataset import GoldQuestion, load_dataset
from eval.gold import Shelf
from eval.retrieval import require_ir_measures
from eval.search.asked import Asking, Forms, Search, ask_forms, has_proof, library_search, tell_left_out
from eval.search.shift import shift_table
from index.errors import ChangaiError, DatasetError
from index.settings import Settings

SIMPLIFIED = "简体"
# The two conversions of OpenCC: the plain one, and the one to the characters of Taiwan.
TRADITIONAL = {"繁体": "s2t", "台湾繁体": "s2tw"}
MEASURES = ("hit_1",)


def written_forms(words: str) -> Forms:
    """The words in simplified characters, whatever they were written in, and in both traditional forms of those."""
    simplified = _converter("t2s")(words)
    return {SIMPLIFIED: simplified, **{form: _converter(name)(simplified) for form, name in TRADITIONAL.items()}}


@cache
def _converter(name: str) -> Callable[[str], str]:
    """One conversion of OpenCC; its dictionaries take many times longer to load than a question to convert."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(name).convert
    return convert


def ask_scripts(questions: Sequence[GoldQuestion], shelf: Shelf, search: Search) -> Asking:
    """Every question that has evidence and no earlier turn, in each script. Raises DatasetError when there is none."""
    asked = [question for question in questions if has_proof(question)]
    if not asked:
        raise DatasetError("题库里没有一道既有证据又不带上文的题，无法评测检索；请换一个题库。")
    return ask_forms([(question, written_forms(question.question)) for question in asked], shelf, search)


def main(words: Sequence[str] | None = None) -> int:
    """Prints hit@1 of each script and the differences from simplified."""
    parser = argparse.ArgumentParser(prog="python -m eval.search.traditional", description="繁体与简体提问的检索差别")
    parser.add_argument("datasets", nargs="+", type=Path, metavar="题库", help="题库文件，可以有多个")
    parser.add_argument("--index", type=Path, required=True, metavar="目录", help="索引目录")
    given = parser.parse_args(words)
    try:
        asking = _measured(given.index, load_dataset(*given.datasets))
    except ChangaiError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    tell_left_out(asking)
    sys.stdout.write(shift_table(asking.asked, MEASURES, SIMPLIFIED, list(TRADITIONAL)) + "\n")
    return 0


def _measured(index: Path, questions: Sequence[GoldQuestion]) -> Asking:
    from index.library import Library

    require_ir_measures()
    with Library.open(Settings.from_environment(os.environ, index)) as library:
        return ask_scripts(questions, Shelf(library.documents()), library_search(library))


if __name__ == "__main__":
    sys.exit(main())
