"""What somebody asks to get or to be allowed himself: an answer must speak of that very thing, and not only stand near it."""

from __future__ import annotations

import re

from index.normalise import search_form
from rag.lexicon import mouth_words, plain_speech
from rag.phrases import phrases_in
from rag.types import Question

# 能落户吗, 给不给涨工资, 有租房补贴没, 工会管不管带娃: the thing is what stands between the asking and its end.
_ASKS_FOR = re.compile(
    r"(?:能不能|可不可以|能否|可否|给不给|管不管|有没有|让不让|能|可以|给|管|有|让)(?P<thing>[^，。？；!]{2,10}?)"
    r"(?:吗|么|嘛|没有|没得|没|不|呗)?[？?！!。]*$"
)
# Whether something is so, or whether somebody was there, is asked of no thing for oneself.
_OF_OTHERS = re.compile(r"是不是|是否|还是|只|多|几|哪|谁|什么|啥|怎|咋|如何|[0-9]")
_CLAUSE = re.compile(r"[^，,。；;！!？?\n]+[？?]*")

_BENEFIT = r"(?:好处|甜头|优待|实惠|福利|待遇|优惠|奖励|照顾|便利)"
_ASKS_BENEFIT = re.compile(
    rf"(?:有|享受?|给|得到?|拿到?)(?:到|着)?(?:些|点)?(?:啥|什么|哪些|多少)(?:样的?)?{_BENEFIT}|{_BENEFIT}(?:有|是)(?:啥|什么|哪些)"
)
# Of a thing 「有啥用」 asks what it does, of a rank what it brings.
_ASKS_USE = re.compile(r"有(?:啥|什么)用处?(?:[？?！!。]|$)")
_BENEFITS = re.compile(
    r"补|奖|津贴|免|优|待遇|疗养|休养|体检|休假|享|优先|晋升|加薪|薪|工资|落户|积分|住房|公寓|贷款|保障|保险|慰问|服务|礼遇|荣誉|表彰|发给|发放"
    r"|可以|可[获得按在]|减|报销|机会"
)
_SENTENCE = re.compile(r"[^。！？!?\n]+")
# Whoever asks what good it does to join asks of members.
_JOINS = re.compile(r"[入进加]工?会|加入工会|会员")
_MEMBERS = re.compile(r"入会|加入工会|会员|职工")
# Who gets something, where somebody asks what he would get as one.
_RANKS = re.compile(r"(?:高级|特级|首席)?技师|[初中高]级工|工匠|劳模|状元|能手|标兵|班组长|学徒")

# What a matter of somebody's sort of worker must speak of, where he asks whether his sort may or gets something.
_SORTS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked), re.compile(said))
    for asked, said in (
        (r"派遣[工员的]|劳务工", r"派遣|劳务"),
        (r"农民工|外来工|进城打工", r"农民工|务工|进城"),
        (r"小时工|钟点工|临时工|零工", r"非全日制|零工|灵活就业|临时|小时工|钟点"),
        (r"外卖|骑手|快递员|网约车", r"外卖|骑手|快递|网约|新就业形态|新业态"),
        (r"女工|女职工", r"女"),
        (r"退休", r"退休|离退"),
        (r"实习生|见习生", r"实习|见习"),
    )
)
_OF_A_SORT = re.compile(
    r"(?P<who>[^，。？；!]{2,14}?)(?:能不能|可不可以|能否|能|可以|可|有没有|有|享受|算不算|算)[^，。？；!]{2,12}(?:吗|么|嘛|没有|没|不)[？?！!。]*$"
)
# What one gets is paid to somebody: a sum that a firm saves or sets aside is no pay.
_ASKS_PAY = re.compile(r"(?:能|可以?|会|一[个次月年]\w{0,2})(?:拿|领|得|挣|赚)(?:到|了)?(?:多少|几[百千万块])钱?")
_PAID = re.compile(r"奖|补|津贴|工资|薪|收入|报酬|给|发|领|得|资助|享受|待遇|每")
# Words of work and of a worker's life in it; what asks of these is never beside the field.
_WORK = re.compile(
    r"工会|入会|派遣工|劳务工|工人|职工|员工|厂|车间|工地|上班|打工|干活|师傅|徒弟|学徒|培训|考证|技能|技术|手艺|技师|[电焊钳铣叉钻](?:工|车)|夜校|补贴|津贴|工资"
    r"|加薪|社保|医保|公积金|加班|宿舍|食堂|女工|劳模|工匠|会费|就业|找活|招工|失业|退休|劳动|合同|老板|证书|职称|学历|大专"
)

_LEARNS = re.compile(
    r"考(?!勤|核|虑|察)|培训|学(?=手艺|技术|技能|电工|焊工|叉车|个|门|费|完|出)|上课|报班|念|读(?=书|大专|本科|技校|个)"
)
_ASKS_PAYMENT = re.compile(
    r"报销|掏钱|出钱|[给发领拿补报][^，。？；]{0,4}(?:多少|几[百千万块]|钱|补贴|补助|奖励)|(?:补贴|补助|奖励)(?:多少|吗|没|不)|有(?:没有)?(?:补贴|补助|奖励)"
)
_LEARNING = re.compile(r"考|学|训|证|认定|鉴定|取得|获得|评|晋|读|升|班|报销|费|等级|奖")


def without_the_thing(question: Question, known: str) -> bool:
    """Whether a question asks if one gets or may do something, and what is known of the answer never speaks of it."""
    things = _things(search_form(question.asked or question.standalone))
    said = search_form(known)
    return bool(things) and not any(
        word in said
        for thing in things
        for word in (thing, *plain_speech().get(thing, ()), *mouth_words().get(thing, ()))
    )


def of_another_sort(question: Question, known: str) -> bool:
    """Whether a sort of workers asks if it may or gets something, and what is known of the answer never speaks of them."""
    clauses = _CLAUSE.findall(search_form(question.asked or question.standalone))
    found = _OF_A_SORT.search(clauses[-1].strip()) if clauses else None
    if found is None or _OF_OTHERS.search(clauses[-1]):
        return False
    return any(sort.search(found["who"]) and not said.search(search_form(known)) for sort, said in _SORTS)


def without_pay(question: Question, told: str) -> bool:
    """Whether what one can get is asked for, and what is told is paid to nobody."""
    asked = search_form(question.asked or question.standalone)
    return bool(_ASKS_PAY.search(asked)) and not _PAID.search(search_form(told))


def speaks_of_work(question: Question) -> bool:
    """Whether a question is of work at all, so that it is not called beside the field."""
    return bool(_WORK.search(question.search))


def without_benefit(question: Question, told: str) -> bool:
    """Whether what good something does one is asked, and no sentence that is told names any, or only for somebody else."""
    asked = search_form(question.asked or question.standalone)
    ranks = set(_RANKS.findall(asked))
    if not (_ASKS_BENEFIT.search(asked) or (ranks and _ASKS_USE.search(asked))):
        return False
    return not any(
        _BENEFITS.search(sentence)
        and (not ranks or any(rank in sentence for rank in ranks))
        and (not _JOINS.search(asked) or _MEMBERS.search(sentence))
        for sentence in _SENTENCE.findall(search_form(told))
    )


def without_learning(question: Question, known: str) -> bool:
    """Whether money for learning or an examination is asked for, and what is known of the answer speaks of none."""
    asked = search_form(question.asked or question.standalone)
    asks = bool(_LEARNS.search(asked)) and bool(_ASKS_PAYMENT.search(asked))
    return asks and not _LEARNING.search(search_form(known))


def _things(asked: str) -> list[str]:
    """The plain words for what is asked for in the last clause, longer than one character; [] where it asks for none."""
    clauses = _CLAUSE.findall(asked)
    found = _ASKS_FOR.search(clauses[-1].strip()) if clauses else None
    if found is None or _OF_OTHERS.search(clauses[-1]):
        return []
    return [*phrases_in(found["thing"]), *phrases_in(found["thing"], mouth_words)]
