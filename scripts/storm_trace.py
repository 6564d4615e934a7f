"""What a program does to the files of one folder, call by call, and what happens when one of these calls fails.

A small tracer on Linux's ptrace, for x86_64: it sees every write, sync, cut, name and removal of a child process before
the kernel does it, and may let it through, let it fail, or kill the child there.
"""

import ctypes
import errno
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TRACEME, SYSCALL, GETREGS, SETREGS, SETOPTIONS = 0, 24, 12, 13, 0x4200
TRACESYSGOOD, EXITKILL = 1, 0x100000
# Where the registers stand in what the kernel gives.
RAX, RDX, RSI, RDI, ORIG_RAX, R10 = 10, 12, 13, 14, 15, 7
CALLS = {
    1: "write", 18: "write", 74: "sync", 75: "sync", 77: "cut", 82: "name", 87: "remove", 263: "remove", 264: "name",
    316: "name",
}  # fmt: skip
KILL = -1
Decide = Callable[["Call"], int]


@dataclass(frozen=True)
class Call:
    """One call on a file of the folder.

    kind: "write", "sync", "cut", "name" or "remove"; size: of a cut; data: what is written at offset.
    target: the new name, of "name".
    """

    number: int
    kind: str
    path: str
    offset: int = 0
    data: bytes = b""
    size: int = 0
    target: str = ""


def possible() -> bool:
    """Whether programs can be traced so on this machine."""
    return sys.platform == "linux" and os.uname().machine == "x86_64"


class Traced:
    """A child process that is looked at while it works.

    Args:
        work: what the child does; it ends when this returns.
        folder: whose files are looked at; what else the child does goes by.
        decide: asked before each call: 0 lets it through, an errno lets it fail, KILL ends the child there.
    """

    def __init__(self, work: Callable[[], object], folder: Path, decide: Decide) -> None:
        self._work, self._folder, self._decide = work, str(folder), decide
        self._libc: Any = ctypes.CDLL(None, use_errno=True)
        self._libc.ptrace.restype = ctypes.c_long
        self._libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
        self._regs = (ctypes.c_ulonglong * 27)()
        self.calls = 0

    def run(self) -> int:
        """The child's exit code; minus the signal that ended it."""
        child = os.fork()
        if child == 0:
            self._be_traced()
        os.waitpid(child, 0)
        self._ptrace(SETOPTIONS, child, TRACESYSGOOD | EXITKILL)
        failing = 0
        inside = False
        signal_on = 0
        while True:
            self._ptrace(SYSCALL, child, signal_on)
            signal_on = 0
            _pid, status = os.waitpid(child, 0)
            if os.WIFEXITED(status):
                return os.WEXITSTATUS(status)
            if os.WIFSIGNALED(status):
                return -os.WTERMSIG(status)
            if os.WSTOPSIG(status) != signal.SIGTRAP | 0x80:
                signal_on = 0 if os.WSTOPSIG(status) == signal.SIGTRAP else os.WSTOPSIG(status)
                continue
            inside = not inside
            if inside:
                failing = self._before(child)
            elif failing:
                self._answer(child, failing)

    def _be_traced(self) -> None:
        self._libc.ptrace(TRACEME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        try:
            self._work()
            os._exit(0)
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)

    def _ptrace(self, request: int, child: int, data: int) -> None:
        self._libc.ptrace(request, child, None, ctypes.c_void_p(data))

    def _before(self, child: int) -> int:
        """What becomes of the call that is about to be done; an errno if it fails."""
        self._libc.ptrace(GETREGS, child, None, self._regs)
        call = self._read(child)
        if call is None:
            return 0
        self.calls += 1
        decided = self._decide(call)
        if decided == KILL:
            os.kill(child, signal.SIGKILL)
            return 0
        if decided:
            # A call that there is not does nothing.
            self._regs[ORIG_RAX] = 2**64 - 1
            self._libc.ptrace(SETREGS, child, None, self._regs)
        return decided

    def _answer(self, child: int, failing: int) -> None:
        self._libc.ptrace(GETREGS, child, None, self._regs)
        self._regs[RAX] = 2**64 - failing
        self._libc.ptrace(SETREGS, child, None, self._regs)

    def _read(self, child: int) -> Call | None:
        number = self._regs[ORIG_RAX]
        kind = CALLS.get(number)
        if kind is None:
            return None
        if kind in ("name", "remove"):
            first = self._regs[RSI] if number in (263, 264, 316) else self._regs[RDI]
            path = self._text(child, first)
            target = ""
            if kind == "name":
                target = self._text(child, self._regs[R10] if number in (264, 316) else self._regs[RSI])
            return Call(self.calls, kind, path, target=target) if path.startswith(self._folder) else None
        handle = self._regs[RDI]
        try:
            path = os.readlink(f"/proc/{child}/fd/{handle}")
        except OSError:
            return None
        if not path.startswith(self._folder):
            return None
        if kind != "write":
            return Call(self.calls, kind, path, size=self._regs[RSI] if kind == "cut" else 0)
        data = self._memory(child, self._regs[RSI], self._regs[RDX])
        offset = self._regs[R10] if number == 18 else self._position(child, handle)
        return Call(self.calls, kind, path, offset, data)

    def _position(self, child: int, handle: int) -> int:
        info = Path(f"/proc/{child}/fdinfo/{handle}").read_text(encoding="ascii")
        return int(info.split()[1])

    def _memory(self, child: int, address: int, size: int) -> bytes:
        with open(f"/proc/{child}/mem", "rb", buffering=0) as memory:
            memory.seek(address)
            return memory.read(size)

    def _text(self, child: int, address: int) -> str:
        return self._memory(child, address, 1024).split(b"\0")[0].decode("utf-8", "replace")


def record(work: Callable[[], object], folder: Path) -> tuple[list[Call], int]:
    """Every call that some work does to the files of a folder, and how it ended."""
    calls: list[Call] = []

    def note(call: Call) -> int:
        calls.append(call)
        return 0

    return calls, Traced(work, folder, note).run()


def fail_at(work: Callable[[], object], folder: Path, number: int, error: int = errno.EIO) -> int:
    """Do some work, and let its call of this number fail once; how it ended."""
    return Traced(work, folder, lambda call: error if call.number == number else 0).run()


def kill_at(work: Callable[[], object], folder: Path, number: int) -> int:
    """Do some work, and end it just before its call of this number."""
    return Traced(work, folder, lambda call: KILL if call.number == number else 0).run()
