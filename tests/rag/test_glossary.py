"""Terms that a worker may not know are explained beside the answer, never in it."""

from pathlib import Path

import pytest

from index.errors import SettingsError
from index.library import Library
from rag import glossary as module
from rag import lexicon
from rag.chain import make_chain
from rag.contract import answer_json
from rag.glossary import gloss_line, glossary, glosses
from rag.question import understand


def test_sixty_terms_are_explained_in_one_sentence_each() -> None:
    terms = {gloss.term: gloss.meaning for gloss in glossary().values()}
    assert len(terms) >= 60
    assert all(meaning.endswith("。") and meaning.count("。") == 1 and len(meaning) <= 80 for meaning in terms.values())
    assert {"能级工资", "揭榜挂帅", "双通道", "新八级工"} <= terms.keys()


def test_what_is_asked_for_is_explained() -> None:
    assert [each.term for each in glosses(understand("揭榜挂帅是什么意思？"), "")] == ["揭榜挂帅"]
    assert [each.term for each in glosses(understand("什么是新八级工制度？"), "")] == ["新八级工"]


def test_who_speaks_plainly_gets_a_hard_term_of_the_answer_explained() -> None:
    plain = understand("想考技师，单位给报销吗？")
    assert [each.term for each in glosses(plain, "企业实行能级工资。")] == ["能级工资"]
    assert glosses(plain, "企业给技师发钱。") == ()


def test_who_uses_the_term_needs_no_explanation() -> None:
    assert glosses(understand("白银有几家企业搞能级工资？"), "有2家企业搞能级工资。") == ()


def test_a_refusal_still_explains_and_the_text_stays_clean(sample_library: Library) -> None:
    answer = make_chain(sample_library).invoke({"question": "专精特新是什么意思？"})
    assert answer.glossary
    assert gloss_line(answer.glossary).startswith("名词解释（非资料原文）：专精特新")
    assert answer.glossary[0].meaning.rstrip("。") in answer.text and "不是资料原文" in answer.text
    assert answer_json(answer)["glossary"][0]["term"] == "专精特新"


@pytest.mark.parametrize("line", ["甲\t乙", "甲\t\t\t", "甲\t\t一句话。\t\n甲\t\t又一句。\t"])
def test_a_line_of_another_form_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    (tmp_path / module.GLOSSARY).write_text(line + "\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    with pytest.raises(SettingsError, match=module.GLOSSARY):
        glossary.__wrapped__()
