"""The level that a document comes from or reports on: 中央, 省, 市, 县, 企业, or "" where no Chinese body speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.places.attribution import is_enterprise
from index.places.gazetteer import ancestors
from index.places.gazetteer import places as known_places
from index.places.letters import LETTERS
from index.places.mentions import mentions_in

_LEVELS = {"province": "省", "city": "市", "county": "县", "enterprise": "企业"}
_APART = frozenset({"台湾省", "香港特别行政区", "澳门特别行政区"})
_HEAD = 600

_CENTRAL = (
    r"(?:中华)?全国总工会|全总(?!数)|国务院|中共中央|党中央|习近平|李克强|李强|赵乐际|王沪宁|蔡奇|丁薛祥|李希|韩正|最高人民(?:法院|检察院)|全国(?:人大|政协|妇联)|团中央|中央(?:宣传|组织|政法|网信|人才|和国家机关)"
    r"|(?:人力资源(?:和)?社会保障|教育|工业和信息化|应急管理|交通运输|财政|民政|商务|科学技术|科技|农业农村|公安|司法|水利|文化和旅游|生态环境)部(?!门|分|署|队|落)"
    r"|人社部|工信部|国家(?:发展改革委|发改委|税务总局|统计局|卫生健康委|医保局|能源局|市场监管总局)|国资委党委|我国"
)
_CENTRAL_BODY = re.compile(_CENTRAL)
# A national meeting or a figure of the whole country in a title.
_NATIONWIDE = re.compile(
    rf"{_CENTRAL}|中华人民共和国|全国(?!劳动模范|劳模|文明|五一|先进|工人先锋号|百强|首[个家届]|最|[多各]地)|中国[\u3400-\u9fff]{{0,8}}大会"
)
_CENTRAL_NUMBER = re.compile(
    r"(?:国发|国办发|国函|国令|中发|中办发|厅字|总工发|总工办发|工发|人社部发|人社厅发|人社部函|财[建社教]|教职成|工信部|国资发|应急|发改)"
)
_NUMBER = re.compile(r"([\u3400-\u9fff]{2,12})[\[(〔【]?(?:19|20)\d\d")
_BODY = re.compile("总工会|工会|政府|人社|人力资源|办公[厅室]|委员会|[省市区县]委|[局厅]")
_ENTERPRISE = re.compile(r"(?:公司|集团|银行|车间|油田|电网|项目部|造船厂|钢厂|电厂|矿业|燃气|热力)")
_NO_ENTERPRISE = re.compile(
    "总工会|政府|[省市区县州]委|人大|政协|[省市县区](?:[\u3400-\u9fff]{0,6})局|商会|协会|股份?制"
)
_ABROAD = re.compile(
    "美国|美联储|美股|美媒|英国|法国|德国|意大利|西班牙|葡萄牙|希腊|荷兰|比利时|瑞[典士]|挪威|芬兰|丹麦|波兰|俄罗斯|乌克兰|土耳其|加拿大"
    "|墨西哥|巴西|阿根廷|智利|秘鲁|澳大利亚|新西兰|日本|韩国|朝鲜|印度|越南|泰国|缅甸|柬埔寨|新加坡|马来西亚|菲律宾|巴基斯坦|孟加拉|以色列"
    "|伊朗|伊拉克|埃及|南非|尼日利亚|欧盟|欧洲|好莱坞|伦敦|巴黎|纽约|首尔|东京"
)
# Local news that names no place still says whose it is.
_LOCAL = (
    (
        "县",
        re.compile(
            r"(?<![\u3400-\u9fff])[县区](?:总工会|委|政府|国资委|人大|政协|[\u3400-\u9fff]{1,4}局)|[全我该本][县区](?!别|域|分)"
        ),
    ),
    (
        "市",
        re.compile(
            r"(?<![\u3400-\u9fff])市(?:总工会|委|政府|国资委|人大|政协|[\u3400-\u9fff]{1,4}局)|[全我该本]市(?!场)"
        ),
    ),
    (
        "省",
        re.compile(
            r"(?<![\u3400-\u9fff])省(?:总工会|委|政府|国资委|人大|政协|[\u3400-\u9fff]{1,4}[厅局])|[全我该本]省(?!份)|自治区总工会"
        ),
    ),
    ("企业", re.compile(r"(?<![\u3400-\u9fff])(?:公司|集团)|[我本该](?:公司|集团|厂|行)")),
)


def document_level(title: str, source: str, text_head: str, places: Sequence[str], number: str = "") -> str:
    """Who issued a document or whom it reports on: 中央, 省, 市, 县, 企业, or "".

    The document number tells it, then a central body or an enterprise that leads the title, the body that the source names
    (unless the document reports on a narrower place), the places, and at last the bodies that the first lines name. A
    municipality under the central government is 省, a district of one 县. All texts are in search form; of the head the
    first 600 characters are read.
    """
    head = text_head[:_HEAD]
    return (
        _by_number(number, places)
        or _by_title(title)
        or _by_source(source, places)
        or _of_places(places)
        or _by_head(title, head, places)
    )


def _by_number(number: str, places: Sequence[str]) -> str:
    prefix = _NUMBER.match(number.strip())
    if prefix is None:
        return ""
    if _CENTRAL_NUMBER.match(prefix[1]):
        return "中央"
    if prefix[1][0] in LETTERS and LETTERS[prefix[1][0]] in known_places() and prefix[1][1] in "政府办工人委发财教科民":
        # 苏府 is the city of 苏州; its province writes 苏政.
        return (
            _of_places(places) if prefix[1].startswith("苏府") else _LEVELS[known_places()[LETTERS[prefix[1][0]]].level]
        )
    return _of_places(places)


def _by_source(source: str, places: Sequence[str]) -> str:
    if _CENTRAL_BODY.match(source):
        return "" if places else "中央"
    named = mentions_in(source) if _BODY.search(source) else []
    if not named or named[-1].is_incidental:
        return ""
    issuer = named[-1].full_name
    return "" if any(issuer in ancestors(place) for place in places) else _of_places([issuer])


def _by_title(title: str) -> str:
    lead = _NATIONWIDE.search(title)
    own = mentions_in(title)
    if lead is not None and (not own or lead.start() < own[0].start):
        return "中央"
    enterprise = _ENTERPRISE.search(title)
    named = [mention for mention in own if not mention.is_incidental and not is_enterprise(mention.full_name)]
    # 泰州姜堰：… is the place's own news, whatever company it goes on to name.
    if enterprise is None or _NO_ENTERPRISE.search(title) or _ABROAD.search(title):
        return ""
    return "" if named and named[0].start < enterprise.start() else "企业"


def _of_places(places: Sequence[str]) -> str:
    known = known_places()
    levels = [_LEVELS[known[place].level] for place in places if place in known and place not in _APART]
    return levels[0] if levels else ""


def _by_head(title: str, head: str, places: Sequence[str]) -> str:
    if _ABROAD.search(title) or len(_ABROAD.findall(head)) > 1:
        return ""
    if _CENTRAL_BODY.search(head[:200]):
        return "中央"
    if _APART.intersection(places):
        return ""
    counts = Counter({level: len(pattern.findall(head)) for level, pattern in _LOCAL})
    level, count = counts.most_common(1)[0]
    if count:
        return level
    return "中央" if _NATIONWIDE.search(head) else ""
