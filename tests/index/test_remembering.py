"""What is remembered is made once, is forgotten in the order of asking, and is the same for several threads."""

from concurrent.futures import ThreadPoolExecutor

from index.remembering import Remembered


def test_only_what_is_not_held_is_made_and_all_of_it_at_once() -> None:
    asked: list[list[str]] = []

    def lengths(words: list[str]) -> list[tuple[str, int]]:
        asked.append(words)
        return [(word, len(word)) for word in words]

    known: Remembered[str, int] = Remembered(8)
    assert known.of(["工匠", "工会", "工匠"], lengths) == {"工匠": 2, "工会": 2}
    assert known.of(["工会", "技能大赛"], lengths) == {"工会": 2, "技能大赛": 4}
    assert asked == [["工匠", "工会"], ["技能大赛"]]


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    made: list[int] = []

    def doubled(numbers: list[int]) -> list[tuple[int, int]]:
        made.extend(numbers)
        return [(number, 2 * number) for number in numbers]

    known: Remembered[int, int] = Remembered(2)
    for number in (1, 2, 1, 3, 1, 2):
        assert known.of([number], doubled) == {number: 2 * number}
    assert made == [1, 2, 3, 2]
    # More than are kept are given all the same.
    assert known.of([4, 5, 6], doubled) == {4: 8, 5: 10, 6: 12}


def test_a_key_for_which_nothing_is_made_is_left_out_and_made_again() -> None:
    known: Remembered[str, int] = Remembered(4)
    assert known.of(["无"], lambda _: []) == {}
    assert known.of(["无"], lambda words: [(word, 1) for word in words]) == {"无": 1}


def test_threads_get_what_they_asked_for() -> None:
    known: Remembered[int, int] = Remembered(5)

    def squares(start: int) -> bool:
        numbers = list(range(start % 7, start % 7 + 6))
        return known.of(numbers, lambda some: [(each, each * each) for each in some]) == {n: n * n for n in numbers}

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(squares, range(400)))
