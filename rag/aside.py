"""What a message says aside: the place that is not meant, a story before the question, an order to a machine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.places import find_places, is_within
from rag.orders import gives_order
from rag.quoted import places_spoken_of

# A longer text is a pasted one, which is cut down by what its clauses tell.
LONGEST = 400
# So many clauses are a story.
LONG_STORY = 6
_CLAUSE = re.compile(r"(?:[^，,。；;：:！!？?\n.]|\.(?!\s))*(?:[，,。；;：:！!？?\n]|\.\s)?")
_ASKS = re.compile(
    r"多少|几[^年乎天经]|几[天年]?[？?]|哪|谁|什么|怎么|怎样|如何|啥|咋|吗|呢|多[大高久长]|是不是|有没有|是否|能否|对不对|对吧|吧[？?]"
)
# 「别说白银」「我问的不是山西」「旧的不用讲」: what the answer shall leave out.
_LEFT_OUT = re.compile(
    r"(?:别|甭|不要|不用|不必|无需|先不|莫)再?(?:把|拿|说|提|讲|报|给|管|扯|混|列|算|答)"
    r"|(?:问|要|说|指|讲|找|查)的(?:可?不|并非|又不)是"
    r"|(?<![说讲提管算报列])(?:不用|不必|别|不要|不)再?(?:说|讲|提|管|算|报|列)(?:了|它)?[，,。；;！!\s]*$"
    r"|^(?:不要|不算|而不是|而非|不是)(?!.*(?:吗|吧))"
)
# 「我问的是蚌埠」「再问白银」: what the question is about, whatever else was named.
_MEANT = re.compile(r"(?:问|要|说|指|讲|找|查|想知道|关心)的(?:就|只|还)?是|(?:再|改|只|单|来)(?:问|说|讲|看|查)|^我要")
_STORY = re.compile(
    r"我|咱|俺|刚|老是|总是|以前|如今|现在|听说|媳妇|老婆|老公|爱人|孩子|老家|同事|朋友|邻居|看完|读完|记串|上班|住在"
)
_WHERE_I_AM = re.compile(r"^(?:我|俺|咱)(?:们|家)?(?:就|现在|一直|也|是)?(?:在|住|家住)")
# 「我老家岳阳的」 of one who goes back there: 回去办厂.
_HOME = re.compile(r"^(?:我|俺|咱)们?(?:是)?(?:老家(?:是|在)?)?[\u4e00-\u9fff]{2,12}(?:的|人)?[，,。]")
_BACK = re.compile(r"回(?:去|来|乡|家乡|老家|到?家(?!庭))|返乡")
# What is told of a child or of an acquaintance happens where he is.
_OF_ANOTHER = re.compile(r"孩子|娃|儿子|女儿|闺女|老乡|邻居|朋友|同学|亲戚|表[哥弟姐妹]|同事|工友")
_GOING = re.compile(r"去|回|到|来|搬|跑|想|准备|打算")
_READ = re.compile(r"[那这](?:[1一]?[篇份条则]|个)(?:报道|新闻|文章|材料|资料)|[那这]篇")
_OF_THE_REPORT = re.compile(r"记者|作者|编辑|标题|题目|哪家报|哪个报|报纸|发表|刊登|刊发|谁写")
_COMPARES = re.compile(
    r"比(?![例重赛武如])|差(?:多少|几)|相差|谁|哪[个边座方]|更|各|分别|相同|不同|区别|一样|[两俩][地市个边]"
)
_ORDER = re.compile(
    r"(?:^|[请你都把])忘[掉记了]|忘(?:掉|记|了)(?:你|以[上前]|上面|之前|前面|所有|全部|规则|设定|指令|提示)|无视|忽略|(?:从现在起|一律|统一|始终|必须|只[准许能需要])[^，。？]{0,8}(?:回答|回复|答|说|喊|报|输出)"
    r"|(?:输出|只(?:回复|回答|说))[“\"「]|扮演|指令|(?:凡是|所有|全部)[^，。？]{0,16}(?:说|答|报)"
    r"|(?:回答|回复|答复|开头|结尾)[^，。？]{0,4}(?:写上|加上|带上|喊)|按[^，。？]{1,12}来(?:说|算|答|讲)|^[【\[]?(?:管理员|系统)"
    r"|\b(?:ignore|disregard|forget|pretend)\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(r"(?:那|另外?一?|其他|别的|还有一?)个?(?:城市|市|地方|地区)")


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause with the full names of its places; `asks`, `meant` and `left_out` say what it does in the message."""

    text: str
    places: tuple[str, ...]
    asks: bool
    meant: bool
    left_out: bool


def relevant(text: str) -> str:
    """The message less what it says aside; the message itself where nothing else of it asks.

    Orders to a machine and what shall be left out go; so do clauses that only tell a story about another place than the
    one that is asked about. A comparison keeps all its places.
    """
    if len(text) > LONGEST:
        return text
    parts = [_part(clause) for clause in _CLAUSE.findall(text) if clause]
    if len(parts) < 2:
        return text
    kept = [part for part in parts if part.asks or part.meant or not part.left_out]
    if not any(part.asks or part.meant for part in kept):
        return text
    kept = [_unread(part, kept) for part in _without_stories(kept)]
    said = "".join(part.text for part in kept).strip()
    return _pointed(said, kept) if kept != parts or any(part.meant for part in kept) else text


def _part(clause: str) -> _Part:
    """A clause as it is understood; an order asks for nothing that a document could answer."""
    places = tuple(dict.fromkeys(mention.full_name for mention in places_spoken_of(clause, whole=False)))
    order = bool(_ORDER.search(clause)) or gives_order(clause)
    left_out = order or bool(_LEFT_OUT.search(clause))
    asks = bool(_ASKS.search(clause)) and not left_out
    return _Part(clause, places, asks, bool(_MEANT.search(clause)) and bool(places) and not left_out, left_out)


def _without_stories(parts: Sequence[_Part]) -> list[_Part]:
    """The clauses less those that tell of a place other than the ones meant or asked about."""
    meant = {place for part in parts if part.meant for place in part.places}
    asked = meant or {place for part in parts if part.asks for place in part.places}
    compared = not meant and any(_COMPARES.search(part.text) and part.asks for part in parts)
    if compared:
        return list(parts)
    if not asked and len(parts) >= LONG_STORY and any(part.asks for part in parts):
        # Of a long story that asks without a place, the place named last is where it happens; the others are on the way.
        last = _own_place(parts) or next((part.places for part in reversed(parts) if part.places), ())
        return [part for part in parts if part.asks or not _strange(part, set(last))]
    return [part for part in parts if part.asks or part.meant or not (asked and _is_story(part, asked))]


def _own_place(parts: Sequence[_Part]) -> tuple[str, ...]:
    """Where the speaker says that he himself is, unless the place named last is one that he speaks of going to."""
    placed = [part for part in parts if part.places]
    own = next((part for part in placed if _WHERE_I_AM.search(part.text)), None)
    home = next((part for part in placed[:-1] if _HOME.match(part.text)), None)
    if home and any(_BACK.search(part.text) for part in parts):
        return home.places
    return own.places if own and not _GOING.search(placed[-1].text) and _OF_ANOTHER.search(placed[-1].text) else ()


def _unread(part: _Part, parts: Sequence[_Part]) -> _Part:
    """A clause that only says where one read of something, as its place alone; who else stands there is not asked about."""
    if part.asks or not _READ.search(part.text) or any(_OF_THE_REPORT.search(other.text) for other in parts):
        return part
    placed = any(other.places for other in parts if other.asks)
    mentions = [] if placed else find_places(part.text)[:1]
    return replace(part, text="".join(f"{part.text[each.start : each.end]}，" for each in mentions))


def _is_story(part: _Part, asked: set[str]) -> bool:
    return _strange(part, asked) and bool(_STORY.search(part.text))


def _strange(part: _Part, asked: set[str]) -> bool:
    """Whether a clause names a place that lies apart from those that are asked about."""
    return any(not any(_together(place, other) for other in asked) for place in part.places)


def _together(one: str, other: str) -> bool:
    return is_within(one, other) or is_within(other, one)


def _pointed(said: str, parts: Sequence[_Part]) -> str:
    """「那另一个市呢？我说的是南京」 asks 「南京呢？」."""
    meant = next((part for part in parts if part.meant), None)
    pointer = _ANOTHER.search(said)
    if meant is None or pointer is None or find_places(said.replace(meant.text, "")):
        return said
    mention = find_places(meant.text)[0]
    name = meant.text[mention.start : mention.end]
    rest = said.replace(meant.text, "")
    return _ANOTHER.sub(name, rest, count=1)
