"""Places: what a text mentions, what a document and a passage are about, and what is no place at all."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise import search_form
from index.places import (
    ancestors,
    document_places,
    find_places,
    is_within,
    passage_places,
    places,
    province_of,
    unknown_places,
)
from index.places.gazetteer import guards, names


def mentioned(text: str) -> list[str]:
    return [mention.full_name for mention in find_places(text)]


def test_the_gazetteer_is_whole() -> None:
    known = places()
    levels = [place.level for place in known.values()]
    assert levels.count("province") == 34
    assert levels.count("city") >= 330
    assert levels.count("county") >= 2500
    assert all(place.parent is None or place.parent in known for place in known.values())
    assert all(len(ancestors(name)) <= 3 for name in known)


def test_every_place_can_be_found_by_a_name_in_the_search_form() -> None:
    findable = {
        bearer
        for group in names().values()
        for name in group
        if search_form(name.text) == name.text
        for bearer in name.bearers
    }
    assert set(places()) - findable == set()


def test_guards_are_for_names_that_exist() -> None:
    texts = {name.text for group in names().values() for name in group}
    assert set(guards()) - texts == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("广东东莞", ["广东省", "东莞市"]),
        ("甘肅省白銀市", ["甘肃省", "白银市"]),
        ("黑龍江哈爾濱", ["黑龙江省", "哈尔滨市"]),
        ("“白银样板”", ["白银市"]),
        ("马鞍山市", ["马鞍山市"]),
        ("盐城市大丰区", ["盐城市", "大丰区"]),
        ("盐城的大丰", ["盐城市", "大丰区"]),
        ("章丘市", ["章丘区"]),
        ("北京朝阳区和长春朝阳区", ["北京市", "北京市朝阳区", "长春市", "长春市朝阳区"]),
        ("南京鼓楼区", ["南京市", "南京市鼓楼区"]),
        ("徐州市与福州市都有鼓楼区", ["徐州市", "福州市", "福州市鼓楼区"]),
        ("南网劳模", ["中国南方电网公司"]),
        ("莱钢打造新模式", ["莱钢公司"]),
        ("中国中车探索体系", ["中国中车"]),
        ("江苏中车电机有限公司", ["江苏中车电机"]),
        ("三门峡市五台县", ["三门峡市", "五台县"]),
        ("乾县在咸阳", ["乾县", "咸阳市"]),
    ],
)
def test_mentions(text: str, expected: list[str]) -> None:
    assert mentioned(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "白银价格上涨", "上海合作组织", "大连接", "长治久安", "中山装", "孙中山", "朝阳区", "鼓楼区", "大丰收", "浙江大学",
        "南京路", "安徽日报", "聚焦作风", "美丽水乡", "安康文明", "全市城区", "途中车辆", "弘扬中华文化", "组织的关怀化作",
        "幸福清单", "大庆祝", "新乡村", "日照充足", "资金华丽", "绚丽江山", "东西南北", "黄河源头", "北京时间", "和平发展",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_places(text: str) -> None:
    assert mentioned(text) == []


def test_a_mention_points_at_the_text_as_it_stands() -> None:
    text = "在蚌 埠市與徐州市,產(chǎn)改"
    spans = [text[mention.start : mention.end] for mention in find_places(text)]
    assert spans == ["蚌 埠市", "徐州市"]


@given(st.text(alphabet=st.sampled_from("白银常州上海南通市县区省大丰盐城的在和，。 朝阳北京一三门峡")))
def test_mentions_are_in_order_and_never_overlap(text: str) -> None:
    found = find_places(text)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(mention.full_name in places() for mention in found)


def test_within() -> None:
    assert is_within("盐城市大丰区", "盐城市")
    assert is_within("大丰区", "盐城市")
    assert is_within("大丰区", "江苏省")
    assert is_within("常州市", "江苏省")
    assert is_within("常州", "江苏")
    assert is_within("北京市朝阳区", "北京市")
    assert is_within("甲市", "甲市")
    assert is_within("江苏中车电机", "盐城市")
    assert not is_within("江苏省", "常州市")
    assert not is_within("常州市", "盐城市")
    assert not is_within("甲市", "乙市")
    assert province_of("大丰区") == "江苏省"
    assert province_of("上海市") == "上海市"
    assert province_of("甲市") == province_of("中国中车") == ""


@given(st.sampled_from(sorted(places())))
def test_a_place_lies_in_itself_and_in_all_above_it(name: str) -> None:
    assert is_within(name, name)
    assert all(is_within(name, above) and not is_within(above, name) for above in ancestors(name))


def test_the_places_of_a_document() -> None:
    assert document_places("x", "y", "江苏省常州市") == ("常州市",)
    assert document_places("x", "y", "全国") == ()
    assert document_places("x", "y", "甲市") == ("甲市",)
    assert document_places("x", "y", "莱钢公司") == ("莱钢公司",)
    assert document_places("江苏常州高质量谱写产改新篇章", "近年来，常州市落实部署。") == ("常州市",)
    assert document_places("产改见闻", "盐城市推动产改。盐城市总工会认为，大丰区走在前面。") == ("盐城市",)
    assert document_places("江苏产改", "江苏省各市推进。苏州市、南京市、常州市各有做法。江苏省总工会部署。") == (
        "江苏省",
    )
    assert document_places("江苏：产改", "常州市推进。常州市总工会。常州企业。常州市人社局。") == ("常州市",)
    assert document_places("全国产改一年", "全国总工会牵头推进。上海市、广东省、黑龙江省各有行动。") == ()


def test_the_places_of_a_passage() -> None:
    assert passage_places(("盐城市",), "该市推进产改") == ("盐城市",)
    assert passage_places(("盐城市",), "在大丰还有很多") == ("盐城市", "大丰区")
    assert passage_places(("盐城市",), "江苏今达纺织公司的职工") == ("盐城市",)
    assert passage_places(("盐城市",), "上海某某纺织有限公司的职工") == ("盐城市",)
    assert passage_places(("蚌埠市",), "由蚌埠市总工会、徐州市总工会主办") == ("蚌埠市", "徐州市")
    assert passage_places(("蚌埠市",), "徐州市总工会的经验") == ("徐州市",)
    assert passage_places(("天津市",), "中国石油渤海钻探的做法") == ("天津市", "中国石油")
    assert passage_places(("中国中车",), "株洲的车间") == ("中国中车", "株洲市")
    assert passage_places((), "中国中车探索建立体系") == ("中国中车",)
    assert passage_places((), "公司建立通道", "中国南方电网公司") == ("中国南方电网公司",)
    assert passage_places(("甲市",), "建成六个工作室") == ("甲市",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("火星市有产改吗", ["火星市"]),
        ("请问火星市总工会有什么措施", ["火星市"]),
        ("某某市的产改", ["某某市"]),
        ("甲市和乙市哪个好", ["甲市", "乙市"]),
        ("桃花源县产改试点企业几家", ["桃花源县"]),
        ("常州市和火星市比较", ["火星市"]),
        ("霍格沃茨省", ["霍格沃茨省"]),
    ],
)
def test_unknown_places(text: str, expected: list[str]) -> None:
    assert unknown_places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "全市有多少", "哪个市做得好", "我所在的城市",
         "高新区的做法", "产业园区和城市", "超市工会", "各城市建了产业学院吗", "经济技术开发区",
        "沈阳市大东区", "朝阳区", "哪些省市出台了方案",
         "自贸试验区", "该区总工会", "地区差异", "都市圈", "市区两级", "区域合作", "试点城市",
        "设区市", "工业园区", "省总工会", "县总工会",
        "公司何时上市", "粤港澳大湾区", "居民区", "劳动力市场", "乡镇和社区", "自治区总工会", "内蒙古自治区",
    ],
)  # fmt: skip
def test_plain_words_are_no_unknown_places(text: str) -> None:
    assert unknown_places(text) == []


SEEDS = {"000": ("白银市",), "001": (), "002": ("蚌埠市",), "003": ("常州市",), "004": ("盐城市",)}


@pytest.mark.parametrize("number", SEEDS)
def test_the_places_of_the_seeds(shared: Path, number: str) -> None:
    (path,) = (shared / "corpus" / "seeds").glob(f"{number}_*.txt")
    text = path.read_text(encoding="utf-8")
    assert document_places("", text) == SEEDS[number]
    first_line = next(line.strip() for line in text.splitlines() if line.strip())
    assert document_places(first_line[:80], text) == SEEDS[number]


def test_the_places_of_the_facts_are_known(shared: Path) -> None:
    rows = [
        json.loads(line)
        for line in (shared / "data" / "facts" / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    wanted = {row["place"] for row in rows} - {"全国", "京津冀"}
    assert wanted - set(places()) == set()
    for row in rows:
        assert unknown_places(row["subject"]) == []
