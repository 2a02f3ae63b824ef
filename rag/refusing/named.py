"""Whether the person, the post or the rank that is asked for is in the answer's words, and beside what is asked."""

from __future__ import annotations

import re

from index.places import mentions_in
from rag.names import person_spans
from rag.refusing.demanded import asking_part
from rag.refusing.layers import Layers
from rag.refusing.shares import Share, clauses
from rag.types import Question

# Who wrote or photographed a report did nothing of what it tells.
_BYLINE = re.compile(
    r"(?:记者|通讯员|摄影|编辑|作者|文/|图/|责编)[^，,。）)]{0,24}|[（(][^）)]{0,20}(?:记者|摄)[^）)]{0,20}[）)]"
)
_WHO = re.compile(r"谁|哪[1一]?位|什么人|姓名|什么名字|叫什么|叫啥|哪[几些]个?人|哪[1一]?个人")
_RANK = re.compile(
    r"第1(?![线个批届次期])|冠军|亚军|季军|[1一]等奖|[2二]等奖|[3三]等奖|特等奖|金奖|最[高大多早低小少佳长快]|排名|名次|头[1一]?名"
)
# Who is called by one sign of his name (阿金, 老周), and a name of a surname and one sign.
_BY_NICKNAME = frozenset("阿老小")
_SHORT_NAME = 2
# Surnames that are verbs too.
_VERBS = frozenset("谢许")
# 那张图, 贴了张告示 and 谢谢人家 are nobody's names.
_NOBODY = re.compile(r"那|(?<=[了这那一1两2几每半])张|谢谢")
_POST = re.compile(
    r"(?<!副)(?:院长|主席|书记|局长|部长|校长|厂长|总经理|经理|董事长|市长|省长|县长|区长|镇长|会长|组长|队长|总裁|所长|主任|馆长|"
    r"站长|处长|科长|行长|理事长|秘书长|导演|教练|导师|老师|教官|摄影师|设计师|医生)"
)


def named(question: Question, layers: Layers, share: Share) -> dict[str, float]:
    """The readings of persons, posts and ranks."""
    asking = asking_part(question.search)
    plain = _BYLINE.sub("", layers.run)
    people = [plain[start:end] for start, end in person_spans(plain)]
    new = [name for name in people if name not in question.search]
    who = bool(_WHO.search(asking))
    posts, ranks = _POST.findall(asking), _RANK.findall(asking)
    told = [part for part in clauses(layers) if any(name in part for name in new)]
    return {
        "person_new": float(bool(new)),
        "person_lacking": float(who and not new),
        "person_clause_covers": max(map(share.of, told), default=0.0) if who else 1.0,
        "only_vice": float(any(_only_vice(post, layers.sentence) for post in posts)),
        "post_lacking": float(sum(post not in layers.run for post in posts)),
        "rank_lacking": float(sum(rank not in layers.run for rank in ranks)),
        "rank_held": float(sum(rank in layers.run for rank in ranks)),
    }


def unheard_person(question: Question, layers: Layers) -> bool:
    """Whether the question names a person of whom nothing that was found speaks.

    A surname and the sign behind it are looked for, since a verb may be taken for the rest of a name (刘丽想…) or for the
    surname before it (怎么谢申某); a city may begin with a surname, and 阿金 is called by one sign.
    """
    form = question.search
    cities = mentions_in(form)
    return any(
        not any(part in layers.found for part in _parts_of_name(form, start, end))
        for start, end in person_spans(form)
        if not _NOBODY.match(form, start) and not any(city.start < end and start < city.end for city in cities)
    )


def _parts_of_name(form: str, start: int, end: int) -> list[str]:
    """What must be found of a person's name, any one of them."""
    if form[start - 1 : start] in _BY_NICKNAME:
        return [form[start - 1 : start + 1]]
    return [
        form[start : start + 2],
        *([form[start + 1 : end]] if form[start] in _VERBS and end - start > _SHORT_NAME else []),
    ]


def _only_vice(post: str, form: str) -> bool:
    """Whether the form has a post only behind 副: who asks for the 局长 is not told of the 副局长."""
    return post in form and not re.search(rf"(?<!副){post}", form)
