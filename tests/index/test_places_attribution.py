"""What a document and its passages are about, by mentions that were found once for the whole text."""

import pytest

from index.places import chunk_places, document_places, document_places_of, mentions_in, passage_places, titled_places


def test_slices_of_a_document_give_what_its_passages_give() -> None:
    passages = ["盐城市推动产改。", "大丰区和东台市走在前面。", "徐州市总工会来学习。", "该市出台办法。"]
    text = "".join(passages)
    mentions = mentions_in(text)
    whole = document_places_of((), mentions, text)
    assert whole == document_places("产改见闻", text) == ("盐城市",)
    start = 0
    for passage in passages:
        inside = [m for m in mentions if start <= m.start and m.end <= start + len(passage)]
        assert chunk_places(whole, inside, passage, (), start) == passage_places(whole, passage)
        start += len(passage)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        # A place that only leads to the next is not counted by itself.
        ("送清凉", "武汉市新洲区邾城街道的环卫工人领到了水。", ("新洲区",)),
        # The only place of local news is the news' own; that of a national report is where people met.
        ("到天元集团慰问", "市总工会副主席一行到临沂奥体中心慰问。", ("临沂市",)),
        ("全国大赛", "全国总工会在北京展览馆举办大赛。", ()),
        ("快讯", "新华社北京8月1日电 全国总工会印发通知。", ()),
        ("南方多地降雪", "全国气象部门在河北、湖南、贵州应对，全国已转移多人，国务院部署，我国南方降雪。", ()),
        # A county that most of a city's mentions are of.
        ("常州：产改", "武进区推进。武进区总工会。武进区企业。武进区人社局。武进区职工。", ("武进区",)),
        ("公司新闻", "来源：人民网－贵州频道 公司开展活动。", ("贵州省",)),
    ],
)
def test_the_places_of_a_document(title: str, text: str, expected: tuple[str, ...]) -> None:
    if title == "公司新闻":
        text += "街道送清凉。"
    assert document_places(title, text) == expected


@pytest.mark.parametrize(
    ("own", "passage", "expected"),
    [
        (("松江区",), "松江人才走遍武汉、南京、北京等地", ("松江区",)),
        (("北京市",), "来自和田地区的特产", ("北京市",)),
        (("苏州市",), "历任南宁支行行长。", ("苏州市",)),
        ((), "上海交通大学成立了研究中心", ()),
        ((), "新华社北京8月1日电 国务院印发通知", ()),
        (("修文县",), "贵阳市的行业党委将建更多驿站", ("修文县", "贵阳市")),
        (
            ("西藏自治区",),
            "分别为：黑龙江省人大副主任，省总工会主席；云南省人大副主任，省总工会主席",
            ("黑龙江省", "云南省"),
        ),
        (("蚌埠市",), "我市和徐州市共同主办", ("蚌埠市", "徐州市")),
        (("蚌埠市",), "徐州市总工会介绍，市总工会出台办法", ("徐州市",)),
        ((), "影响湖北、湖南。在武汉,商场停业", ("湖南省", "武汉市", "湖北省")),
    ],
)
def test_the_places_of_a_passage(own: tuple[str, ...], passage: str, expected: tuple[str, ...]) -> None:
    assert passage_places(own, passage) == expected


def test_titled_places_settle_namesakes_below() -> None:
    title = mentions_in("西峰：劳动者驿站", ["庆阳市"])
    assert titled_places(title) == ("西峰区",)
    assert [m.full_name for m in mentions_in("西峰的驿站", titled_places(title))] == ["西峰区"]
