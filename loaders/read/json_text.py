"""JSON text of any size, read in windows: its parts are decoded or skipped one at a time.

Python's own decoder decodes the parts, so that each number keeps its exact text. A streaming parser (ijson, with yajl)
turns `1E5` into `1E+5` and half a character into a question mark, and refuses a whole file for one `NaN`.
"""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from core.errors import FileRefused

WINDOW = 1 << 20
LARGEST_PART = 1 << 22
"""Maximum characters of a record, or of any other part that is decoded at once."""
MOST_NAMES = 10_000
"""Maximum names in one object larger than LARGEST_PART."""

DEEPEST = 1_000
"""Maximum nesting; Python's decoder allows slightly less."""

_MARKS = {"utf-8-sig": (3, "utf-8"), "utf-16": (2, "")}
_BLANKS = re.compile(r"[ \t\n\r]*+")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_TO_BRACKET = re.compile(r'(?:[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+")*+([\[\]{}])?', re.DOTALL)

NESTED = "is a JSON document that is nested too deeply"
NAMED_TWICE = "is a JSON document with a name twice in one object: which of its values holds would be a guess"


class PartTooLarge(Exception):
    """A part of the document exceeds the memory limit."""


@dataclass(frozen=True)
class LargeParts:
    """Positions cached from one reading of a document for the next: begins of large parts, and ends of skipped ones."""

    begin: set[int] = field(default_factory=set)
    ends: dict[int, int] = field(default_factory=dict)


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) != len(pairs):
        raise FileRefused(NAMED_TWICE)
    return named


_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_named_once)


class JsonText:
    """A position in a JSON document that advances with each part read. Methods raise FileRefused for invalid JSON."""

    def __init__(self, handle: BinaryIO, encoding: str, large: LargeParts) -> None:
        self._handle = handle
        mark, self._encoding = _MARKS.get(encoding, (0, encoding))
        if not self._encoding:
            self._encoding = "utf-16-le" if handle.read(2) == b"\xff\xfe" else "utf-16-be"
        self._large = large
        self.seek(mark)

    def tell(self) -> int:
        """The position, in bytes from the beginning of the file."""
        return self._begins + len(self._text[: self._at].encode(self._encoding))

    def seek(self, place: int) -> None:
        """Go to a position from `tell`."""
        self._handle.seek(place)
        self._begins, self._text, self._at, self._is_last = place, "", 0, False
        self._decode = _decoder(self._encoding)

    def peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            found = _BLANKS.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self._is_last:
                return self._text[self._at : self._at + 1]
            self._read_on()

    def value(self) -> Any:
        """Decode the value at this position: every number as its text, NaN and infinities as their names.

        Raises PartTooLarge, and then stays at the value's beginning.
        """
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                self._read_on_or_refuse(error)
            except RecursionError as error:
                raise FileRefused(NESTED) from error
            else:
                if end < len(self._text) or self._is_last:  # a number at the end of a window may continue in the next
                    self._at = end
                    return value
                self._read_on()

    def skip(self) -> None:
        """Skip the value at this position, however large."""
        if self.peek() not in ("[", "{"):
            self.value()
            return
        begins = self.tell()
        if begins in self._large.ends:
            self.seek(self._large.ends[begins])
            return
        depth = 0
        while bracket := self._next_bracket():
            depth += 1 if bracket in "[{" else -1
            if depth > DEEPEST:
                raise FileRefused(NESTED)
            if depth == 0:
                self._large.ends[begins] = self.tell()
                return

    def elements(self) -> Iterator[None]:
        """Stop at each element of the list at this position; the caller must read it before the next one."""
        self._at += 1
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield
            if self._expect(",]") == "]":
                return

    def names(self) -> Iterator[str]:
        """Stop at each value of the object at this position and yield its name; the caller must read the value."""
        self._at += 1
        seen: set[str] = set()
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            if self.peek() != '"':
                raise self._damaged("Expecting a name in quotes")
            name = self.value()
            self._expect(":")
            if name in seen:
                raise FileRefused(NAMED_TWICE)
            if len(seen) == MOST_NAMES:
                raise PartTooLarge
            seen.add(name)
            yield name
            if self._expect(",}") == "}":
                return

    def finish(self) -> None:
        """Check that nothing follows the document."""
        if self.peek():
            raise self._damaged("Extra data")

    def _expect(self, characters: str) -> str:
        found = self.peek()
        if not found or found not in characters:
            raise self._damaged(f"Expecting {' or '.join(characters)}")
        self._at += 1
        return found

    def _next_bracket(self) -> str:
        while True:
            found = _TO_BRACKET.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if found and found[1]:
                return found[1]
            if self._is_last:
                raise self._damaged("It ends too early")
            if len(self._text) - self._at > LARGEST_PART:
                raise PartTooLarge
            self._read_on()

    def _read_on(self) -> None:
        self._begins = self.tell()
        block = self._handle.read(WINDOW)
        self._text = self._text[self._at :] + self._decode.decode(block, not block)
        self._at, self._is_last = 0, not block

    def _read_on_or_refuse(self, error: json.JSONDecodeError) -> None:
        """Extend the window for an incomplete value, or refuse a damaged one."""
        begins = self.tell()
        is_large = len(self._text) - self._at > LARGEST_PART
        if begins in self._large.begin:
            raise PartTooLarge from error
        if self._is_last or (is_large and self._is_whole()):
            self._at = error.pos
            raise self._damaged(error.msg) from error
        if is_large:
            self._large.begin.add(begins)
            raise PartTooLarge from error
        self._read_on()

    def _is_whole(self) -> bool:
        """Whether the value at this position ends within the window."""
        if self._text[self._at] not in "[{":
            return self._text[self._at] != '"' or bool(_STRING.match(self._text, self._at))
        at, depth = self._at, 0
        while (found := _TO_BRACKET.match(self._text, at)) and found[1]:
            at = found.end()
            depth += 1 if found[1] in "[{" else -1
            if depth == 0:
                return True
        return False

    def _damaged(self, what: str) -> FileRefused:
        return FileRefused(f"is not a complete JSON document: {what} (at byte {self.tell():,})")


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder(encoding)("strict")
