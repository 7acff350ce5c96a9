"""A line is slow by its round trip, and on a slow one no frame is sent before the last has arrived."""

from __future__ import annotations

from newstui.terminal.link import Link


def test_a_quick_answer_is_no_slow_link_and_a_late_one_is_until_answers_are_quick_again() -> None:
    link = Link("auto")
    assert link.sent(500, 0.0)
    assert not link.answered(0.02)
    assert not link.sent(5000, 1.0), "not asked again so soon"
    assert link.sent(10, 30.0)
    assert link.answered(30.4)
    assert link.sent(900, 31.0)
    assert link.answered(31.05)
    assert link.slow is False


def test_an_answer_that_was_not_asked_for_means_nothing() -> None:
    assert not Link("auto").answered(1.0)


def test_a_link_that_is_said_not_to_be_slow_is_never_asked() -> None:
    link = Link("off")
    assert not any(link.sent(1000, float(at)) for at in range(100))
    assert not link.slow and link.wait(0.0) == 0.0


def test_on_a_slow_link_the_next_frame_waits_for_the_answer() -> None:
    link = Link("on")
    assert not link.sent(7, 0.0) and link.wait(0.0) == 0.0, "a few bytes hold nothing up"
    assert link.sent(960, 0.0)
    assert 0.7 < link.wait(0.0) < 1.0
    link.answered(0.2)
    assert link.wait(0.2) == 0.0 and link.slow


def test_a_terminal_that_does_not_answer_is_given_the_time_that_the_bytes_take() -> None:
    link = Link("on")
    link.sent(1920, 0.0)
    assert link.wait(1.0) > 0.7
    assert link.wait(1.9) == 0.0
    assert link.sent(500, 2.0), "it is asked again"
