"""RGB's lines (Chen et al. 2023): a query with passages that answer it and passages that only look as if they did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from itertools import chain, zip_longest
from math import ceil
from pathlib import Path
from typing import Any

from eval.importers.files import identifier, object_lines, plain
from eval.importers.options import ImportOptions
from eval.importers.records import Asked, Imported, LeftOut, Passage, Skipped
from eval.json_lines import bad_field
from eval.normal import groups_met, normal
from index.errors import DatasetError


@dataclass(frozen=True, slots=True)
class _Query:
    """One line; `answers` are any-of groups that must all be met, `positive` has one tuple a part of the answer."""

    where: str
    id: str
    question: str
    answers: tuple[tuple[str, ...], ...]
    positive: tuple[tuple[str, ...], ...]
    negative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A query with the passages that stay."""

    query: _Query
    positive: Sequence[str]
    negative: Sequence[str]


def read_rgb(path: Path, options: ImportOptions) -> Iterator[Imported]:
    """The passages that are kept of every query, and the queries as questions.

    As in RGB's own evaluation a plain list of answers must be met whole, and a list within it by any of its strings.
    Positives that come in several lists (RGB's integration part) prove one part of the answer each, so one of each
    list is kept first; a query whose parts do not all stay is skipped. Passages are chosen in the order of the file,
    without chance: `passages_per_query` of them with ⌈number x noise_rate⌉ negatives; without a number as many as the
    rate allows; without a rate positives first. Equal passages are one document. With `negatives_only` every question
    is unanswerable, and a passage that answers its query, or is positive for another, is left out. The
    counterfactual part is read like the others, without its `positive_wrong` and `fakeanswer`.
    """
    share = Fraction(str(options.noise_rate or 0))
    if options.passages_per_query and ceil(options.passages_per_query * share) >= options.passages_per_query:
        raise DatasetError(
            f"每题 {options.passages_per_query} 段、负例占 {options.noise_rate} 时不剩正例；请减小 noise_rate 或增加段数。"
        )
    queries: list[_Query] = []
    for line in object_lines(path):
        query = line if isinstance(line, Skipped) else _query(*line)
        if isinstance(query, Skipped):
            yield query
        elif options.limit is not None and len(queries) == options.limit:
            yield LeftOut(f"超过 limit 的 {options.limit} 题")
        else:
            queries.append(query)
    kept = []
    for query in queries:
        if options.negatives_only:
            negative = _unanswering(query, queries)
            kept.append(_Kept(query, (), negative[: options.passages_per_query]))
            for _ in range(len(query.negative) - len(negative)):
                yield LeftOut("能回答问题的负例段落")
        else:
            kept.append(_Kept(query, *_chosen(query, options)))
    names: dict[str, str] = {}
    for text in dict.fromkeys(text for each in kept for text in (*each.positive, *each.negative)):
        names[text] = f"rgb-{blake2b(text.encode(), digest_size=6).hexdigest()}"
        yield Passage(names[text], "", text)
    for each in kept:
        yield _asked(each, names, options.negatives_only)


def _asked(kept: _Kept, names: Mapping[str, str], negatives_only: bool) -> Asked | Skipped:
    query, positive = kept.query, kept.positive
    row: dict[str, Any] = {"id": query.id, "question": query.question}
    if negatives_only:
        if not kept.negative:
            return Skipped(query.where, "没有可用的负例段落")
        return Asked(query.where, row | {"type": "unanswerable", "unanswerable": True, "reason": "no_content"})
    if not all(any(text in positive for text in part) for part in query.positive):
        return Skipped(query.where, f"保留的 {len(positive)} 段正例不足以给出全部答案，请增加段数或减小 noise_rate")
    row |= {"type": "reading", "answers": [list(group) for group in query.answers]}
    return Asked(query.where, row | {"evidence": [{"document": names[text]} for text in dict.fromkeys(positive)]})


def _chosen(query: _Query, options: ImportOptions) -> tuple[Sequence[str], Sequence[str]]:
    """The positives and negatives that are kept."""
    rounds = chain.from_iterable(zip_longest(*query.positive))
    positive, negative = [text for text in rounds if text is not None], list(query.negative)
    number = options.passages_per_query
    if options.noise_rate is None:
        return (
            (positive, negative) if number is None else (positive[:number], negative[: max(number - len(positive), 0)])
        )
    share = Fraction(str(options.noise_rate))
    if number is None:
        every = range(len(positive) + len(negative), 0, -1)
        fitting = (n for n in every if ceil(n * share) <= len(negative) and n - ceil(n * share) <= len(positive))
        number = next(fitting, 1)
        noise = ceil(number * share)
    else:
        # What one side lacks the other gives, as in RGB's own evaluation.
        noise = min(max(ceil(number * share), number - len(positive)), len(negative))
    return positive[: number - noise], negative[:noise]


def _unanswering(query: _Query, queries: Sequence[_Query]) -> list[str]:
    """The negatives that neither hold the answer nor prove that of another query."""
    proving = {text for each in queries for part in each.positive for text in part}
    needed = len(query.answers)
    return [text for text in query.negative if text not in proving and groups_met(text, query.answers) < needed]


def _query(where: str, row: Mapping[str, Any]) -> _Query | Skipped:
    answer, positive = row.get("answer"), row.get("positive", [])
    groups = answer if isinstance(answer, list) and answer else [answer]
    parts = positive if isinstance(positive, list) and any(isinstance(each, list) for each in positive) else [positive]
    try:
        proofs = [_texts(each, where, f"positive[{at}]") for at, each in enumerate(parts)]
        return _Query(
            where,
            identifier(row.get("id")),
            _some_texts(plain(row.get("query")), where, "query")[0],
            tuple(_answers(each, where, f"answer[{at}]") for at, each in enumerate(groups)),
            tuple(each for each in proofs if each),
            _texts(row.get("negative", []), where, "negative"),
        )
    except DatasetError as error:
        return Skipped(where, str(error).removeprefix(f"{where}："))


def _answers(value: Any, where: str, field: str) -> tuple[str, ...]:
    found = _some_texts(value, where, field)
    for each in found:
        # Punctuation alone is empty in the normal form, and every passage would hold it.
        if not normal(each):
            raise bad_field(where, field, "含有文字或数字的字符串", each)
    return found


def _some_texts(value: Any, where: str, field: str) -> tuple[str, ...]:
    found = _texts(value if isinstance(value, list) else [value], where, field)
    if not found:
        raise bad_field(where, field, "至少一段文字", value)
    return found


def _texts(value: Any, where: str, field: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise bad_field(where, field, "文字的列表", value)
    for each in value:
        if not isinstance(each, str) or not each.strip():
            raise bad_field(where, field, "不空的文字", each)
    return tuple(dict.fromkeys(value))
