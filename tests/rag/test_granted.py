"""Who gets how much: the receiver of a question, and the sums that a sentence tells of that receiver and no other."""

from collections.abc import Iterator

import pytest
from fakes.library import made_document, made_library

from index.library import Library
from index.normalise import search_form
from rag.chain import AnswerChain, make_chain
from rag.granted import granted
from rag.question import understand

DOCUMENTS = [
    made_document("无锡市评出锡城工匠12名，每名奖励6万元。", "无锡市"),
    made_document("扬州市对获评的扬城工匠，一次性给予2万元。", "扬州市"),
    made_document("泰州市给工匠孵化基地补助9万元。", "泰州市"),
    made_document("徐州市设立总额3亿元的工匠培育基金，奖励先进。", "徐州市"),
    made_document("蚌埠市拿出800万元，补贴企业培训工匠。", "蚌埠市"),
    made_document("芜湖市给每个创新工作室补助4万元。", "芜湖市"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with made_library(tmp_path_factory.mktemp("granted") / "index", DOCUMENTS) as opened:
        yield opened


@pytest.fixture(scope="module")
def chain(library: Library) -> AnswerChain:
    return make_chain(library)


@pytest.mark.parametrize(
    ("question", "receiver"),
    [
        ("哪些城市给工匠发奖金？", "工匠"),
        ("哪里当工匠奖的钱最多？", "工匠"),
        ("哪些地方补贴学徒？", "学徒"),
        ("哪些地方有工匠学院？", ""),
        ("哪些地方奖励职工？", ""),
    ],
)
def test_a_grant_has_a_receiver(question: str, receiver: str) -> None:
    asked = granted(understand(question))
    assert (asked.receiver if asked else "") == receiver


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("每名工匠奖励6万元。", ("6万", "元")),
        ("评出工匠12名，每人奖励5000元。", ("5000", "元")),
        ("对评上工匠的给予奖励。", ("", "")),
        ("给工匠孵化基地补助9万元。", None),
        ("工匠工作室得到补助9万元。", None),
        ("评出工匠12名，并给每个联盟补助8万元。", None),
        ("设立工匠基金，总额1亿元，奖励先进。", None),
    ],
)
def test_only_what_the_receiver_gets_is_told(text: str, told: tuple[str, str] | None) -> None:
    asked = granted(understand("哪些城市给工匠发奖金？"))
    assert asked is not None
    assert asked.told(search_form(text)) == told


def test_another_rung_is_another_receiver() -> None:
    asked = granted(understand("哪些地方给技师发津贴？"))
    assert asked is not None
    assert asked.told(search_form("首席技师每月津贴900元。")) is None
    assert asked.told(search_form("技师每月津贴300元。")) == ("300", "元")


def test_places_that_give_something_else_are_no_rows(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "哪些城市对工匠发奖金？"})
    assert answer.table is not None
    assert [row[0] for row in answer.table.rows] == ["无锡市", "扬州市"]


@pytest.mark.parametrize("question", ["哪个城市给工匠的奖金最高？", "哪里当工匠奖的钱最多？"])
def test_the_largest_grant_leads(chain: AnswerChain, question: str) -> None:
    assert "最多的是无锡市（6万元）" in chain.invoke({"question": question}).text


def test_the_bound_of_a_grant_is_kept(chain: AnswerChain) -> None:
    answer = chain.invoke({"question": "哪些城市给工匠的奖励超过5万元？"})
    assert answer.table is not None
    assert [row[0] for row in answer.table.rows] == ["无锡市"]
