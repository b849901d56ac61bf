"""What every test runs with: no screen, no network, folders of its own."""

from __future__ import annotations

import os
import socket
import tempfile

import hypothesis
import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # also for processes that tests start
os.environ["MPLCONFIGDIR"] = tempfile.mkdtemp(
    prefix="matplotlib-"
)  # read when matplotlib is imported; never the person's own

hypothesis.settings.register_profile("house", deadline=None, print_blob=True)  # no deadline: a busy machine is no fault
hypothesis.settings.load_profile("house")

HERE = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def user_folders(monkeypatch, tmp_path_factory):
    """Point the folders that platformdirs finds for a person to a new one, for this test and what it starts."""
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in ("APPDATA", "LOCAL_APPDATA"):
        monkeypatch.setenv(f"WIN_PD_OVERRIDE_{name}", str(home))
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Refuse to connect anywhere but to this machine."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in HERE:
            pytest.fail(f"a test may not use the network: {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
