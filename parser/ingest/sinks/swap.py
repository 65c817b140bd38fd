"""Two names that change places in one step, where the system can do that.

Linux has `renameat2` with RENAME_EXCHANGE (rename(2); not on every file system), macOS `renamex_np` with RENAME_SWAP.
Python has neither, so they are called in the C library.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2

_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)


def exchange(one: Path, other: Path) -> bool:
    """Let two files or folders change names: at every moment each name is there. False if the system cannot.

    Raises `OSError` for what no rename could do.
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            failed = _library().renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
        elif sys.platform == "darwin":
            failed = _library().renamex_np(*names, _RENAME_SWAP)
        else:
            return False
    except AttributeError:
        # A C library from before there was such a call.
        return False
    number = ctypes.get_errno() if failed else 0
    if number and number not in _CANNOT:
        raise OSError(number, os.strerror(number), str(one), None, str(other))
    return not number


def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
