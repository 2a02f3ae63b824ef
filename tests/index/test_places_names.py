"""Names in a text: which of them stand as places, which mean another thing, and what a short or old name means now."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.normalise import search_form
from index.places import find_places, mentions_in, places, unknown_places
from index.places.gazetteer import names


def mentioned(text: str) -> list[str]:
    return [mention.full_name for mention in find_places(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Two words that make a name by chance, or a name inside another word.
        ("实现均衡水平", []),
        ("登上海军舰艇", []),
        ("其中山东海化公司", ["山东省"]),
        ("传承弘扬中华文化", []),
        ("沿海城市和奥运城市", []),
        ("先行示范县", []),
        ("到旧金山和内华达州", []),
        ("游千佛山", []),
        ("真金白银投入", []),
        ("县政府和县总工会", []),
        ("马鞍山市和县", ["马鞍山市", "和县"]),
        ("全国各地区域合作", []),
        # A word across two places that stand side by side.
        ("湖南岳阳", ["湖南省", "岳阳市"]),
        ("山东南部沿海", ["山东省"]),
        ("台州长鹰信质科技公司", ["台州市"]),
        ("首都北京和中国台湾", ["北京市", "台湾省"]),
        # Bodies, roads, towns and people that are called like a place.
        ("北京青年报记者", []),
        ("中国山东网讯", []),
        ("如东县长沙镇", ["如东县"]),
        ("涿州市莲池村", ["涿州市"]),
        ("复旦大学附属中山医院", []),
        ("冯乐平说", []),
        ("广州白云山", ["广州市"]),
        ("上海的黄浦江畔", ["上海市"]),
        ("清晨的朝阳升起", []),
    ],
)
def test_a_name_is_no_place_inside_another_word(text: str, expected: list[str]) -> None:
    assert mentioned(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("西藏琼结人", ["西藏自治区", "琼结县"]),
        ("河北正定", ["河北省", "正定县"]),
        ("杭州临安与延边龙井", ["杭州市", "临安区", "延边朝鲜族自治州", "龙井市"]),
        ("青岛市南部", ["青岛市"]),
        ("四川南部", ["四川省"]),
        ("琼结", []),
        ("山西石楼、灵丘两县", ["山西省", "石楼县", "灵丘县"]),
        ("福建省的诏安法院", ["福建省", "诏安县"]),
        ("武隆、彭水等区县,在重庆", ["武隆区", "彭水苗族土家族自治县", "重庆市"]),
    ],
)
def test_a_short_name_counts_beside_its_place(text: str, expected: list[str]) -> None:
    assert mentioned(text) == expected


def test_a_short_name_far_from_its_city_is_a_word() -> None:
    near, far = "石家庄。" + "我" * 100 + "长安", "石家庄。" + "我" * 4000 + "长安"
    assert mentioned(near) == ["石家庄市", "石家庄市长安区"]
    assert mentioned(far) == ["石家庄市"]
    assert [mention.full_name for mention in find_places(far, ["石家庄市"])] == ["石家庄市", "石家庄市长安区"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("沪苏浙皖四地", ["上海市", "江苏省", "浙江省", "安徽省"]),
        ("江浙沪", ["江苏省", "浙江省", "上海市"]),
        ("川渝两地", ["四川省", "重庆市"]),
        ("在京举行", ["北京市"]),
        ("来沪务工", ["上海市"]),
        ("王沪宁出席", []),
        ("沪深两市", []),
        ("长三角和京津冀", []),
        ("加深粤桂协作", ["广东省", "广西壮族自治区"]),
        ("浙江青年和江苏等地", ["浙江省", "江苏省"]),
    ],
)
def test_places_by_one_letter(text: str, expected: list[str]) -> None:
    assert mentioned(text) == expected


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("襄樊", "襄阳市"),
        ("通州市", "南通市通州区"),
        ("大丰市", "大丰区"),
        ("江都市", "江都区"),
        ("增城市", "增城区"),
        ("闸北区", "静安区"),
        ("宣武区", "西城区"),
        ("中甸县", "香格里拉市"),
        ("茌平县", "茌平区"),
        ("哲里木盟", "通辽市"),
        ("铜仁地区", "铜仁市"),
        ("台北", "台湾省"),
        ("浦东", "浦东新区"),
        ("河北雄安新区", "雄安新区"),
        ("彭水县", "彭水苗族土家族自治县"),
        ("阿坝州", "阿坝藏族羌族自治州"),
    ],
)
def test_an_old_or_common_name_gives_the_place_as_it_is_now(old: str, now: str) -> None:
    assert mentioned(old) == [now]


def test_new_divisions_are_known() -> None:
    assert {"坪山区", "光明区", "深圳市龙华区", "海口市龙华区", "米林市", "错那市", "白杨市", "伊美区"} <= set(places())
    assert mentioned("深圳龙华区") == ["深圳市", "深圳市龙华区"]


@pytest.mark.parametrize(
    ("text", "incidental"),
    [
        ("南京中医药大学", ["南京市"]),
        ("湖南商务职院", ["湖南省"]),
        ("人民网-青海频道", ["青海省"]),
        ("东营联通公司", []),
        ("建行南通分行", []),
        ("中国石油鞍山分公司", []),
        ("杭州女大学生", []),
        ("山西长治山西通洲集团", ["山西省"]),
    ],
)
def test_a_body_from_a_place_is_told_from_a_branch_in_it(text: str, incidental: list[str]) -> None:
    found = [mention.full_name for mention in find_places(text) if mention.is_incidental]
    assert found == incidental


@pytest.mark.parametrize(
    ("text", "passing"),
    [
        ("来自青海、甘肃的职工到了常州", ["青海省", "甘肃省"]),
        ("新华社北京8月1日电", ["北京市"]),
        ("新华社合肥8月1日电", []),
        ("历任南宁支行行长。现在常州", ["南宁市"]),
        ("前往徐州考察", []),
        ("在京举行", ["北京市"]),
    ],
)
def test_places_in_passing(text: str, passing: list[str]) -> None:
    assert [mention.full_name for mention in find_places(text) if mention.is_passing] == passing


PIECES = [
    "沪",
    "苏",
    "浙",
    "皖",
    "京",
    "在",
    "来自",
    "湖南",
    "岳阳",
    "海",
    "市",
    "、",
    "和县",
    "北京",
    "历任",
    "公司",
    "\ud800",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
@example("\ud800北京\udfff上海")
def test_mentions_of_any_text_are_in_order_and_inside_it(text: str) -> None:
    form = search_form(text)
    found = mentions_in(form)
    assert all(0 <= mention.start < mention.end <= len(form) for mention in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert [(m.start, m.end, m.full_name) for m in mentions_in(form)] == [(m.start, m.end, m.full_name) for m in found]


def test_mentions_in_a_form_are_those_of_the_text() -> None:
    text = "在蚌 埠市與徐州市"
    form = search_form(text)
    assert [form[m.start : m.end] for m in mentions_in(form)] == ["蚌埠市", "徐州市"]
    assert [text[m.start : m.end] for m in find_places(text)] == ["蚌 埠市", "徐州市"]


def test_a_name_that_counts_only_behind_its_place_is_weak_and_short() -> None:
    behind = [name for group in names().values() for name in group if name.is_beside]
    assert len(behind) > 300
    assert all(name.is_weak and name.is_short for name in behind)


@pytest.mark.parametrize(
    "text",
    [
        "是哪位副市长牵的头",
        "国家级省级一起算多少",
        "还打算在哪几个服务区再盖",
        "有几家市级工匠学院",
        "办了多少场全市的比赛",
        "评定成省级的有几个",
        "步行街夜市来了多少商户",
        "当过市工会主席的是谁",
        "一个作业区都没有漏下",
        "给厂子省了多少电费",
        "图书角分成阅读区和讨论区",
        "为欠发达县派了多少技师",
        "参加省里培训班的有几家",
        "海边那几个省区签了协议",
    ],
)
def test_ranks_people_and_counted_things_are_no_unknown_places(text: str) -> None:
    assert unknown_places(text) == []
