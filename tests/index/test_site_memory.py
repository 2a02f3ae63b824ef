"""What the pages of a site share is learnt over several of them, and remembered for those that come later."""

from pathlib import Path

import pytest

from index.build import add, build
from index.library import Library
from index.settings import Settings
from index.site_memory import SITES_FILE, load_sites

SHELL = "丰收在线官方平台 精彩每一天"


def pages(folder: Path, *numbers: int) -> Path:
    """The folder with these pages in it."""
    for number in numbers:
        page(folder, number)
    return folder


def page(folder: Path, number: int) -> Path:
    """A page whose first and last lines are those of its site, and no rule knows them."""
    body = (
        f"第{number}车间的师傅老{'赵钱孙李周吴郑王冯陈'[number]}带出了{number + 3}名徒弟，工会给每人发了{number * 100 + 50}元津贴。"
        f"车间里的学堂每周开{number + 1}次课，讲的是焊接和装配的手艺。"
    )
    path = folder / f"{number}.txt"
    path.write_text(f"第{number}车间的学堂\n{SHELL}\n\n{body}\n\n{SHELL}\n", encoding="utf-8")
    return path


def counted(settings: Settings, file: str) -> str:
    """The text of a document without its noise."""
    with Library.open(settings) as library:
        (document,) = [each for each in library.documents() if each.file == file]
    text = document.text
    for vote in reversed(document.noise):
        text = text[: vote.start] + text[vote.end :]
    return text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "站"
    home.mkdir()
    return home


def test_a_line_of_every_page_is_noise_on_the_pages_that_come_later(tmp_path: Path, folder: Path) -> None:
    settings = Settings(folder=tmp_path / "索引")
    build(settings, [page(folder, 0)])
    # One page says nothing about its site.
    assert SHELL in counted(settings, "0.txt")
    build(settings, [pages(folder, 0, 1, 2, 3)])
    assert SHELL not in counted(settings, "2.txt")
    assert "带出了5名徒弟" in counted(settings, "2.txt")
    assert load_sites(settings.folder)[str(folder)].pages == 4
    add(settings, [page(folder, 9)])
    assert SHELL not in counted(settings, "9.txt")


def test_lost_counts_are_no_damage(tmp_path: Path, folder: Path) -> None:
    settings = Settings(folder=tmp_path / "索引")
    build(settings, [pages(folder, 0, 1, 2)])
    (settings.folder / SITES_FILE).write_text("{坏", encoding="utf-8")
    assert load_sites(settings.folder) == {}
    add(settings, [page(folder, 7)])
    with Library.open(settings) as library:
        assert (len(library.documents()), library.notice) == (4, ())
