"""The short names by which a document goes on to call an employer that it named in full: 某某电网公司甲州局 is 甲州局 from then on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.places import find_places

_HAN = r"[\u3400-\u9fff\d]"
# A bureau is no 局长, a town that is called like a firm is none, neither is its bus line, and the full name speaks for itself.
_ENDS = r"(?![长面势限域镇乡村街社路区县市道]|\d+[路号]|有限|股份|控股|集团|公司|医院|厂|煤矿|研究院)"
_FIRM = r"(?:公司|集团|电网|油田|银行|铁路局)"
# What a firm is made of, and what stands alone as an employer.
_UNIT = (
    r"(?:分公司|支公司|[分支]行|项目部|分厂|车间|工区|作业区|煤矿|林场|农场|[机电工车供]务?段|(?:供电|研究|营业)所|(?:研究|设计|医)院"
    r"|(?:变电|收费|加油|换流)站|钻井队|工程队|局|厂|矿)"
)
# A name is told from the sentence around it by words that no name holds.
_NO_NAME = re.compile(
    r"[的在是与将已把被让和对从向为于由到给及各其该本全以据赴年等]|工会|职工|员工|企业|党委|支部|开展|组织|举办|推[行动进]|实[行施]|建[立设成]|设立"
    r"|成立|打造|启动|下属|所属|负责|领导|有限|获批|考虑|送上|送去|采购|派往|女士|先生|出任|^公司|^集团|公司."
    r"|[省市县区](?!供电|地铁|燃气|水务|公交)[\u3400-\u9fff]{0,8}局"
)
# 某某公司甲州局: the unit right behind its firm.
_UNIT_OF_FIRM = re.compile(rf"{_FIRM}(?=({_HAN}{{1,9}}?{_UNIT}){_ENDS})")
_FULL = re.compile(r"(?:股份|控股)?有限(?:责任)?公司|集团|(?<![子母分])公司|(煤矿|(?<![设建工进办])厂|医院|研究院)")
_LONGEST, _WORDS = 20, re.compile(rf"{_HAN}{{2,}}$")
# A public body of the same kind may be meant by 该局.
_BUREAU = re.compile(r"[省市区县][\u3400-\u9fff]{0,8}局")
# Somebody says how it will be called.
_CALLED = re.compile(
    rf"{_HAN}{{2,24}}?(?:{_FIRM}|{_UNIT})[(（](?:以下|下)?简?称(?:为|作)?[:：]?[\"“「]?({_HAN}{{2,10}})[\"”」]?[)）]"
)
_ORDINAL = re.compile("第([一二三四五六七八九十0-9]+)")
_NUMERALS = "零一二三四五六七八九十"
_LOCAL_TRADE = re.compile(
    "供电|供水|电力|燃气|烟草|邮政|石油|公交|公共|交通|热力|水务|移动|联通|电信|人寿|城[投建]|农商"
)
_GOVERNED = "省市县区州盟旗镇乡"
# A name stands where a word can begin, or right behind the firm that it belongs to.
_BEGINS = r"(?:(?<![\u3400-\u9fff])|(?<=[的在由对与和及是为让给])|(?<=公司|集团|电网|油田|银行))"
# What stands for a name: somebody who is known as an employer, of the same length.
_STANDS_FOR = "公司"
_SHORTEST, _COINED = 2, 2


@dataclass(frozen=True, slots=True)
class Employers:
    """The short names of employers that a document introduces; without any, texts are left as they are."""

    names: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None

    def marked(self, form: str) -> str:
        """A search form of the same length in which 公司 stands for each short name, so that all who look for one find it."""
        if self.pattern is None:
            return form
        return self.pattern.sub(lambda found: _STANDS_FOR.rjust(len(found[0]), "某"), form)


def employers_in(form: str, around: Sequence[str] = ()) -> Employers:
    """The employers that a search form introduces by their full names, under the names that it may call them later.

    `around` are the places that its document is about, by which short names of places are known.
    """
    names = {
        name for name in _short_names(form, around) if len(name) >= _SHORTEST and not _is_place(name, form, around)
    }
    if not names:
        return Employers()
    ordered = tuple(sorted(names, key=lambda name: (-len(name), name)))
    return Employers(ordered, re.compile(f"{_BEGINS}(?>{'|'.join(map(re.escape, ordered))}){_ENDS}"))


def _short_names(form: str, around: Sequence[str]) -> Iterator[str]:
    if "称" in form:
        yield from (found[1] for found in _CALLED.finditer(form))
    for unit in {found[1] for found in _UNIT_OF_FIRM.finditer(form)}:
        if not _NO_NAME.search(unit):
            yield from _of_unit(unit, around)
            if unit[-1] != "局" or not _BUREAU.search(form):
                yield "该" + unit[-1]
    for full, kind in set(_fulls(form)):
        yield from _of_firm(full, kind, around)


def _fulls(form: str) -> Iterator[tuple[str, str]]:
    """What stands before the last word of each full name, and that word where it is no 公司."""
    for found in _FULL.finditer(form):
        words = _WORDS.search(form[max(0, found.start() - _LONGEST) : found.start()])
        if words is not None:
            yield _NO_NAME.split(words[0])[-1], (found[1] or "")[-1:]


def _is_place(name: str, form: str, around: Sequence[str]) -> bool:
    """Whether a name is that of a town too, as the text or the gazetteer has it."""
    if any(name + kind in form for kind in _GOVERNED):
        return True
    return any(one.end - one.start == len(name) for one in find_places(name, around))


def _of_unit(unit: str, around: Sequence[str]) -> Iterator[str]:
    """甲州局 as it stands, 甲州局 of 甲州输电局, and 二厂 of 第二炼油厂."""
    yield unit
    place = next((one for one in find_places(unit, around) if one.start == 0), None)
    if place is not None:
        yield unit[: place.end] + unit[-1]
    yield from _numbered(unit, unit[-1])


def _numbered(name: str, kind: str) -> Iterator[str]:
    ordinal = _ORDINAL.match(name)
    if ordinal is not None:
        # The search form writes numbers in figures, but leaves 三院 as it is.
        number = ordinal[1]
        short = (_NUMERALS[int(number)] if number.isascii() and int(number) < len(_NUMERALS) else number) + kind
        yield from (short, f"市{short}")


def _of_firm(full: str, kind: str, around: Sequence[str]) -> Iterator[str]:
    """What is an employer's own in its name, with and without the place before it, where it is no word of the language.

    The characters that no dictionary holds are the name itself, and what follows tells its trade: 立铠 and 立铠精密. Of a
    factory, a mine or a hospital, `kind` is what it is called in short: 张楼矿 of 张楼煤矿, 三院 of 第三人民医院.
    """
    place = next(reversed(find_places(full, around)), None)
    own = full[place.end if place else 0 :].lstrip(_GOVERNED)
    if kind:
        yield from _numbered(own, kind)
        if place:
            yield full[place.start : place.end] + kind
    words = _words(own)
    coined = next((count for count, word in enumerate(words) if len(word) > 1 or word.isascii()), len(words))
    if coined < _COINED or _ORDINAL.match(own):
        return
    # What a local branch is called first is its town: 某镇 of 某镇供电.
    is_branch = _LOCAL_TRADE.match("".join(words[coined:])) is not None
    for count in range(coined + is_branch, len(words) + 1):
        name = "".join(words[:count])
        yield from (name, name + kind)
        if place:
            yield full[place.start : place.end] + name


def _words(text: str) -> list[str]:
    import rjieba

    # By the dictionary alone: its model of unknown words would make words of names.
    return list(rjieba.cut(text, False))
