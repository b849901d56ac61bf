"""Work in a thread: its progress, its result, its end when asked to stop, its faults."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from importers.progress import Progress
from models.store.batches import Refused
from ui.worker import Task

ROOT = Path(__file__).parents[2]
GOING = """
import faulthandler, random, time
faulthandler.enable()
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from ui.worker import Task
app, chance = QApplication([]), random.Random(1)
def work():
    time.sleep(chance.random() * 0.002)
def steps():
    for step in range(5):
        time.sleep(chance.random() * 0.0005)
        yield step
for _ in range(2_000):
    owner = QObject()
    for _ in range(3):
        task = Task(owner, chance.choice((work, steps)))
        task.done.connect(lambda _: None)
        task.progressed.connect(lambda _: None)
        task.start()
    end = time.perf_counter() + chance.random() * 0.003
    while time.perf_counter() < end:
        app.processEvents()
    owner.deleteLater()
    del owner, task
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
print("gone")
"""


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
    for signal in (task.done, task.failed, task.stopped):
        signal.connect(lambda *_: told.append(True))
    task.start()
    begun.wait(10)
    threading.Timer(0.1, go.set).start()
    task.finish()
    assert go.is_set()
    qtbot.wait(50)
    assert told == []


def test_an_owner_goes_while_its_threads_have_something_to_tell(qapp):
    """In a process of its own: what is freed while it is read ends the process, or stops it for good."""
    done = subprocess.run(
        [sys.executable, "-c", GOING], cwd=ROOT, check=False, capture_output=True, text=True, timeout=100
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "gone\n")


def test_work_stops_when_its_owner_goes(qtbot):
    owner, closed = QObject(), []
    Task(owner, lambda: steps(10**9, closed)).start()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: closed == [True])


def test_what_the_work_holds_is_let_go_in_the_window_s_thread(owner, qtbot):
    let_go = []

    class Held:
        def __del__(self):
            let_go.append(threading.current_thread())

    held = Held()
    task = Task(owner, lambda held=held: held is None)
    del held
    with qtbot.waitSignal(task.done):
        task.start()
    del task
    qtbot.waitUntil(lambda: bool(let_go))
    assert let_go == [threading.main_thread()]
