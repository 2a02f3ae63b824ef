import html
import unicodedata
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.fakes.chain import PAYLOAD
from web.escape import escape


def without_controls(text: str) -> str:
    kept = text.replace("\r\n", "\n").replace("\t", " ")
    return "".join(sign for sign in kept if sign == "\n" or unicodedata.category(sign) != "Cc")


@given(st.text())
def test_what_is_escaped_reads_as_it_was(text: str) -> None:
    assert html.unescape(escape(text).replace("<br>", "\n")) == without_controls(text)


@given(st.text(alphabet="<>&\"'`*_[]()!#$|~\\:/.-= \n\tab1中"))
def test_no_tag_but_the_line_break_is_ever_made(text: str) -> None:
    tags: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign]
    parser.feed(escape(text))
    parser.close()
    assert set(tags) <= {"br"}
    assert "\n" not in escape(text)


def test_markdown_finds_nothing_to_format() -> None:
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(escape(PAYLOAD))
    assert html.unescape(rendered) == f"<p>{PAYLOAD}</p>\n"


def test_a_hand_worked_example() -> None:
    assert escape("甲<b>\n1.5万") == "甲&#60;b&#62;<br>1&#46;5万"
