"""The window: what people see and press. Everything it knows comes from the layers below."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 gives these away without counting them, which Python allows from 3.12 on. An older Python would end
    # the program after some thousand calls, when it believes that nobody uses them any more.
    for _kept in (None, True, False, NotImplemented):
        ctypes.c_ssize_t.from_address(id(_kept)).value += 1 << 40
