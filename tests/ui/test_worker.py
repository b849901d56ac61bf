"""Work in a thread: its progress, its result, its end when asked to stop, its faults."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QObject

from importers.progress import Progress
from models.store.batches import Refused
from ui.worker import Task


@pytest.fixture
def owner(qapp):
    return QObject()


def steps(count, closed=None):
    try:
        for number in range(count):
            yield Progress(number, count, f"第{number}步")
    except GeneratorExit:
        closed.append(True)
        raise
    return count


def test_a_result_arrives_in_the_window_s_thread(owner, qtbot):
    where = []
    task = Task(owner, threading.current_thread)
    task.done.connect(lambda worked: where.append((worked, threading.current_thread())))
    with qtbot.waitSignal(task.done):
        task.start()
    worked, told = where[0]
    assert worked is not told
    assert told is threading.main_thread()


def test_progress_is_told_step_by_step_and_the_generator_s_value_is_the_result(owner, qtbot):
    told = []
    task = Task(owner, lambda: steps(3))
    task.progressed.connect(lambda step: told.append(step.text))
    with qtbot.waitSignal(task.done) as done:
        task.start()
    assert done.args == [3]
    assert told == ["第0步", "第1步", "第2步"]


def test_stopping_ends_the_work_between_two_steps(owner, qtbot):
    closed = []
    task = Task(owner, lambda: steps(10**9, closed))
    task.progressed.connect(lambda _: task.cancel())
    with qtbot.waitSignal(task.stopped):
        task.start()
    assert closed == [True]


def test_a_fault_that_is_a_sentence_is_handed_over(owner, qtbot):
    def work():
        raise Refused("不能改")

    task = Task(owner, work)
    with qtbot.waitSignal(task.failed) as failed:
        task.start()
    assert str(failed.args[0]) == "不能改"


def test_a_fault_of_the_program_is_not_swallowed(owner, qtbot, monkeypatch):
    reported = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: reported.append(kind))
    task = Task(owner, lambda: 1 / 0)
    with qtbot.waitSignal(task.failed):
        task.start()
    assert reported == [ZeroDivisionError]


def test_a_finished_task_has_ended_and_says_no_more(owner, qtbot):
    begun, go, told = threading.Event(), threading.Event(), []

    def work():
        begun.set()
        go.wait(10)
        return go.is_set()

    task = Task(owner, work)
    task.done.connect(told.append)
    with qtbot.waitSignal(task.stopped):
        task.start()
        begun.wait(10)
        threading.Timer(0.1, go.set).start()
        task.finish()
        assert go.is_set()
    assert told == []
