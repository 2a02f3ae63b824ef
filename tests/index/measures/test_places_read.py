"""Reading for places once gives what reading each time gives."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.measures.reading import attributed, form_of, mentions_of
from index.normalise import normalise
from index.places import find_places, passage_places

HOMES = ((), ("江苏省",), ("常州市",), ("河北省", "石家庄市"))
SIGNS = "江苏省常州市武进区朝阳石家庄桥西和在，。“”（）十２２ 蘇全市"


# The first text loads the gazetteer.
@settings(deadline=None)
@given(st.text(st.sampled_from(SIGNS), max_size=30), st.sampled_from(HOMES), st.booleans())
def test_places_and_forms_are_those_of_the_rooms_that_find_them(text: str, home: tuple[str, ...], spun: bool) -> None:
    assert list(mentions_of(text, home)) == find_places(text, home)
    assert form_of(text, spun) == normalise(text, spun)


@pytest.mark.parametrize("heading", ["", "朝阳区的夜校", "武进区", "办学记"])
@pytest.mark.parametrize("text", ["夜校开了三个班", "武进区开了三个班", "朝阳区与武进区都开了班", "全市开了班"])
@pytest.mark.parametrize("home", [(), ("常州市",), ("北京市",)])
def test_a_sentence_is_attributed_as_a_passage_is(text: str, home: tuple[str, ...], heading: str) -> None:
    given_heading = "" if find_places(text, home) else heading
    assert attributed(text, home, given_heading) == passage_places(home, text, given_heading)
