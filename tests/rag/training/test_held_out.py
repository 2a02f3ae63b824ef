"""What the span reader does not learn from."""

from rag.training.span.held_out import is_held_out, nearest

NAMES = [f"article-{number}" for number in range(3000)]


def test_a_third_of_the_asked_articles_and_a_twelfth_of_all_else_are_held_out() -> None:
    third = sum(is_held_out(name, "asked_crud_train.jsonl") for name in NAMES) / len(NAMES)
    twelfth = sum(is_held_out(name) for name in NAMES) / len(NAMES)
    assert 0.3 < third < 0.37
    assert 0.06 < twelfth < 0.11


def test_what_is_held_out_of_all_is_held_out_of_the_asked_articles_too() -> None:
    assert all(is_held_out(name, "asked_crud_train.jsonl") for name in NAMES if is_held_out(name))


def test_a_near_miss_is_of_the_text_that_shares_its_rare_words() -> None:
    texts = {
        "a": "临江市总工会今年建了八个驿站，供骑手歇脚。",
        "b": "临江市技工学校今年招了八个班，学焊接。",
        "c": "海城市举办焊接竞赛，八个队参加。",
    }
    assert nearest(["临江市的驿站几点关门", "技工学校的学费多少"], texts) == ["a", "b"]
