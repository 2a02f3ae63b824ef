"""Reform measures: a taxonomy kept as a data file, and what it takes for a text to speak of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.errors import SettingsError
from index.normalise import search_form

TAXONOMY = Path(__file__).parent / "data" / "measures.tsv"
ASPECTS = ("思想政治引领", "技能形成", "互联网", "发展制度", "支撑保障")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: its aspect, its name, other names in the search form, and the unit that its figure is counted in."""

    aspect: str
    name: str
    aliases: tuple[str, ...]
    unit: str

    def said_in(self, form: str) -> bool:
        """Whether a search form names the measure."""
        return any(alias in form for alias in self.aliases)


@cache
def measures() -> tuple[Measure, ...]:
    """The taxonomy, in the order of its file; raises SettingsError with the line that is not in the documented form."""
    found = []
    for number, line in enumerate(TAXONOMY.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 4 or fields[0] not in ASPECTS:
            raise SettingsError(f"{TAXONOMY.name} 第 {number} 行应为“方面、名称、别名、单位”四列，请照表头改正：{line}")
        aspect, name, aliases, unit = fields
        names = tuple(dict.fromkeys(search_form(alias) for alias in [name, *aliases.split()]))
        found.append(Measure(aspect, name, names, unit.strip()))
    return tuple(found)
