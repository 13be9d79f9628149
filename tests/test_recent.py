"""What was worked out lately stays at hand, within a budget."""

from __future__ import annotations

from search.store.recent import Recent


def test_what_was_kept_is_given_again() -> None:
    recent: Recent[str, int] = Recent(100)
    recent.keep("a", 1, 10)
    assert recent.get("a") == 1
    assert recent.get("b") is None


def test_what_was_not_asked_for_a_while_goes_and_what_is_asked_for_stays() -> None:
    recent: Recent[int, int] = Recent(100)
    recent.keep(0, 1000, 10)
    for number in range(1, 101):
        recent.keep(number, number, 10)
        assert recent.get(0) == 1000
    assert recent.get(100) == 100
    assert recent.get(1) is None


def test_the_same_key_is_counted_once() -> None:
    recent: Recent[str, int] = Recent(100)
    recent.keep("ander", 2, 10)
    for _ in range(20):
        recent.keep("zelfde", 1, 20)
    assert (recent.get("zelfde"), recent.get("ander")) == (1, 2)


def test_what_is_larger_than_half_of_the_budget_is_not_kept() -> None:
    recent: Recent[str, int] = Recent(100)
    recent.keep("klein", 1, 1)
    recent.keep("groot", 2, 51)
    assert recent.get("groot") is None
    assert recent.get("klein") == 1
