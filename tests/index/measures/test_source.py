"""News that names no place of its own: the paper in its dateline and the source at its end tell whose it is."""

import pytest
from fakes.library import made_document

from index.measures.source import source_places
from index.measures.speaking import home_places

STORY = "社区在夏天给骑手留出了一间休息室。"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f"常州日报讯（记者甲）{STORY}", ("常州市",)),
        (f"{STORY}（来源：句容市人民政府网站）", ("句容市",)),
        (f"{STORY}（转自：上海奉贤）", ("奉贤区",)),
        (f"{STORY}来源：常州晚报", ("常州市",)),
        (f"湖北日报讯（记者乙）我省办起骑手学堂。{STORY}", ("湖北省",)),
    ],
)
def test_who_published_it_is_where_it_is_of(text: str, places: tuple[str, ...]) -> None:
    assert source_places(text) == places


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        # What a paper of a province tells without speaking of the province is of one of its towns.
        f"湖北日报讯（记者乙）{STORY}",
        # A paper is not of the county that it is called like.
        f"新民晚报讯（记者丙）{STORY}",
        # A paper that somebody only read published nothing here.
        f"他常读常州日报上的故事。{STORY}",
    ],
)
def test_what_tells_no_place_stays_without_one(text: str) -> None:
    assert source_places(text) == ()


def test_a_place_that_a_document_names_goes_before_its_paper() -> None:
    document = made_document(f"常州日报讯（记者甲）盐城市{STORY}", "盐城市")
    assert home_places(document) == document.places == ("盐城市",)
