"""Names in a question that look like places and that the gazetteer does not hold: 火星市, 某某县."""

from __future__ import annotations

import re

from index.normalise import normalise
from index.places.gazetteer import names
from index.places.mentions import find_places

# 市级, 市长 and 市场 speak of a rank, a person or a thing, after whatever stands before them; 省了, 省钱 speak of saving.
_LIKE_A_PLACE = re.compile(
    r"([\u3400-\u9fff]{1,12}?)(自治州|自治县|[市县区]|省(?![了下钱电力时心事]))(?![场民值面价井容政域别分间块位城份级长])"
)
# What cannot stand in a place's name: the name begins after the last of these.
_BEFORE_A_NAME = re.compile(
    r".*(?:[的在是和与及或问请了着过有到从对于把被为哪那这我你您他们吗呢查看说讲比跟给让想按以向由将往去来另除就只都也还能会应些]"
    r"|[几每多两0-9][个家位所座条项名场次届]|介绍|关于|了解|知道|推动|作为|其中|按照|位于|属于|对比|比较|请教|什么|多少|今年|去年|年|月|日|工会|例如|比如)"
)
_STEMS = """
全 本 该 各 城 都 超 股 上 门 夜 集 楼 入 早 菜 地 县 省 市 区 几 某个 每个 哪个 几个 一个 两个 个 多个 设区 直辖 地级
县级 副省级 试点 示范 中心 省会 计划单列 沿海 所在 外 节 郡 百强 贫困 园 社 小 景 校 片 厂 矿 辖 山 老 特 新 开发 高新
经开 高新技术开发 经济开发 经济技术开发 工业园 产业园 保税 自贸 自由贸易试验 试验 实验 功能 工业 灾 郊 战 牧 林 库 港 专
展 街 商业 东 西 南 北 自治 行政 市县 县市 地市 省市 服务 生活 办公 生产 风景 风景名胜 保护 自然保护 综合保税 出口加工 合作
革命老 集中 重点 不同 分 大湾 海 群 二手 人才 同 兄弟 周边 其他 其它 外地 本地 邻 先进 东部 西部 中部 南方 北方 大 中
产改试点 改革试点 全国
"""
_PLAIN = frozenset(_STEMS.split())
# A stem that ends in one of these is a plain phrase: 沿海城市, 工业园区.
_STEM_ENDINGS = (
    "城 都 超 园 社 小 景 校 片 厂 辖 新 开发 高新 经开 试验 示范 实验 功能 工业 自治 老 地 个 "
    "上 湾 教 赛 专 洪 住宅 居民 运输 部分 乡 付费 撤 全 级 服务 商务 休息 休闲 凉 度假 种植 养殖 产业 加工 物流 生态 股 子"
    " 夜 企业 单位 公司 机构 百强 发达"
)
_ENDINGS = tuple(_STEM_ENDINGS.split())
# A measure word whose number is written in digits stands before what it counts, not in a name.
_COUNTED = re.compile(r"^[个项条](?=..)")
# Tags of words that may be the name of a place themselves.
_NAMES = frozenset({"ns", "nr", "nz", "nt", "nrt", "x"})
_DEEDS = frozenset({"v", "vn", "a", "an", "l"})
_PLACEHOLDERS = frozenset("甲乙丙丁戊己庚辛壬癸某")


def unknown_places(text: str) -> list[str]:
    """The place-like names of a question that the gazetteer does not hold, in the search form, each once.

    全市, 城市, 园区, 超市, 哪个市 and their like are no names.
    """
    form = normalise(text).text
    covered = bytearray(len(form) + 1)
    inside: frozenset[int] | None = None
    for mention in find_places(form):
        covered[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
    found = []
    at = 0
    while match := _LIKE_A_PLACE.search(form, at):
        at = match.end()
        end = match.end()
        if covered[match.start(2)]:
            continue
        start = match.start()
        last_known = covered.rfind(b"\x01", start, end)
        start = max(start, last_known + 1)
        stem = form[start : match.start(2)]
        if boundary := _BEFORE_A_NAME.match(stem):
            stem = stem[boundary.end() :]
        stem = _COUNTED.sub("", stem)
        if not _is_name(stem, match[2]):
            continue
        inside = _plain_ends(form) if inside is None else inside
        if match.start(2) not in inside:
            found.append(stem + match[2])
    return list(dict.fromkeys(found))


def _plain_ends(form: str) -> frozenset[int]:
    """Where signs stand that end no place: in a word (夜市, 作业区), or behind one that says what is done or how (参加省, 阅读区)."""
    import rjieba

    found: set[int] = set()
    at = 0
    for word, tag in rjieba.tag(form):
        end = at + len(word)
        if len(word) > 1 and tag not in _NAMES and rjieba.has_word(word):
            found.update(range(at, end))
            if tag in _DEEDS or (tag == "n" and form[end : end + 1] == "区"):
                found.add(end)
        at = end
    return frozenset(found)


def _is_name(stem: str, suffix: str) -> bool:
    if stem in _PLAIN or _is_known(stem + suffix):
        return False
    if len(stem) == 1:
        return stem in _PLACEHOLDERS
    # A longer stem is a phrase (高质量发展示范区).
    return 2 <= len(stem) <= 4 and not stem.endswith(_ENDINGS)


def _is_known(name: str) -> bool:
    return any(other.text == name for other in names().get(name[:2], ()))
