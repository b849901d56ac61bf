"""Pages compile formulas in several threads at a time: home, audit and search do so as soon as a window opens."""

from __future__ import annotations

import gc
import sys
import threading

import pytest

from models.formula.syntax import parse

FORMULA = (
    "按零(出口额) + 按零(内销额) = 营业收入 且 (利润总额 <= 营业收入 或 营业收入 >= 上年.营业收入 * 0.5)"
    " 且 合计(经济数据.营业收入, 企业年度.首位产业) / 合计(经济数据.营业收入) * 100 > 5"
)


class Rubbish:
    """Collected while a tree is made, and Python code runs then: threads change places in the middle of it."""

    def __init__(self):
        self.itself = self

    def __del__(self):
        sum(range(50))


@pytest.fixture
def restless():
    before, interval = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(5, 2, 2)
    sys.setswitchinterval(1e-5)
    yield
    gc.set_threshold(*before)
    sys.setswitchinterval(interval)


def test_formulas_are_read_in_several_threads(restless):
    wanted, wrong = parse(FORMULA), []

    def read():
        for _ in range(800):
            Rubbish()
            try:
                wrong.extend([] if parse(FORMULA) == wanted else ["another tree"])
            except SystemError as error:
                wrong.append(str(error))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
