"""Reading what people write: YAML or JSON text into plain data, bounded, with errors as findings.

In YAML every plain scalar stays text, save an empty one and `null`; the schema turns text into
numbers, dates and true/false where a field is one. So `ya`, `no` and `13.10` stay what they are.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import yaml

from docgen.errors import InvalidInput, UnreadableInput
from docgen.findings import Finding

MAX_BYTES = 10 * 1024 * 1024
MAX_VALUES = 200_000
MAX_CHARACTERS = MAX_BYTES
"""What a file of the largest size can hold without aliases."""
MAX_DEPTH = 40


def read_input(path: Path) -> Mapping[str, Any]:
    """The data in a YAML or JSON file; a `.json` file is read as JSON.

    Raises:
        UnreadableInput: The path cannot be read.
        InvalidInput: The file is too large, not text, or not well formed; findings have no input
            name yet.
    """
    raw = read_bytes(path, MAX_BYTES + 1)
    return parse_input(raw, is_json=path.suffix.lower() == ".json")


def read_bytes(path: Path, limit: int = -1) -> bytes:
    """The file's content, at most `limit` bytes of it.

    Raises:
        UnreadableInput: The path cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(limit)
    except OSError as error:
        raise UnreadableInput(f"{path}: tidak dapat dibaca ({error.strerror}).") from error


def parse_input(raw: bytes, *, is_json: bool = False) -> Mapping[str, Any]:
    """The data in this text; the same rules and errors as `read_input`."""
    if len(raw) > MAX_BYTES:
        raise _invalid(
            f"Berkas lebih besar dari {MAX_BYTES // 1024 // 1024} MB.",
            "Periksa apakah ini berkas isian yang benar.",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _invalid(
            f"Berkas ini bukan teks UTF-8 (byte ke-{error.start + 1}).",
            "Simpan isian sebagai teks biasa dengan pengodean UTF-8.",
        ) from error
    data = _parse_json(text) if is_json else _parse_yaml(text)
    if not isinstance(data, dict):
        raise _invalid(
            "Isian harus berupa pasangan nama dan nilai.", "Contoh baris pertama: judul: …"
        )
    return data


def _invalid(message: str, hint: str = "") -> InvalidInput:
    return InvalidInput([Finding("B01", "error", "", message, hint)])


def _parse_json(text: str) -> object:
    try:
        data = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        raise _invalid(
            f"Baris {error.lineno}, kolom {error.colno}: JSON tidak lengkap atau salah tulis.",
            "Periksa koma, tanda kutip, dan kurung di sekitar tempat itu.",
        ) from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:  # an integer of thousands of digits
        raise _invalid("Ada bilangan yang terlalu panjang.") from error
    _refuse_depth(data)
    return data


def _refuse_depth(data: object) -> None:
    level = [data]
    for _ in range(MAX_DEPTH):
        level = [inner for value in level for inner in _inside(value)]
    if level:
        raise _too_deep()


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _invalid(f"Nama “{key}” ditulis dua kali.", "Hapus salah satunya.")
        found[key] = value
    return found


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _refuse_constant(text)


def _refuse_constant(name: str) -> NoReturn:
    raise _invalid(f"Nilai {name} bukan angka yang sah.")


def _too_deep() -> InvalidInput:
    return _invalid(f"Isian bertingkat lebih dari {MAX_DEPTH} lapis.")


def _parse_yaml(text: str) -> object:
    try:
        return _build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"Baris {mark.line + 1}, kolom {mark.column + 1}: " if mark else ""
        raise _invalid(
            f"{where}YAML tidak dapat dibaca.",
            "Periksa titik dua, tanda kutip, dan jorokan baris di sekitar tempat itu.",
        ) from error
    except yaml.YAMLError as error:
        raise _invalid(
            f"{_first_unprintable(text)} tidak boleh ada di dalam berkas teks.",
            "Salin isian ke berkas baru dan simpan sebagai teks biasa.",
        ) from error


def _first_unprintable(text: str) -> str:
    """What a YAML stream cannot hold as it is (YAML 1.2, 5.1), with its line."""
    if (found := _UNPRINTABLE.search(text)) is None:
        return "Ada karakter yang"
    line = text.count("\n", 0, found.start()) + 1
    return f"Baris {line}: karakter U+{ord(found[0]):04X}"


_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# libyaml where PyYAML was built with it: ten times faster, same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being filled."""

    value: dict[str, Any] | list[Any]
    anchor: str | None
    before: "_Weight"
    key: str | None = None


class _Weight(NamedTuple):
    """How much data there is: values, and the characters of their texts."""

    values: int = 0
    characters: int = 0

    def plus(self, other: "_Weight") -> "_Weight":
        return _Weight(self.values + other.values, self.characters + other.characters)

    def since(self, other: "_Weight") -> "_Weight":
        return _Weight(self.values - other.values, self.characters - other.characters)


_NOTHING, _ONE_VALUE = _Weight(), _Weight(1)


@dataclass(slots=True)
class _Builder:
    """Builds plain data from YAML events, without recursion, weighing everything it makes."""

    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Any, _Weight]] = field(default_factory=dict)
    weight: _Weight = _NOTHING
    root: Any = None

    def add(self, value: object, line: int, weight: _Weight = _ONE_VALUE) -> None:
        self.weight = self.weight.plus(weight)
        if self.weight.values > MAX_VALUES:
            raise _invalid(f"Isian memuat lebih dari {MAX_VALUES} nilai.")
        if self.weight.characters > MAX_CHARACTERS:
            raise _invalid(f"Isian memuat lebih dari {MAX_CHARACTERS} huruf.")
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is None:
            top.key = self._checked_key(top.value, value, line)
        else:
            top.value[top.key] = value
            top.key = None

    def _checked_key(self, into: dict[str, Any], key: object, line: int) -> str:
        if not isinstance(key, str):
            raise _invalid(f"Baris {line}: nama isian harus teks.")
        if key in into:
            raise _invalid(f"Baris {line}: nama “{key}” ditulis dua kali.", "Hapus salah satunya.")
        return key

    def open(self, value: dict[str, Any] | list[Any], anchor: str | None) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise _too_deep()
        self.stack.append(_Open(value, anchor, self.weight))

    def close(self, line: int) -> None:
        done = self.stack.pop()
        if done.anchor:
            inside = self.weight.since(done.before)
            self.anchors[done.anchor] = (done.value, inside.plus(_ONE_VALUE))
        self.add(done.value, line)

    def alias(self, anchor: str, line: int) -> None:
        if anchor not in self.anchors:
            raise _invalid(f"Baris {line}: rujukan *{anchor} tidak ada.")
        value, weight = self.anchors[anchor]
        self.add(value, line, weight)


def _build(events: Iterator[yaml.Event]) -> object:
    builder = _Builder()
    documents = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.ScalarEvent):
            value, weight = _scalar(event), _Weight(1, len(event.value))
            if event.anchor:
                builder.anchors[event.anchor] = (value, weight)
            builder.add(value, line, weight)
        elif isinstance(event, yaml.MappingStartEvent):
            builder.open({}, event.anchor)
        elif isinstance(event, yaml.SequenceStartEvent):
            builder.open([], event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            builder.close(line)
        elif isinstance(event, yaml.AliasEvent):
            builder.alias(event.anchor or "", line)
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _invalid("Satu berkas hanya memuat satu isian.", "Hapus garis ---.")
    return builder.root


def _scalar(event: yaml.ScalarEvent) -> str | None:
    is_plain = event.style is None or event.style == ""
    if is_plain and event.value in {"", "null"} and event.tag is None:
        return None
    return str(event.value)


def with_input_name(findings: Sequence[Finding], name: str) -> tuple[Finding, ...]:
    """The findings, each saying which input it belongs to."""
    return tuple(
        Finding(f.code, f.level, f.pointer, f.message, f.hint, f.source, name) for f in findings
    )
