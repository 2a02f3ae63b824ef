"""Sentences from which a figure or a name was taken: 「聚集了余家企业」, 「占比达%」, 「xx市」."""

from __future__ import annotations

import re
from itertools import product

from index.cleaning.bounds import Sentences
from index.cleaning.signs import Gate, signed
from index.cleaning.simple import well_formed
from index.types import Span

_NUMERAL = "0-9０-９一二三四五六七八九十百千万亿零〇两俩几半数廿卅多余整点.,，％%"
_COUNTED = (
    r"(?:家|名|人|个|项|万|亿|元|次|场|所|件|台|套|座|处|条|种|类|期|年|天|户|亩|公里|平方米|吨|人次|门|支"
    r"|份|位)"
)
_BODY = (
    r"(?:企业|单位|公司|工会|院校|学校|医院|机构|职工|工人|员工|选手|学员|代表|劳模|工匠|技能|技术|产业"
    r"|基地|工作室|书屋|驿站)"
)
_MASKS = "xXｘＸ×*＊○□■●▇█"
_MASK = f"[{_MASKS}]"
_PLACE = r"(?:市|县|区|省|镇|乡|村(?!级)|街道|自治[州县]|公司|集团|有限|工厂|学院|同志|师傅|先生|女士)"
_VERBS = "培训|培养|建成|建立|评选|选树|命名|表彰|新增|聚集|集聚|吸纳|共有|现有|拥有|创建|打造|组织|帮助|带动|覆盖|培育|评定|安置|慰问|服务"
_AMOUNTS = "达|达到|投入|补贴|奖励|每月|每年|每人|发放|拨付|资金|人均|工资|补助|收入"
_TALLIES = "了|达|到|超过|约|共|共计|累计|新增|投入|共有|拥有|覆盖"


def _pairs(*parts: str) -> str:
    """Every string made of one alternative of each part, as signs."""
    return " ".join("".join(pair) for pair in product(*(part.split("|") for part in parts)))


HOLES = Gate(
    (
        # 「余」 needs a number before it; 其余, 业余 and the like are words.
        signed(
            "数字被删",
            "余",
            (
                rf"(?<![{_NUMERAL}其业剩盈富多残空结冗课宽节之尚])(?<!\d\s)余{_COUNTED}(?!年来|生|音|地|下|波|光|震|热"
                r"|味)"
            ),
        ),
        # A per cent sign needs a figure; a mark such as x before it is a mask and a hole, too.
        signed("数字被删", "% ％ ‰", rf"(?<![{_NUMERAL}a-zA-WYZ\-\]）)\s+＋~～—≥≤<>=/成分])[%％‰](?![a-zA-Z0-9])"),
        signed(
            "数字被删",
            "% ％",
            (
                r"(?:达|达到|超过|突破|增长|下降|提高|降低|占|为|至|完成率|覆盖率|建会率"
                rf"|比例)\s{{0,2}}[{_MASKS}_]{{0,4}}[%％]"
            ),
        ),
        signed(
            "数字被删", _pairs(_TALLIES, "人次|平方米|公里|余"), rf"(?:{_TALLIES})(?:人次|平方米|公里|余(?=[，。、]))"
        ),
        signed("数字被删", _pairs(_AMOUNTS, "元"), rf"(?:{_AMOUNTS})元(?![旦素首气宵器件老月代朝明宇勋帅始])"),
        signed("数字被删", _pairs(_VERBS, "|了", "家|名|个"), rf"(?:{_VERBS})了?[家名个](?={_BODY})"),
        signed("数字被删", "等家 等名", rf"等[家名](?={_BODY})"),
        signed("数字被删", "第届 第批 第期 第位 第季", r"第(?:届|批|期|位|季度)(?![一-鿿]?[0-9一二三四五六七八九十])"),
        signed(
            "数字被删",
            "年以来 年月 自年 从年 到年",
            r"(?:^|(?<=[，。；：、（(])|(?<!\d\s)(?<=\s))年以来|(?:自|从|截至|到)年(?:以来|月|，)",
        ),
        signed(
            "数字被删", "年月", r"(?<![0-9０-９一二三四五六七八九十〇零\s])年月日?(?=[，。、起至底以召举正印发]|日)"
        ),
        signed(
            "名称被遮",
            " ".join(_MASKS),
            (
                rf"(?<![A-Za-z0-9一二三四五六七八九十]){_MASK}{{1,6}}(?={_PLACE})"
                rf"|(?<=[一-鿿])(?<![一二三四五六七八九十]){_MASK}{{2,6}}(?=[一-鿿，。、元%％])"
            ),
        ),
        signed(
            "数字被遮",
            " ".join(_MASKS),
            (
                rf"(?<=[一-鿿])(?<![一二三四五六七八九十]){_MASK}{{1,6}}(?=[余多]?[万亿]?(?:元|家|名|人次|个百分点|%"
                rf"|％))|(?<![A-Za-z])[xX×]{{2,6}}(?=[年月日])"
            ),
        ),
        signed("名称被遮", "**", r"(?<=[一-鿿])\*{2}(?=[说介表告，。、的是在来等和谈坦感])"),
        signed("名称被遮", "__ ＿＿", r"(?<=[一-鿿])[_＿]{2,}(?=[一-鿿])"),
        signed("名称被遮", "某某", r"某某(?=市|县|区|省|镇|乡|村|公司|集团|街道|学校|学院|同志)"),
        signed("名称被删", "《 “ 「", r"《\s{0,3}》|“\s{0,3}”|「\s{0,3}」"),
    )
)
# Ten thousand may stand alone (突破万人) and 名 ends many words, so these count only beside a sure hole.
WEAK = Gate(
    (
        signed(
            "数字被删",
            "万元 万人 万名 万户 万亩 亿元",
            r"(?:达|突破|超过|投资|价值|投入|资金|奖励|补贴|增收|节约|创造)(?:万|亿)[元人名户亩]",
        ),
        signed(
            "数字被删",
            "名",
            (
                rf"(?<![{_NUMERAL}每各首某这那该同知著有等提报署命姓点排实签冠前])名(?={_BODY}|选手|师傅|高级)"
                rf"|(?<=[，。；：])前名|(?<=的)名(?={_BODY})"
            ),
        ),
        signed("数字被删", "个 家", r"(?:会|所|室|站|中心|基地|学院|项目|队|班)[个家](?=[，。、；])"),
        signed(
            "数字被删",
            "人",
            r"(?:容纳|参加|培训|吸引|惠及|服务|安置|招收|培养|选派|共有|超过|达到?)人(?=[，。、；同以])",
        ),
    )
)
BOLD = re.compile(r"\*\*[^*\n]{1,200}\*\*")


def find_holes(text: str) -> list[Span]:
    """The sentences that are no longer whole, sorted and disjoint; they are text, but must not be quoted as if whole."""
    text = well_formed(text)
    # The stars of Markdown's bold type mask nothing; blanks of the same length keep the offsets.
    plain = BOLD.sub(lambda bold: "  " + bold[0][2:-2] + "  ", text) if "**" in text else text
    hits = list(HOLES.matches(plain))
    if not hits:
        return []
    hits.extend(WEAK.matches(plain))
    sentences = Sentences(text)
    return sorted({sentences.around(start, end) for start, end, _ in hits})
