"""What is looked at of clauses that name a measure, and of their document, to weigh whether they tell of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.measures.level import Subject
from index.measures.modality import Modality
from index.measures.taxonomy import GAP, NUMBER

BIAS = "bias"

_DOES = re.compile(
    r"举办|[开兴]办|办(?=[^法公事理案结件])|举行|开展|组织|建[立成设有]|设[立置有]|成立|打造|推出|启动|出台|印发|制定|发放|送[去上来]|发布|实施|投入|新增|命名|授予|评[选出]|"
    r"培[训养育]|覆盖|惠及|完成|拨付|安排|挂牌|揭牌|开设|提供|慰问|走访|上线|吸纳|达"
)
# What is said in a clause or a sentence, by kinds of words.
_SAID: Mapping[str, re.Pattern[str]] = {
    "does": _DOES,
    "gives": re.compile(r"发放|送[去上来到给]|赠送|捐赠|捐献|拨付|递上|送出|领取"),
    "builds": re.compile(r"建[立成设有]|设[立置有]|成立|打造|挂牌|揭牌|开设|投入使用|投用|启用|落成|搭建"),
    "holds": re.compile(r"举办|举行|开展|组织|启动|开班|开赛|落幕|开幕|闭幕|拉开|承办|主办"),
    "issues": re.compile(r"出台|印发|制定|发布|《"),
    "honours": re.compile(r"评选|命名|授予|表彰|获评|荣获|评为|选树|认定"),
    "urges": re.compile(r"要求|鼓励|推动|加强|做好|落实|提升|深化|推进|健全|完善|加大|引导|加快|支持|促进"),
    "hears": re.compile(r"表示|介绍|认为|了解到|说|告诉|强调|指出|希望|如果|听闻|感谢|体验|参加|参与|观看|来到|走进"),
    "country": re.compile(r"全国|国家|中华|各地|多地|我国|中国|部门?等"),
    "aim": re.compile(r"营造|弘扬|助力|促进|推动|提升|增强|为了|旨在|切实|努力|更好|贯彻|落实"),
    "ahead": re.compile(r"将|拟|计划|预计|下一步|接下来|今后|未来|力争|目标|继续|持续"),
    "done": re.compile(r"已|了|累计|截至|目前|共有|先后|去年|以来|成功"),
    "union": re.compile(r"工会"),
    "workers": re.compile(r"职工|工人|农民工|劳动者|员工|环卫|一线|工友|务工|劳模|工匠"),
    "riders": re.compile(r"骑手|快递|外卖|网约车|货车司机|卡车司机|新业态|新就业|小哥|送餐|司机"),
    "outdoors": re.compile(r"环卫|交警|保安|园林|建筑工|户外|城管|绿化|施工"),
    "pupils": re.compile(
        r"学生|大学|儿童|孩子|青少年|学校|师生|教师|小学|中学|学院|校园|毕业生|同学|家长|新生|未成年|少年"
    ),
    "people": re.compile(r"居民|村民|群众|老人|长者|银龄|残疾|妇女|老年|困境|游客|市民|家庭|农户|灾"),
    "uniforms": re.compile(r"消防|官兵|退役|军人|民警|辅警|交警|部队|老兵|军"),
    "healers": re.compile(r"医护|医生|医院|患者|医师|护士|义诊|医疗队"),
    "safety": re.compile(r"急救|救护|心肺复苏|防溺水|消防|应急|安全|反诈|诈骗|自救"),
    "skills": re.compile(r"技能|技术|工种|考证|证书|创业|就业|直播|电商|家政|手艺|实操"),
    "volunteers": re.compile(r"志愿|公益|爱心|慈善|捐"),
    "party": re.compile(r"党员|党支部|党建|党委|党组织|党群"),
    "firms": re.compile(r"企业|公司|集团|厂|项目|银行|园区|门店|药店|医院|支行|分行|工地"),
    "bodies": re.compile(
        r"总工会|人社|街道|社区|政府|[县区市]委|妇联|团委|共青团|协会|[局办厅](?![长面])|民政|残联|支队|大队"
    ),
    "courts": re.compile(r"法院|检察|仲裁|法律|律师|司法|纠纷|诉"),
}
# Who works and is served as such.
_WORK = re.compile(f"{_SAID['union'].pattern}|{_SAID['workers'].pattern}|{_SAID['riders'].pattern}|工资|薪")
# Which kinds are looked at in a title too.
_TOPICS = (
    "union",
    "workers",
    "riders",
    "pupils",
    "people",
    "uniforms",
    "healers",
    "party",
    "firms",
    "bodies",
    "courts",
)
_TOLD_OF = re.compile(r"^的|^(?:负责|领衔|成员|主任|导师|选手|工作人员|品牌|现场|活动中|内|里|前|门口)")
_LISTED = re.compile(r"^(?:[、和及与]|等)")
_LONG, _SHORT, _MANY = 40, 8, 3
_EARLY = 300


@dataclass(frozen=True, slots=True)
class Clause:
    """What is looked at of one clause: search forms, who acts, how it is meant, whether its place is named in it.

    `name` is the name of the measure as the clause has it, "" where only a heading does; `places` is how many places the
    sentence speaks of; `is_employers` says that an employer is the subject of its sentence, `is_places` that a bare place is.
    """

    form: str
    sentence: str
    name_start: int
    name_end: int
    own: Subject
    first: Subject
    leads: bool
    carried: Subject
    modality: Modality
    has_figure: bool
    names_place: bool
    sentence_names_place: bool
    start: int
    name: str = ""
    doubt: str = ""
    places: int = 1
    measures: int = 1
    is_spoken: bool = False
    is_quoted: bool = False
    is_employers: bool = False
    is_places: bool = False
    is_hint: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What is looked at of the document: its title, who acts in it, how many places it is about, the place and measure."""

    title_names: bool
    title: Subject
    lead: Subject
    public: int
    enterprises: int
    homes: int
    is_home: bool
    level: str
    measure: str
    names_workers: bool
    is_directive: bool
    size: int = 0
    measures: int = 1
    title_form: str = ""


def tells_deed(form: str) -> bool:
    """Whether a search form holds a word of doing, and so may tell a deed that a heading above it names."""
    return _DOES.search(form) is not None


def names_workers(form: str) -> bool:
    """Whether a search form speaks of those who work."""
    return _WORK.search(form) is not None


def features(clauses: Iterable[Clause], around: Around) -> dict[str, float]:
    """The features of all clauses by which a document tells of one measure of one place."""
    found = {BIAS: 1.0}
    told = list(clauses)
    for clause in told:
        for name in _of_clause(clause):
            found[name] = 1.0
        for name in _of_receivers(clause, around):
            found[name] = 1.0
            # Whom it is for counts for one measure and not for another: training is for residents too.
            found[f"{around.measure}: {name}"] = 1.0
    found["clauses"] = math.log1p(len(told))
    found["places"] = math.log(max(1, min(clause.places for clause in told)))
    found["named with"] = math.log(max(1, min(clause.measures for clause in told)))
    found["doc size"] = math.log1p(around.size / 500)
    found["doc measures"] = math.log1p(around.measures)
    found["share of enterprises"] = (1 + around.enterprises) / (2 + around.enterprises + around.public)
    found |= dict.fromkeys(_of_document(around), 1.0)
    return found


def _of_clause(clause: Clause) -> Iterator[str]:
    yield from _of_words(clause)
    yield f"modality={clause.modality}"
    yield f"own={clause.own or 'nobody'}"
    yield f"first={clause.first or 'nobody'}"
    if clause.leads:
        yield "leads"
    yield f"carried={clause.carried or 'nobody'}"
    yield f"named by {'pattern' if {GAP, NUMBER} & set(clause.name) else 'name' if clause.name else 'heading'}"
    yield f"doubt={clause.doubt}"
    yield f"name={clause.name}"
    if clause.is_quoted:
        yield "in quotes"
    if clause.is_spoken:
        yield "spoken"
    if clause.has_figure:
        yield "figure"
    if any(sign.isdecimal() for sign in clause.form):
        yield "number"
    yield f"place {'here' if clause.names_place else 'in sentence' if clause.sentence_names_place else 'elsewhere'}"
    if clause.start < _EARLY:
        yield "early"
    size = len(clause.form)
    yield f"size={'long' if size > _LONG else 'short' if size <= _SHORT else 'middle'}"
    if not clause.form[: clause.name_start].strip():
        yield "opens"


def _of_words(clause: Clause) -> Iterator[str]:
    """What stands before, behind and around the name of the measure."""
    before, behind = clause.form[: clause.name_start], clause.form[clause.name_end :]
    for where, form in (("before", before), ("behind", behind), ("in sentence", clause.sentence)):
        for kind in _kinds(form):
            yield f"{kind} {where}"
    if _TOLD_OF.search(behind):
        yield "told of"
    if _LISTED.search(behind) or before.endswith("、"):
        yield "in a list"


@lru_cache(maxsize=512)
def _kinds(form: str) -> tuple[str, ...]:
    """The kinds of words that a search form holds; those of a sentence are asked for with each of its clauses and places."""
    return tuple(kind for kind, pattern in _SAID.items() if pattern.search(form))


def _of_receivers(clause: Clause, around: Around) -> Iterator[str]:
    """Whom the deed is for: how near those who work are named, and who else is."""
    nearest = _nearest(clause, around)
    yield f"workers {nearest}"
    if nearest not in ("in name", "in clause"):
        yield f"{_audience(clause, around)} for"


def _nearest(clause: Clause, around: Around) -> str:
    """Where those who work are named nearest to a measure; its name may speak of them itself (职工书屋)."""
    if _WORK.search(clause.name):
        return "in name"
    where = {"in clause": clause.form, "in sentence": clause.sentence, "in title": around.title_form}
    near = next((place for place, form in where.items() if _WORK.search(form)), "")
    return near or ("in document" if around.names_workers else "nowhere")


def _audience(clause: Clause, around: Around) -> str:
    """Who else the clause, its sentence or the title speaks of, the first of those kinds that do."""
    for form in (clause.form, clause.sentence, around.title_form):
        for name in ("pupils", "uniforms", "healers", "people", "firms"):
            if _SAID[name].search(form):
                return name
    return "nobody"


def _of_document(around: Around) -> Iterator[str]:
    yield f"title names={around.title_names}"
    yield f"title={around.title or 'nobody'}"
    yield f"lead={around.lead or 'nobody'}"
    yield f"public={min(around.public, _MANY)}"
    yield f"enterprises={min(around.enterprises, _MANY)}"
    yield f"more={'public' if around.public > around.enterprises else 'enterprises'}"
    yield f"homes={min(around.homes, 2)}"
    yield f"is home={around.is_home}"
    yield f"level={around.level}"
    yield f"measure={around.measure}"
    for name in _TOPICS:
        if _SAID[name].search(around.title_form):
            yield f"{name} in title"
    if around.is_directive:
        yield "directive"
