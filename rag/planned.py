"""Whether words tell a plan or an aim, not what there is."""

from __future__ import annotations

import re

# 将 is a plan but in 将近 and 将士; 目标 is one where it is followed by its figure.
_PLANNED = re.compile(
    r"(?:计划|规划)(?![表书纲的])|目标[是为:：]|原定|打算|力争|预计|提出[，,]?用\d+年|拟(?=[在于用建办设投培增新])|将(?!近|士|军|[\u4e00-\u9fff]{1,12}纳入)"
)
# A question of aims may be answered by one, and so may a question of a named year.
_AIMS = re.compile(r"计划|目标|打算|规划|拟|将|要(?:建|培|达|评|造)|想|预计|力争|以后|未来|(?:19|20)\d{2}")


def asks_of_aims(form: str) -> bool:
    """Whether a question in the search form may be about what is planned."""
    return bool(_AIMS.search(form))


def is_planned(text: str) -> bool:
    """Whether a text has a word that makes what follows it a plan."""
    return bool(_PLANNED.search(text))
