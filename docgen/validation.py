"""From plain data to a typed payload, with every error at once as a finding.

Messages say the place as people count it ("Langkah 3, waktu"), what was given, what is allowed.
"""

import difflib
import re
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from docgen.findings import Finding, pointer
from docgen.inputs import MAX_DEPTH

P = TypeVar("P", bound=BaseModel)

TOO_DEEP = "A07"
UNFIT_KEY = "A09"

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot carry."""


def validate(payload_type: type[P], data: Mapping[str, Any]) -> tuple[P | None, list[Finding]]:
    """The payload, or None where there are errors; and the findings of form.

    Keys without a value (`nomor:`) count as left out.
    """
    texts: list[str] = []
    try:
        filled = _without_empty(data, texts, MAX_DEPTH - 1)
    except _TooDeep:
        message = f"Isian bertingkat lebih dari {MAX_DEPTH} lapis."
        return None, [Finding(TOO_DEEP, "error", "", message)]
    # Seldom is there anything to say of a text, and joined they are soon looked through.
    findings = [] if _is_plain("".join(texts)) else list(_check_texts(payload_type, data))
    if any(finding.code == UNFIT_KEY for finding in findings):
        return None, findings
    try:
        payload = payload_type.model_validate(filled)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        findings += _unique(
            _finding(payload_type, data, detail) for detail in details if not _is_said(detail)
        )
        return None, findings
    return (None if any(f.is_error for f in findings) else payload), findings


def fits(payload_type: type[BaseModel], data: Mapping[str, Any]) -> bool:
    """Whether the data has texts, lists and groups where the type has them, whatever they say."""
    try:
        payload_type.model_validate(data)
    except ValidationError as error:
        return all(detail["type"] not in _SHAPES for detail in error.errors(include_url=False))
    return True


def place(payload_type: type[BaseModel], steps: Sequence[str | int]) -> str:
    """Where something is, as people say it: `Langkah 3, waktu`; empty for the whole."""
    words: list[str] = []
    model: type[BaseModel] | None = payload_type
    for step in steps:
        if isinstance(step, int):
            words[-1:] = [f"{words[-1]} {step + 1}" if words else f"Butir {step + 1}"]
            continue
        title, model = _title_and_model(model, step)
        is_inside = bool(words) and not title[:2].isupper()
        words.append(title[:1].lower() + title[1:] if is_inside else title)
    return ", ".join(words)


def _title_and_model(model: type[BaseModel] | None, key: str) -> tuple[str, type[BaseModel] | None]:
    field = model.model_fields.get(key) if model else None
    if field is None:
        return key, None
    return field.title or key, _model_in(field.annotation)


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401  any type form
    """The model that a field holds, alone, optional or in a list; None where it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in {
        typing.Union,
        types.UnionType,
        tuple,
        list,
        typing.Annotated,
    }:
        models = (_model_in(argument) for argument in typing.get_args(annotation))
        return next((model for model in models if model), None)
    return None


class _TooDeep(Exception):
    """The data goes deeper than any input may."""


def _without_empty(value: Any, texts: list[str], deeper: int) -> Any:  # noqa: ANN401  JSON-like data of any shape
    """The data without keys that have no value. Its texts are added to `texts`, keys among them.

    Raises:
        _TooDeep: It goes more than `deeper` levels down.
    """
    if isinstance(value, str):
        texts.append(value)
        return value
    if isinstance(value, (list, tuple)):
        _refuse_deeper(deeper)
        return [_without_empty(inner, texts, deeper - 1) for inner in value]
    if isinstance(value, Mapping):
        _refuse_deeper(deeper)
        texts += map(str, value)
        return {
            key: _without_empty(inner, texts, deeper - 1)
            for key, inner in value.items()
            if inner is not None
        }
    return value


def _refuse_deeper(deeper: int) -> None:
    if deeper < 0:
        raise _TooDeep


def _is_plain(text: str) -> bool:
    """Whether nothing can be said of a text's characters."""
    return text.isprintable() and "$" not in text


def _check_texts(payload_type: type[BaseModel], data: object) -> Iterator[Finding]:
    todo: list[tuple[tuple[str | int, ...], object]] = [((), data)]
    while todo:
        steps, value = todo.pop()
        if isinstance(value, str):
            yield from _check_text(payload_type, steps, value)
        elif isinstance(value, Mapping):
            if unfit := next((key for key in value if FORBIDDEN.search(str(key))), None):
                yield _unfit_key(payload_type, steps, str(unfit))
            todo.extend(((*steps, str(key)), inner) for key, inner in reversed([*value.items()]))
        elif isinstance(value, (list, tuple)):
            todo.extend(((*steps, index), value[index]) for index in reversed(range(len(value))))


def _unfit_key(payload_type: type[BaseModel], steps: tuple[str | int, ...], key: str) -> Finding:
    """Said of what the key stands in, since such a key cannot be written in a message."""
    return Finding(
        UNFIT_KEY,
        "error",
        pointer(*steps),
        f"{_prefix(payload_type, steps)}sebuah nama isian memuat karakter "
        f"U+{ord(FORBIDDEN.findall(key)[0]):04X}.",
        "Ketik ulang nama isian itu.",
    )


def _check_text(
    payload_type: type[BaseModel], steps: tuple[str | int, ...], text: str
) -> Iterator[Finding]:
    if _is_plain(text):
        return
    if found := FORBIDDEN.search(text.replace("\r\n", "\n").replace("\r", "\n")):
        yield Finding(
            "A05",
            "error",
            pointer(*steps),
            f"{_prefix(payload_type, steps)}ada karakter U+{ord(found[0]):04X} yang tidak dapat "
            "disimpan dalam dokumen Word.",
            "Hapus karakter itu, atau ketik ulang bagian ini.",
        )
    if "${" in text:
        yield Finding(
            "A06",
            "warning",
            pointer(*steps),
            f"{_prefix(payload_type, steps)}ada “${{”, tanda isian yang belum diganti.",
            "Ganti dengan isinya, atau hapus.",
        )


def _prefix(payload_type: type[BaseModel], steps: Sequence[str | int]) -> str:
    where = place(payload_type, steps)
    return f"{where}: " if where else ""


def _is_said(error: ErrorDetails) -> bool:
    """Whether another finding says it.

    So it is for a text with an unfit character, and for a list that is only called too short
    because its rows have errors of their own.
    """
    given = error["input"]
    return error["type"] == "string_unicode" or (
        error["type"] == "too_short"
        and isinstance(given, (list, tuple))
        and len(given) >= error["ctx"]["min_length"]
    )


def _unique(findings: Iterator[Finding]) -> list[Finding]:
    return list(dict.fromkeys(findings))


def _finding(payload_type: type[BaseModel], data: object, error: ErrorDetails) -> Finding:
    steps = _steps_within(data, error["loc"])
    message, hint = _say(payload_type, error, steps)
    return Finding(
        "A02" if error["input"] is None else _CODES.get(error["type"], "A03"),
        "error",
        pointer(*steps),
        f"{_prefix(payload_type, steps)}{message}",
        hint,
    )


def _steps_within(data: object, loc: Sequence[str | int]) -> tuple[str | int, ...]:
    """The location as far as it exists in the data; a missing key is named, nothing below a text."""
    steps: list[str | int] = []
    here: Any = data
    for step in loc:
        if isinstance(here, Mapping) and isinstance(step, str):
            steps.append(step)
            here = here.get(step)
        elif isinstance(here, (list, tuple)) and isinstance(step, int):
            steps.append(step)
            here = here[step] if step < len(here) else None
        else:
            break
    return tuple(steps)


_CODES = {
    "extra_forbidden": "A01",
    "missing": "A02",
    "kosong": "A02",
    "literal_error": "A04",
    "too_short": "A08",
    "too_long": "A08",
    "greater_than_equal": "A08",
    "less_than_equal": "A08",
}

_SHAPES = {
    "string_type": "teks",
    "tuple_type": "daftar",
    "list_type": "daftar",
    "model_type": "kelompok isian",
    "model_attributes_type": "kelompok isian",
    "dict_type": "kelompok isian",
}


def _say(
    payload_type: type[BaseModel], error: ErrorDetails, steps: tuple[str | int, ...]
) -> tuple[str, str]:
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _say_unknown(payload_type, steps)
    if kind == "missing":
        return "harus diisi.", ""
    if kind == "kosong" or given is None:
        return "harus diisi.", "Tulis isinya, atau hapus butir yang kosong ini."
    if kind == "literal_error":
        return f"{_given(given)} tidak dikenal.", f"Pilihannya: {_choices(context)}."
    if kind in _SHAPES:
        return f"harus {_SHAPES[kind]}, bukan {_given(given)}.", _how(_SHAPES[kind])
    if kind == "too_short":
        return f"paling sedikit {context['min_length']} butir.", ""
    if kind == "too_long":
        return f"paling banyak {context['max_length']} butir.", ""
    if kind == "greater_than_equal":
        return f"{_given(given)} terlalu kecil.", f"Paling sedikit {context['ge']:g}."
    if kind == "less_than_equal":
        return f"{_given(given)} terlalu besar.", f"Paling banyak {context['le']:g}."
    return f"{_given(given)} {error['msg']}.", context.get("hint") or _EXAMPLES.get(kind, "")


_EXAMPLES = {
    "tanggal": "Contoh: 2026-03-02",
    "tanggal_tidak_ada": "Contoh: 2026-03-02",
    "jam": "Contoh: 09.00",
    "ya_tidak": "Tulis ya atau tidak.",
}


def _say_unknown(payload_type: type[BaseModel], steps: tuple[str | int, ...]) -> tuple[str, str]:
    model: type[BaseModel] | None = payload_type
    for step in steps[:-1]:
        if isinstance(step, str):
            model = _title_and_model(model, step)[1]
    known = list(model.model_fields) if model else []
    near = difflib.get_close_matches(str(steps[-1]).lower(), known, n=1)
    allowed = f"Yang dikenal: {', '.join(known)}."
    return "isian ini tidak dikenal.", f"Mungkin “{near[0]}”? {allowed}" if near else allowed


def _choices(context: Mapping[str, Any]) -> str:
    return str(context["expected"]).replace(" or ", ", ").replace("'", "")


def _how(shape: str) -> str:
    if shape == "daftar":
        return "Tulis satu butir satu baris, masing-masing diawali tanda -."
    return ""


def _given(value: object) -> str:
    if isinstance(value, Mapping):
        return "kelompok isian"
    if isinstance(value, (list, tuple)):
        return "daftar"
    if isinstance(value, bool):
        return "ya/tidak"
    text = str(value)
    return f"“{text[:57]}…”" if len(text) > 60 else f"“{text}”"
