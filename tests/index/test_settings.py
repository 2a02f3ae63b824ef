"""Settings at the door: the wanted rate of errors and the line of contact."""

import pytest

from index.errors import SettingsError
from index.settings import ERROR_RATE, Settings


@pytest.mark.parametrize(("text", "rate"), [("0.05", 0.05), ("5%", 0.05), (" 12.5%", 0.125)])
def test_a_rate_is_read_as_a_share_or_in_percent(text: str, rate: float) -> None:
    assert Settings.from_environment({"CHANGAI_ERROR_RATE": text}).error_rate == pytest.approx(rate)


def test_a_rate_of_the_command_line_wins_over_the_environment() -> None:
    given = {"CHANGAI_ERROR_RATE": "5%"}
    assert Settings.from_environment(given, error_rate="20%").error_rate == pytest.approx(0.2)
    assert Settings.from_environment(given, error_rate="").error_rate == pytest.approx(0.05)


def test_without_a_word_of_it_the_usual_rate_and_no_contact_are_taken() -> None:
    settings = Settings.from_environment({})
    assert (settings.error_rate, settings.contact) == (ERROR_RATE, "")


@pytest.mark.parametrize("text", ["0", "0.6", "60%", "-1", "nan", "inf"])
def test_a_rate_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"不在 0\.01 到 0\.5 之间"):
        Settings.from_environment({"CHANGAI_ERROR_RATE": text})


def test_a_rate_that_is_no_number_is_refused() -> None:
    with pytest.raises(SettingsError, match="错误率「少一点」不是数"):
        Settings.from_environment({"CHANGAI_ERROR_RATE": "少一点"})


def test_the_contact_is_one_short_line() -> None:
    assert Settings.from_environment({"CHANGAI_CONTACT": " 市总工会办公室 "}).contact == "市总工会办公室"
    for text in ("第一行\n第二行", "长" * 201):
        with pytest.raises(SettingsError, match="须是一行"):
            Settings(contact=text)
