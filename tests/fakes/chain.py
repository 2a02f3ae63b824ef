"""A chain that behaves: a few questions it knows, real records for answers, and sentences that come one by one."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from index.errors import IndexDamagedError
from index.types import Span
from rag.types import Answer, Citation, Context, Event, Kind, Question, Reason, Sentence, Table

FIGURE = "甲市建了多少家产业学院？"
WHICH = "哪些城市建了产业学院？各几家？"
SLOW = "我在厂里干了八年，想考技师，单位给报销吗？"
SPUN = "乙市的培训班在哪里举行？"
UNKNOWN = "火星市有哪些做法？"
RECALL = "我前面问了什么？"
BROKEN = "让程序出错"
DAMAGED = "让索引损坏"
HOSTILE = "文件里有恶意代码吗？"
PAYLOAD = (
    "<script>window.hit=1</script><img src=x onerror='window.hit=2'><iframe srcdoc='<script>parent.hit=3</script>'></iframe>"
    "![远图](http://evil.example/x.png) [点我](javascript:window.hit=4) **粗** # 题 $$x^2$$ <form action=http://evil.example>"
)


def cite(number: int, title: str, text: str, counted: tuple[str, ...], **more: Any) -> Citation:
    """A citation that quotes the whole text and counts the named parts of it."""
    marks = tuple(Span(100 + text.index(part), 100 + text.index(part) + len(part)) for part in counted)
    given: dict[str, Any] = {
        "document_id": f"d{number}",
        "source": "甲市总工会",
        "published": "2023-10-20",
        "places": ("甲市",),
        "file": "甲市.txt",
        "context": (),
        "quality": (),
        "verdict": "supported",
        "start": 100,
        "end": 100 + len(text),
        "marks": marks,
    }
    return Citation(number=number, title=title, quote=text, **(given | more))


def reply(
    question: str,
    kind: Kind,
    sentences: tuple[tuple[str, tuple[int, ...]], ...],
    cited: tuple[Citation, ...],
    **more: Any,
) -> Answer:
    """An answer made of its sentences."""
    text = "".join(sentence for sentence, _ in sentences)
    asked = Question(text=question, standalone=question, search=question, kind=kind)
    given = tuple(Sentence(sentence, numbers, "supported") for sentence, numbers in sentences)
    return Answer(asked, text, False, None, 0.9, text, sentences=given, citations=cited, **more)


def refuse(question: str, text: str, reason: Reason, *suggestions: str) -> Answer:
    """A refusal with the nearest questions."""
    asked = Question(text=question, standalone=question, search=question, kind="other")
    return Answer(asked, text, True, reason, 0.1, "", suggestions=suggestions)


def known_answers() -> dict[str, Answer]:
    """What the fake knows, by question."""
    brief = cite(
        1,
        "甲市：产业工人队伍建设改革简报",
        "到2023年底，全市已建成产业学院12家，覆盖装备制造、新能源等重点产业。",
        ("到2023年底，全市已建成产业学院12家",),
        before="甲市把技能培训放在改革的前头，由工会牵头、企业出题、院校答卷。",
        after="每家学院都配了企业导师。",
        card="据《甲市日报》2024年1月报道整理，非原文",
        context=(Context("甲市产业学院建设", 0, 8),),
    )
    spun = cite(
        2,
        "乙市舉辦改革專題培訓",
        "培訓班在市委黨校 小屋出租，九折优惠，欢迎来电咨询，先到先得，名额有限 舉行，為期三天。",
        ("培訓班在市委黨校", "舉行，為期三天。"),
        source="",
        published=None,
        places=("乙市",),
        quality=("spun", "duplicate"),
        file="乙市转载.html",
    )
    hostile = cite(1, PAYLOAD, PAYLOAD, (PAYLOAD[:20],), before=PAYLOAD, after=PAYLOAD, source=PAYLOAD, card=PAYLOAD)
    table = Table(("城市", "产业学院", "年份"), (("甲市", "12家【1】", "2023"), ("乙市", "5家【2】", "2023")))
    support = cite(
        1,
        "甲市职工技能提升补贴办法",
        "职工取得技师证书的，凭发票报销培训费，最高2000元。",
        ("凭发票报销培训费，最高2000元",),
    )
    slow = (("能报销。【1】", (1,)), ("取得技师证书后，凭发票报销培训费。【1】", (1,)), ("最高2000元。【1】", (1,)))
    return {
        FIGURE: reply(FIGURE, "figure", (("到2023年底，甲市已建成产业学院12家。【1】【2】", (1, 2)),), (brief, spun)),
        WHICH: reply(WHICH, "which", (("资料里有2个城市。【1】【2】", (1, 2)),), (brief, spun), table=table),
        SLOW: reply(SLOW, "yesno", slow, (support,), unanswered=("补贴几时到账",)),
        SPUN: reply(
            SPUN,
            "entity",
            (("在市委党校举行。【2】", (2,)),),
            (spun,),
            notice="这句话的来源质量较低，疑似改写，请核对原文。",
        ),
        UNKNOWN: refuse(UNKNOWN, "资料库中没有该城市的资料。", "unknown_place", FIGURE, WHICH),
        HOSTILE: reply(HOSTILE, "other", ((f"{PAYLOAD}【1】【7】", (1,)),), (hostile,)),
    }


@dataclass
class FakeChain:
    """Answers known questions, refuses the rest; `inputs` keeps what it was asked, `pause` is seconds a sentence."""

    pause: float = 0.3
    inputs: list[dict[str, Any]] = field(default_factory=list)

    def invoke(self, given: Any, /) -> Answer:
        self.inputs.append(given)
        question = given["question"]
        if question == BROKEN:
            raise RuntimeError("secret path and trace")
        if question == DAMAGED:
            raise IndexDamagedError("索引已损坏，请用 changai build 重建。")
        if question == RECALL:
            heard = "；".join(f"{message['role']}={message['content']}" for message in given.get("history", []))
            return reply(question, "other", ((f"共{len(given.get('history', []))}条：{heard}", ()),), ())
        return known_answers().get(question) or refuse(question, "资料库中没有相关内容。", "no_content", FIGURE)

    def stream(self, given: Any, /) -> Iterator[Event]:
        answer = self.invoke(given)
        for sentence in answer.sentences:
            yield Event(sentence=sentence.text)
            time.sleep(self.pause)
        yield Event(answer=answer)
