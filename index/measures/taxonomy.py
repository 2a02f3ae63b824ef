"""The taxonomy: which measures there are, by what names texts call them, and what their figures count; a file that an office edits."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.errors import SettingsError
from index.measures.weighing import WEIGHTS
from index.normalise import search_form

TAXONOMY = Path(__file__).parent.parent / "data" / "measures.tsv"
ASPECTS = ("思想政治引领", "技能形成", "互联网", "发展制度", "支撑保障")
COLUMNS = ("方面", "名称", "别名", "计数单位", "不算的说法", "什么算", "什么不算")
# Raised when the extractor finds other evidence with the same taxonomy.
_EXTRACTOR = 13
# In a name of the file: some other characters of the same clause (送*清凉), and a number (高技能人才#人).
GAP, NUMBER = "*", "#"
# Before a name of the file: only documents are read for it, as questions use the words for other things too.
READ = "~"
# Before a name that may mean much else: it is read where the document says nothing clearer of the measure.
HINT = "^"
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its aspect and name, its names in the search form, the units of its figure, the phrases that are not it.

    `patterns` are names that only the reading of documents knows: with a gap or a number in them, as questions are short, or
    marked so in the file. `hints` are those of them that mean much else too.
    `counts` and `counts_not` tell a person what is counted as this measure and what is not.
    """

    aspect: str
    name: str
    aliases: tuple[str, ...]
    units: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    counts: str = ""
    counts_not: str = ""
    patterns: tuple[str, ...] = ()
    hints: frozenset[str] = frozenset()

    @property
    def unit(self) -> str:
        """The unit that its figure is told in; "" where it has none."""
        return self.units[0] if self.units else ""

    def said_in(self, form: str) -> bool:
        """Whether a search form names the measure."""
        for phrase in self.excluded:
            form = form.replace(phrase, " ")
        return any(alias in form for alias in self.aliases)


@dataclass
class _Chosen:
    file: Path = TAXONOMY


_chosen = _Chosen()


def choose_taxonomy(file: Path | None) -> None:
    """Names the file of this process: an office's own, or None for the shipped one; SettingsError when it is not in its form."""
    if file is not None:
        # It may have been edited since it was read last.
        read_taxonomy.cache_clear()
        read_taxonomy(file)
    _chosen.file = file or TAXONOMY


def chosen_taxonomy() -> Path:
    """The file that the measures of this process come from."""
    return _chosen.file


def measures() -> tuple[Measure, ...]:
    """The taxonomy, in the order of its file; raises SettingsError with the line that is not in the documented form."""
    return read_taxonomy(_chosen.file)


def measure_named(name: str) -> Measure | None:
    """The measure with this name, or None."""
    return next((each for each in measures() if each.name == name), None)


@lru_cache(maxsize=8)
def read_taxonomy(file: Path) -> tuple[Measure, ...]:
    """The measures of a file; raises SettingsError with the first line that is not in the documented form."""
    wrong = next(problems(file), None)
    if wrong:
        raise SettingsError(wrong)
    return tuple(_measure(line) for _, line in _lines(file))


def taxonomy_digest() -> str:
    """Sixteen hexadecimal digits that change when the measures, or how their evidence is found, change."""
    known = [(one.name, one.aliases, one.patterns, sorted(one.hints), one.units, one.excluded) for one in measures()]
    said = repr((_EXTRACTOR, _weights(), known))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=1)
def _weights() -> bytes:
    return hashlib.blake2b(WEIGHTS.read_bytes(), digest_size=8).digest()


def problems(file: Path) -> Iterator[str]:
    """One Chinese line for each thing in a taxonomy file that is not in its form: where, what, and what to do."""
    names: dict[str, int] = {}
    bearers: dict[str, tuple[str, int]] = {}
    for number, line in _lines(file):
        where = f"{file.name} 第 {number} 行"
        fields = line.split("\t")
        if len(fields) != len(COLUMNS):
            shown = "、".join(COLUMNS)
            yield f"{where}有 {len(fields)} 列，应为 {len(COLUMNS)} 列（{shown}），请用制表符分列，没有内容的列留空：{line}"
            continue
        aspect, name = fields[0].strip(), fields[1].strip()
        if aspect not in ASPECTS:
            yield f"{where}第 1 列方面「{aspect}」不在五个方面里，请改为{'、'.join(ASPECTS)}之一：{line}"
        if len(search_form(name)) < _SHORTEST_NAME:
            yield f"{where}第 2 列名称「{name}」太短，请写至少 {_SHORTEST_NAME} 个字：{line}"
        if name in names:
            yield f"{where}第 2 列名称「{name}」与第 {names[name]} 行重复，请合并或改名：{line}"
        names.setdefault(name, number)
        yield from _alias_problems(where, number, _names(name, fields[2]), name, bearers)


def _alias_problems(
    where: str, number: int, aliases: tuple[str, ...], name: str, bearers: dict[str, tuple[str, int]]
) -> Iterator[str]:
    for alias in (each.lstrip(READ + HINT) for each in aliases):
        if len(alias) < _SHORTEST_NAME:
            yield f"{where}第 3 列别名「{alias}」太短，会误中，请写至少 {_SHORTEST_NAME} 个字。"
        if alias != alias.strip(GAP) or GAP * 2 in alias or not alias.strip(GAP + NUMBER):
            yield f"{where}第 3 列别名「{alias}」的 {GAP} 只能放在两个词中间（例如 送{GAP}清凉），请改正。"
        other, line = bearers.setdefault(alias, (name, number))
        if other != name:
            yield f"{where}第 3 列别名「{alias}」已是第 {line} 行「{other}」的名称，请只留一处。"


def _lines(file: Path) -> list[tuple[int, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SettingsError(f"举措表 {file} 读不出来（{error.strerror}）；请检查路径和权限。") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"举措表 {file} 不是 UTF-8 编码；请另存为 UTF-8 后重试。") from error
    numbered = enumerate(text.split("\n"), 1)
    return [(number, line.rstrip("\r")) for number, line in numbered if line.strip() and not line.startswith("#")]


def _names(name: str, others: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(search_form(alias) for alias in [name, *others.split()]))


def _measure(line: str) -> Measure:
    aspect, name, others, units, excluded, counts, counts_not = (field.strip() for field in line.split("\t"))
    names = _names(name, others)
    return Measure(
        aspect=aspect,
        name=name,
        aliases=tuple(one for one in names if not _is_pattern(one)),
        patterns=tuple(one.lstrip(READ + HINT) for one in names if _is_pattern(one)),
        hints=frozenset(one.removeprefix(HINT) for one in names if one.startswith(HINT)),
        units=tuple(units.split()),
        excluded=tuple(search_form(phrase) for phrase in excluded.split()),
        counts=counts,
        counts_not=counts_not,
    )


def _is_pattern(name: str) -> bool:
    return GAP in name or NUMBER in name or name.startswith((READ, HINT))
