"""What an executable file for Windows says of itself: what it imports, who signed it, and the hash that Windows' rules know it by.

Read from the file itself, by the PE format and [MS-OSHARED]; nothing is run, and no signature is checked against a chain of trust.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from functools import cached_property

_ORGANISATION, _NAME = bytes.fromhex("55040a"), bytes.fromhex("550403")
_PUBLISHER = {
    "O": _ORGANISATION,
    "L": bytes.fromhex("550407"),
    "S": bytes.fromhex("550408"),
    "C": bytes.fromhex("550406"),
}
_CERTIFICATE_TABLE, _IMPORTS, _DELAYED_IMPORTS = 4, 1, 13


@dataclass(frozen=True)
class Executable:
    """A file in the PE format.

    Args:
        data: all of it.

    Raises (by every property):
        ValueError: it is no such file, or is cut off.
    """

    data: bytes

    @staticmethod
    def is_one(data: bytes) -> bool:
        """Whether the file begins as executable files do."""
        return data[:2] == b"MZ"

    @cached_property
    def _header(self) -> int:
        """Where the optional header begins."""
        try:
            start: int = struct.unpack_from("<I", self.data, 0x3C)[0]
        except struct.error as error:
            raise ValueError("cut off") from error
        if self.data[start : start + 4] != b"PE\0\0":
            raise ValueError("no PE header")
        return start + 24

    @property
    def is_64_bit(self) -> bool:
        """Whether it is for 64-bit processors of Intel's kind."""
        machine, magic = struct.unpack_from("<H", self.data, self._header - 20)[0], self._magic
        return bool(machine == 0x8664 and magic == 0x20B)

    @property
    def _magic(self) -> int:
        return int(struct.unpack_from("<H", self.data, self._header)[0])

    def _directory_place(self, number: int) -> int:
        return self._header + (112 if self._magic == 0x20B else 96) + 8 * number

    def _directory(self, number: int) -> tuple[int, int]:
        place, size = struct.unpack_from("<II", self.data, self._directory_place(number))
        return place, size

    @cached_property
    def hash(self) -> str:
        """The Authenticode SHA-256, in capitals: of everything but the checksum, the signature and where it lies.

        AppLocker's and App Control's hash rules hold this one, so a file keeps it when it is signed.
        """
        table, size = self._directory(_CERTIFICATE_TABLE)
        checksum, entry = self._header + 64, self._directory_place(_CERTIFICATE_TABLE)
        end = table if size else len(self.data)
        whole = hashlib.sha256()
        for first, last in ((0, checksum), (checksum + 4, entry), (entry + 8, end)):
            whole.update(self.data[first:last])
        if size:
            whole.update(self.data[table + size :])
        elif len(self.data) % 8:
            whole.update(bytes(8 - len(self.data) % 8))
        return whole.hexdigest().upper()

    @cached_property
    def _signature(self) -> bytes:
        """The PKCS #7 message of the signature; empty where there is none."""
        place, size = self._directory(_CERTIFICATE_TABLE)
        return self.data[place + 8 : place + size] if size else b""

    @property
    def signer(self) -> str:
        """The organisation that signed it; "" where nobody has."""
        return self._subject.get(_ORGANISATION) or self._subject.get(
            _NAME, "somebody" if self._signature else ""
        )

    @property
    def publisher(self) -> str:
        """The signer as AppLocker's publisher rules name it: organisation, place, county and country in capitals."""
        return ", ".join(
            f"{short}={self._subject[kind]}" for short, kind in _PUBLISHER.items() if kind in self._subject
        ).upper()

    @cached_property
    def _subject(self) -> dict[bytes, str]:
        """Whom the certificate names with which it was signed: kind of name -> name."""
        if not self._signature:
            return {}
        signed = _parts(_parts(_parts(self._signature)[0][1])[1][1])[0][1]
        parts = _parts(signed)
        certificates = next(value for kind, value in parts if kind == 0xA0)
        serial = _parts(_parts(_parts(parts[-1][1])[0][1])[1][1])[1][1]
        for _, certificate in _parts(certificates):
            fields = [part for part in _parts(_parts(certificate)[0][1]) if part[0] != 0xA0]
            if fields[0][1] == serial:
                return _named(fields[4][1])
        raise ValueError("signed by a certificate that is not with it")

    @cached_property
    def signed_hash(self) -> str:
        """The hash that the signature was made of; "" where there is none, or it is another kind of hash."""
        if not self._signature:
            return ""
        signed = _parts(_parts(_parts(self._signature)[0][1])[1][1])[0][1]
        content = _parts(_parts(_parts(signed)[2][1])[1][1])[0][1]
        digest = _parts(_parts(content)[1][1])[1][1]
        return digest.hex().upper() if len(digest) == 32 else ""

    @cached_property
    def imports(self) -> frozenset[str]:
        """The names of the DLLs that it needs, now or later, in small letters."""
        names = set()
        for number, length, field in ((_IMPORTS, 20, 12), (_DELAYED_IMPORTS, 32, 4)):
            place, size = self._directory(number)
            at = self._offset(place) if size else 0
            while at and any(entry := self.data[at : at + length]):
                name = self._offset(struct.unpack_from("<I", entry, field)[0])
                names.add(self.data[name : self.data.index(b"\0", name)].decode("ascii").lower())
                at += length
        return frozenset(names)

    def _offset(self, address: int) -> int:
        """Where in the file that lies which is at this address in memory."""
        sections = struct.unpack_from("<H", self.data, self._header - 18)[0]
        first = self._header + struct.unpack_from("<H", self.data, self._header - 4)[0]
        for number in range(sections):
            size, start, raw_size, raw = struct.unpack_from("<IIII", self.data, first + 40 * number + 8)
            if start <= address < start + max(size, raw_size):
                return int(address - start + raw)
        raise ValueError(f"nothing lies at {address:#x}")


def _parts(data: bytes) -> list[tuple[int, bytes]]:
    """The values that stand one after another in DER: (tag, content)."""
    found = []
    at = 0
    while at + 2 <= len(data) and data[at]:
        kind, size = data[at], data[at + 1]
        at += 2
        if size & 0x80:
            count = size & 0x7F
            size = int.from_bytes(data[at : at + count], "big")
            at += count
        found.append((kind, data[at : at + size]))
        at += size
    return found


def _named(name: bytes) -> dict[bytes, str]:
    """What an X.501 name says: kind -> text."""
    said = {}
    for _, relative in _parts(name):
        (_, kind), (text_kind, text) = _parts(_parts(relative)[0][1])[:2]
        said[kind] = text.decode("utf-16-be" if text_kind == 0x1E else "utf-8", "replace")
    return said
