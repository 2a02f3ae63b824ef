"""The word lists: the form of the table of plain speech, and what is said of a line that is not in it."""

from pathlib import Path

import pytest

from index.errors import SettingsError
from index.normalise import search_form
from rag import lexicon


def test_the_table_of_plain_speech_is_long_and_wholly_in_the_search_form() -> None:
    table = lexicon.plain_speech()
    assert len(table) >= 500
    for plain, wordings in table.items():
        assert search_form(plain) == plain
        assert all(search_form(wording) == wording for wording in wordings)


def test_no_line_tells_a_word_by_itself_or_twice() -> None:
    for plain, wordings in lexicon.plain_speech().items():
        assert plain not in wordings
        assert len(set(wordings)) == len(wordings), plain


@pytest.mark.parametrize(
    ("plain", "wording"),
    [
        ("涨工资", "工资增长"),
        ("师傅带徒弟", "名师带徒"),
        ("考证", "技能等级认定"),
        ("厂里办的学校", "企业办学"),
        ("炒鱿鱼", "解除劳动合同"),
        ("五险一金", "住房公积金"),
        ("拖工资", "拖欠工资"),
        ("加班费", "延长工作时间"),
        ("劳动比赛", "劳动竞赛"),
        ("孩子没人管", "托管"),
        ("租房", "租房补贴"),
        ("延长工作时间", "加班"),
        ("拖欠工资", "欠薪"),
    ],
)
def test_what_workers_say_and_what_documents_say(plain: str, wording: str) -> None:
    assert search_form(wording) in lexicon.plain_speech()[search_form(plain)]


@pytest.mark.parametrize("line", ["无制表符", "考证\t", "考证\t考证", "考证\t认定\n考证\t评价"])
def test_a_line_out_of_form_is_named(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / lexicon.PLAIN_SPEECH).write_text(f"# head\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    lexicon.plain_speech.cache_clear()
    try:
        with pytest.raises(SettingsError, match=line.splitlines()[-1].split("\t")[0]):
            lexicon.plain_speech()
    finally:
        lexicon.plain_speech.cache_clear()
