"""A folder on a file system of its own, in which every call can be made to wait: a network home on a bad day.

    unshare -rm python stalling_folder.py STORE FOLDER -- COMMAND...

shows what is in STORE at FOLDER through FUSE (the kernel's own protocol, no library), runs COMMAND, and ends with its
status. Lines on COMMAND's file descriptor 3 (its number is in STALLING_FOLDER_CONTROL) say how the folder is to be:

    go         every call is carried out at once
    stall      no call is answered for 2 s, then calls are for 0.3 s, and so on
    refuse N   every call fails with this errno (28: the disk is full, 30: read only, 5: it is gone), but for reading
    gone       every call fails, reading too
    watch N    from now on each call that the thread of this number makes itself is written down in STORE.asked
    note WORDS a line with these words is written there
"""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

STALL, BETWEEN = 2.0, 0.3
_HEADER = struct.Struct("<IIQQIIII")
_REPLY = struct.Struct("<IiQ")
_ATTR = struct.Struct("<QQQQQQIIIIIIIIII")
_ENTRY = struct.Struct("<QQQQII")
_DIRENT = struct.Struct("<QQII")
_BIGGEST = 128 * 1024

_WRITING = {4, 6, 8, 9, 10, 11, 12, 13, 16, 20, 25, 35, 45}
_UNANSWERED = {2, 36, 42}


class Folder:
    """The file system: calls come in on a descriptor of the kernel's, and go out to the store below it."""

    def __init__(self, store: Path, device: int) -> None:
        self._store, self._device = str(store), device
        self._paths = {1: ""}
        self._nodes = {"": 1}
        self._handles: dict[int, int | str] = {}
        self._next = 2
        self._began = 0.0
        self._mode = "go"
        self._refuse = 0
        self._watched = 0
        self._asked = Path(f"{store}.asked")
        self.calls = 0

    def obey(self, control: int) -> None:
        """Take orders until nobody gives any."""
        with os.fdopen(control, "r") as orders:
            for line in orders:
                words = line.split()
                if words[0] in ("watch", "note"):
                    if words[0] == "watch":
                        self._watched = int(words[1])
                    self._write_down(line)
                    continue
                self._began = time.monotonic()
                self._refuse = int(words[1]) if words[0] == "refuse" else 0
                self._mode = words[0]

    def _write_down(self, line: str) -> None:
        with self._asked.open("a", encoding="utf-8") as asked:
            asked.write(line)

    def serve(self) -> None:
        """Answer the kernel until the folder is unmounted."""
        while True:
            try:
                request = os.read(self._device, _BIGGEST + 4096)
            except OSError as error:
                if error.errno == errno.ENODEV:
                    return
                if error.errno in (errno.EINTR, errno.ENOENT):
                    continue
                raise
            _, code, unique, node, _, _, thread, _ = _HEADER.unpack_from(request)
            body = request[_HEADER.size :]
            if code in _UNANSWERED:
                continue
            self.calls += 1
            if thread and thread == self._watched:  # the kernel says which thread of which process is asking
                self._write_down(f"asked {code} {self._paths.get(node)} {body.rstrip(bytes(1))[-60:]!r}\n")
            self._wait()
            failed, answer = 0, b""
            try:
                if self._mode == "gone" and code != 26:
                    raise OSError(errno.EIO, "gone")
                if self._refuse and code in _WRITING:
                    raise OSError(self._refuse, "refused")
                answer = self._carry_out(code, node, body)
            except OSError as error:
                failed = -(error.errno or errno.EIO)
            except (KeyError, NotImplementedError):
                failed = -errno.ENOSYS if code not in _CALLS else -errno.ESTALE
            try:
                os.write(self._device, _REPLY.pack(_REPLY.size + len(answer), failed, unique) + answer)
            except OSError as error:
                if error.errno != errno.ENOENT:  # whoever asked has been killed meanwhile
                    raise

    def _wait(self) -> None:
        while self._mode == "stall":
            at = (time.monotonic() - self._began) % (STALL + BETWEEN)
            if at >= STALL:
                return
            threading.Event().wait(min(0.02, STALL - at))

    def _carry_out(self, code: int, node: int, body: bytes) -> bytes:
        if code not in _CALLS:
            raise NotImplementedError
        return _CALLS[code](self, node, body)

    # -- names

    def _path(self, node: int, name: bytes = b"") -> str:
        inside = self._paths[node]
        if name:
            inside = f"{inside}/{os.fsdecode(name)}"
        return self._store + inside

    def _entry(self, node: int, name: bytes) -> bytes:
        inside = f"{self._paths[node]}/{os.fsdecode(name)}"
        state = os.lstat(self._store + inside)
        if inside not in self._nodes:
            self._nodes[inside] = self._next
            self._paths[self._next] = inside
            self._next += 1
        number = self._nodes[inside]
        return _ENTRY.pack(number, 0, 0, 0, 0, 0) + self._attributes(state, number)

    @staticmethod
    def _attributes(state: os.stat_result, number: int) -> bytes:
        whole, rest = zip(
            *(divmod(one, 10**9) for one in (state.st_atime_ns, state.st_mtime_ns, state.st_ctime_ns)),
            strict=True,
        )
        owner = (state.st_mode, state.st_nlink, state.st_uid, state.st_gid, state.st_rdev, 4096, 0)
        return _ATTR.pack(number, state.st_size, state.st_blocks, *whole, *rest, *owner)

    # -- calls

    def _begin(self, node: int, body: bytes) -> bytes:
        ahead = struct.unpack_from("<I", body, 8)[0]
        big_writes = 1 << 5
        return struct.pack("<IIIIHHIIHH8I", 7, 31, ahead, big_writes, 16, 12, _BIGGEST, 1, 32, 0, *[0] * 8)

    def _lookup(self, node: int, body: bytes) -> bytes:
        return self._entry(node, body.rstrip(b"\0"))

    def _getattr(self, node: int, body: bytes) -> bytes:
        return struct.pack("<QII", 0, 0, 0) + self._attributes(os.lstat(self._path(node)), node)

    def _setattr(self, node: int, body: bytes) -> bytes:
        valid = struct.unpack_from("<I", body)[0]
        size = struct.unpack_from("<Q", body, 16)[0]
        mode = struct.unpack_from("<I", body, 68)[0]
        if valid & 1:
            os.chmod(self._path(node), stat.S_IMODE(mode))
        if valid & 8:
            os.truncate(self._path(node), size)
        return self._getattr(node, b"")

    def _mkdir(self, node: int, body: bytes) -> bytes:
        name = body[8:].rstrip(b"\0")
        os.mkdir(self._path(node, name), 0o700)
        return self._entry(node, name)

    def _unlink(self, node: int, body: bytes) -> bytes:
        os.unlink(self._path(node, body.rstrip(b"\0")))
        return b""

    def _rmdir(self, node: int, body: bytes) -> bytes:
        os.rmdir(self._path(node, body.rstrip(b"\0")))
        return b""

    def _rename(self, node: int, body: bytes, at: int = 8) -> bytes:
        to = struct.unpack_from("<Q", body)[0]
        old, new = body[at:].rstrip(b"\0").split(b"\0")
        os.rename(self._path(node, old), self._path(to, new))
        before = f"{self._paths[node]}/{os.fsdecode(old)}"
        after = f"{self._paths[to]}/{os.fsdecode(new)}"
        for inside, number in list(self._nodes.items()):
            if inside == after:
                del self._nodes[inside]
            elif inside == before or inside.startswith(before + "/"):
                del self._nodes[inside]
                moved = after + inside[len(before) :]
                self._nodes[moved], self._paths[number] = number, moved
        return b""

    def _rename2(self, node: int, body: bytes) -> bytes:
        return self._rename(node, body, at=16)

    def _opened(self, handle: int | str) -> bytes:
        self._next += 1
        self._handles[self._next] = handle
        direct = 1
        return struct.pack("<QII", self._next, direct, 0)

    def _open(self, node: int, body: bytes) -> bytes:
        flags = struct.unpack_from("<I", body)[0]
        kept = os.O_ACCMODE | os.O_APPEND | os.O_TRUNC
        return self._opened(os.open(self._path(node), flags & kept))

    def _create(self, node: int, body: bytes) -> bytes:
        flags = struct.unpack_from("<I", body)[0]
        name = body[16:].rstrip(b"\0")
        kept = os.O_ACCMODE | os.O_APPEND | os.O_TRUNC | os.O_EXCL
        handle = os.open(self._path(node, name), flags & kept | os.O_CREAT, 0o600)
        return self._entry(node, name) + self._opened(handle)

    def _read(self, node: int, body: bytes) -> bytes:
        handle, offset, size = struct.unpack_from("<QQI", body)
        return os.pread(int(self._handles[handle]), size, offset)

    def _write(self, node: int, body: bytes) -> bytes:
        handle, offset, size = struct.unpack_from("<QQI", body)
        written = os.pwrite(int(self._handles[handle]), body[40 : 40 + size], offset)
        return struct.pack("<II", written, 0)

    def _release(self, node: int, body: bytes) -> bytes:
        handle = self._handles.pop(struct.unpack_from("<Q", body)[0])
        if isinstance(handle, int):
            os.close(handle)
        return b""

    def _fsync(self, node: int, body: bytes) -> bytes:
        return b""

    def _opendir(self, node: int, body: bytes) -> bytes:
        return self._opened(self._path(node))

    def _readdir(self, node: int, body: bytes) -> bytes:
        handle, offset, size = struct.unpack_from("<QQI", body)
        names = [".", "..", *sorted(os.listdir(str(self._handles[handle])))]
        answer = b""
        for number, name in enumerate(names[offset:], offset + 1):
            raw = os.fsencode(name)
            entry = _DIRENT.pack(0xFFFFFFFF, number, len(raw), 0) + raw
            entry += b"\0" * (-len(entry) % 8)
            if len(answer) + len(entry) > size:
                break
            answer += entry
        return answer

    def _statfs(self, node: int, body: bytes) -> bytes:
        state = os.statvfs(self._store)
        return struct.pack(
            "<QQQQQIIII6I",
            *(state.f_blocks, state.f_bfree, state.f_bavail, state.f_files, state.f_ffree),
            *(state.f_bsize, 255, state.f_frsize, 0, *[0] * 6),
        )

    def _nothing(self, node: int, body: bytes) -> bytes:
        return b""


_CALLS = {
    1: Folder._lookup,
    3: Folder._getattr,
    4: Folder._setattr,
    9: Folder._mkdir,
    10: Folder._unlink,
    11: Folder._rmdir,
    12: Folder._rename,
    14: Folder._open,
    15: Folder._read,
    16: Folder._write,
    17: Folder._statfs,
    18: Folder._release,
    20: Folder._fsync,
    25: Folder._nothing,
    26: Folder._begin,
    27: Folder._opendir,
    28: Folder._readdir,
    29: Folder._release,
    30: Folder._nothing,
    35: Folder._create,
    45: Folder._rename2,
}


def mount(store: Path, folder: Path) -> Folder:
    """Mount; needs the right to (root, or a user namespace of its own).

    Raises:
        OSError: it cannot be mounted here.
    """
    device = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
    options = f"fd={device},rootmode=40000,user_id={os.getuid()},group_id={os.getgid()},allow_other"
    libc = ctypes.CDLL(None, use_errno=True)
    made = libc.mount(b"stalling", os.fsencode(folder), b"fuse.stalling", 0, options.encode())
    if made:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    return Folder(store, device)


def main(store: Path, folder: Path, command: list[str]) -> int:
    try:
        served = mount(store, folder)
    except OSError as error:
        print(f"cannot be mounted: {error}", file=sys.stderr)
        return 77
    orders, control = os.pipe()
    environment = {**os.environ, "STALLING_FOLDER_CONTROL": str(control)}
    process = subprocess.Popen(command, pass_fds=[control], env=environment)
    os.close(control)
    threading.Thread(target=served.obey, args=(orders,), daemon=True).start()
    threading.Thread(target=served.serve, daemon=True).start()
    return process.wait()


if __name__ == "__main__":
    sys.stdout.flush()
    os._exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[4:]))
