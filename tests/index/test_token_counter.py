"""Tokens counted in one pass: the whole as the encoder counts it, the parts by where each token begins."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import EncodingError
from index.token_counter import TokenCounter, tokens_of
from index.tokens import count_tokens, encoding

# Han, rare Han, signs that are Han and no letters, other letters, figures of several scripts, blanks of every width.
SIGNS = "产改工人𠮷〇々⺀〡①Ⅷ½aZéЖあαـ한１1٣ \t\n\u3000\xa0\x1f\x85。，!-_\x00\u0301👷\ufe0f"
TEXT = st.text(alphabet=st.sampled_from(SIGNS), max_size=80) | st.text(max_size=60)


def begins(text: str) -> list[int]:
    """Where each token begins, in characters, found by decoding ever more tokens."""
    tokens = encoding().encode_ordinary(text)
    whole = [encoding().decode_bytes(tokens[:count]) for count in range(len(tokens))]
    # A token that begins inside a character belongs to that character.
    complete = [re.sub(rb"[\xc0-\xff][\x80-\xbf]*\Z", _unless_complete, part) for part in whole]
    return [len(part.decode("utf-8")) for part in complete]


def _unless_complete(found: re.Match[bytes]) -> bytes:
    try:
        found[0].decode("utf-8")
    except UnicodeDecodeError:
        return b""
    return found[0]


@given(TEXT)
def test_the_whole_text_has_as_many_tokens_as_the_encoder_gives(text: str) -> None:
    assert tokens_of(text) == count_tokens(text)
    if not re.search("[\ud800-\udfff]", text):
        assert TokenCounter(text).count(0, len(text)) == count_tokens(text)


@given(TEXT.filter(lambda text: not re.search("[\ud800-\udfff]", text)), st.integers(0, 80), st.integers(0, 80))
def test_a_part_has_the_tokens_that_begin_in_it(text: str, first: int, last: int) -> None:
    start, end = sorted((first, last))
    assert TokenCounter(text).count(start, end) == sum(start <= at < end for at in begins(text))


def test_every_character_of_the_first_planes_is_cut_as_the_encoder_cuts_it() -> None:
    for plane in range(0, 0x24000, 0x400):
        signs = [chr(code) for code in range(plane, plane + 0x400) if not 0xD800 <= code < 0xE000]
        text = "".join(f"工{sign}{sign}a{sign}1" for sign in signs)
        assert tokens_of(text) == count_tokens(text)


def test_half_surrogates_are_counted_and_do_not_shift_what_follows() -> None:
    text = "工人\ud800技师\udfff"
    assert tokens_of(text) == count_tokens(text)
    assert TokenCounter(text).count(3, 5) == TokenCounter("工人\ufffd技师").count(3, 5) > 0


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(EncodingError):
        TokenCounter("工人", "没有这种")
    with pytest.raises(EncodingError):
        tokens_of("工人", "没有这种")
