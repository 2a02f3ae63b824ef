"""The item of a document's own list that a question counts to is told first and whole; a shorter list is refused."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from rag.chain import make_chain
from rag.enumerated import enumerated
from rag.question import understand
from rag.retriever import passages
from rag.terms import weigh

PLAN = (
    "远航机床厂近日发布技师培养方案。方案提出四项措施：一是办好夜校，车间出教室；二是师徒结对，每名技师带三名学徒；"
    "三是比武练兵，每季度一场；四是津贴上浮，高级技师每月加八百元。厂长说，缺人的难题也有两个方面：一是老师傅退休快；二是年轻人不愿来。"
)
TRIP = (
    "海风社区组织职工子女红色研学。孩子们第一站乘车前往造船厂，看了船坞。第二站，孩子们来到灯塔博物馆，听老水手讲航海。"
    "活动在傍晚结束。"
)
HEADED = (
    "青松矿业谈安全生产培训的三种方式。\n一是班前十分钟。班长每天讲一个案例。\n二是师傅带教。新工人跟班三个月才能独立上岗。\n"
    "三是仿真演练。每月在模拟巷道里走一遍逃生路线。\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [
        made_document(PLAN, name="方案"),
        made_document(TRIP, name="研学"),
        made_document(HEADED, name="矿业"),
        made_document("白杨纺织厂开展了一场技能比赛，八十名挡车工参加。", name="比赛"),
    ]
    with made_library(tmp_path_factory.mktemp("lists") / "index", documents) as made:
        yield made


def told(library: Library, text: str) -> str | None:
    question = understand(text, rarity=library)
    item = enumerated(question, weigh(question, library), passages(library, question, 10), library)
    return None if item is None else "".join(each.text for each in item.told)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("远航机床厂技师培养方案第二条措施是什么？", "二是师徒结对，每名技师带三名学徒；"),
        ("远航机床厂技师培养方案最后一项措施是什么？", "四是津贴上浮，高级技师每月加八百元。"),
        ("远航机床厂缺人的难题第二个方面是什么？", "二是年轻人不愿来。"),
        ("海风社区红色研学第二站去哪？", "第二站，孩子们来到灯塔博物馆，听老水手讲航海。"),
        ("青松矿业安全生产培训第二种方式具体怎么做？", "二是师傅带教。新工人跟班三个月才能独立上岗。"),
    ],
)
def test_the_item_is_found_by_its_number(library: Library, question: str, expected: str) -> None:
    assert (told(library, question) or "").startswith(expected)


def test_a_number_beyond_the_end_of_the_list_has_no_item(library: Library) -> None:
    assert told(library, "远航机床厂技师培养方案第七条措施是什么？") == ""
    answer = make_chain(library).invoke({"question": "远航机床厂技师培养方案第七条措施是什么？"})
    assert answer.refused and not answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "远航机床厂技师培养方案有哪些措施？",
        "远航机床厂培养方案九大措施第二条是什么？",
        "海风社区红色研学第三讲是什么？",
        "白杨纺织厂是第二个办技能比赛的厂吗？",
    ],
)
def test_a_question_that_counts_in_no_such_list_is_read_as_ever(library: Library, question: str) -> None:
    assert told(library, question) is None


def test_the_item_is_told_with_its_citation(library: Library) -> None:
    history = [
        {"role": "user", "content": "远航机床厂技师培养方案第二条措施是什么？"},
        {"role": "assistant", "content": "师徒结对。"},
    ]
    answer = make_chain(library).invoke({"question": "第三条呢？", "history": history})
    assert answer.text.startswith("三是比武练兵") and answer.citations[0].quote.startswith("三是比武练兵")
