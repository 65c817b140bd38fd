"""Conversions under kills and on full disks: a few of what `python -m tests.fuzz.kills` does, or all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from parser.cli.convert import _stoppable
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="it forks, and looks processes up in /proc"),
]


@pytest.mark.parametrize(
    ("kills", "disks"), [(5, 1), pytest.param(200, 19, marks=pytest.mark.slow)], ids=["a few", "all"]
)
def test_no_kill_and_no_full_disk_does_harm(kills: int, disks: int) -> None:
    # In a process of its own, because it forks, and this one may have threads.
    command = [sys.executable, "-m", "tests.fuzz.kills", f"--kills={kills}", f"--disks={disks}", "--seed=1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert f"'kills': {kills}, 'disks': {5 * disks}" in done.stdout


def test_an_interrupt_in_a_destructor_ends_the_run_at_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def __del__(self) -> None:
            os.kill(os.getpid(), signal.SIGINT)

    dropped: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda raised: dropped.append(raised.exc_type))
    monkeypatch.setattr(os, "write", lambda *_: 0)
    with _stoppable() as heeding:
        step = heeding(None)
        step("read")
        Interrupted()
        assert dropped == [KeyboardInterrupt]
        with pytest.raises(KeyboardInterrupt):
            step("read")
