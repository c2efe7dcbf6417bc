"""Which sheets and columns a kind's workbook has, read from its schema and its form's hints."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast

from docgen.forms import Form, Hint
from docgen.kinds import DocumentKind
from docgen.schema import model_schema

ISIAN = "Isian"
PETUNJUK = "Petunjuk"
PILIHAN = "Pilihan"
KEY = "Dokumen"
"""The column that names a document, in `Isian` and in every sheet of a list."""

ITEM = "*"
MAX_SHEET_NAME = 31
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")

Type = Literal["text", "lines", "choice", "date", "time", "number", "yes_no"]

NULL = {"type": "null"}
OFFICE = "satker"

YES_NO = (("ya", "ya"), ("tidak", "tidak"))


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a row. `path` leads through the groups to it; `choices` are values and words.

    `several` numbers may stand in one line, joined by commas. `aliases` are other headers that are
    understood. `chosen_from` is the pattern of the list whose entries it takes. `is_asked`
    says whether the form asks for it; what it does not is for those who know of it.
    """

    path: tuple[str, ...]
    title: str
    type: Type
    required: bool = False
    help: str = ""
    example: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    several: bool = False
    is_long: bool = False
    aliases: tuple[str, ...] = ()
    chosen_from: str = ""
    is_asked: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """`Isian`, or a list of objects.

    `pattern` names the list in the input (`tim/*/anggota`), `path` leads to it from a row of
    `parent`. `key` heads the column by which rows of other sheets name a row of this one; it is
    empty where no sheet does. With `takes_text` a text alone stands for an object that has only its
    first field.
    """

    name: str
    pattern: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]
    parent: "Sheet | None" = None
    key: str = ""
    help: str = ""
    required: bool = False
    takes_text: bool = False

    @property
    def ancestors(self) -> tuple["Sheet", ...]:
        """The sheets that a row of this one names a row of, from `Isian` down."""
        return () if self.parent is None else (*self.parent.ancestors, self.parent)

    @property
    def links(self) -> tuple[str, ...]:
        """The headers of the columns that name those rows."""
        return tuple(sheet.key for sheet in self.ancestors)

    @property
    def headers(self) -> tuple[str, ...]:
        """Every column's header, in order."""
        own_key = (self.key,) if self.key else ()
        return (*self.links, *own_key, *(column.title for column in self.columns))


def sheets_of(kind: DocumentKind[Any]) -> tuple[Sheet, ...]:
    """The kind's sheets: `Isian` first, a list always after the sheet whose rows hold it."""
    schema = model_schema(kind.payload)
    return tuple(_Reader(schema.get("$defs", {}), kind.form).sheets(schema))


@dataclass(frozen=True, slots=True)
class _List:
    """A list of objects, met while reading the columns of the sheet above it."""

    path: tuple[str, ...]
    pattern: str
    title: str
    group_titles: tuple[str, ...]
    item: Mapping[str, Any]
    help: str
    required: bool
    takes_text: bool


class _Reader:
    def __init__(self, defs: Mapping[str, Any], form: Form) -> None:
        self._defs = defs
        self._form = form
        self._offered = {
            hint.choices_from.strip("/") for hint in form.hints.values() if hint.choices_from
        }
        self._names = {ISIAN.casefold(), PETUNJUK.casefold(), PILIHAN.casefold()}

    def sheets(self, schema: Mapping[str, Any]) -> Iterator[Sheet]:
        order = _form_order(self._form, schema["properties"])
        fields = list(self._fields(schema, order, (), "", ()))
        isian = Sheet(ISIAN, "", (), _distinct(one for one in fields if isinstance(one, Column)))
        isian = dataclasses.replace(isian, key=KEY)
        yield isian
        yield from self._lists(fields, isian)

    def _lists(self, fields: Iterable[Column | _List], parent: Sheet) -> Iterator[Sheet]:
        for one in fields:
            if isinstance(one, _List):
                yield from self._list(one, parent)

    def _list(self, one: _List, parent: Sheet) -> Iterator[Sheet]:
        inner = list(
            self._fields(one.item, one.item["properties"], (), f"{one.pattern}/{ITEM}", ())
        )
        sheet = Sheet(
            self._name(one),
            one.pattern,
            one.path,
            _distinct(column for column in inner if isinstance(column, Column)),
            parent,
            help=one.help,
            required=one.required,
            takes_text=one.takes_text,
        )
        if any(isinstance(below, _List) for below in inner):
            sheet = dataclasses.replace(sheet, key=f"Nomor {one.title.lower()}")
        yield sheet
        yield from self._lists(inner, sheet)

    def _name(self, one: _List) -> str:
        """A name that Excel allows and no other sheet has."""
        candidates = [one.title, " - ".join((*one.group_titles, one.title)), one.pattern]
        names = [_sheet_name(words) for words in candidates]
        free = next(name for name in names if name.casefold() not in self._names)
        self._names.add(free.casefold())
        return free

    def _fields(
        self,
        parent: Mapping[str, Any],
        keys: Iterable[str],
        path: tuple[str, ...],
        pattern: str,
        titles: tuple[str, ...],
    ) -> Iterator[Column | _List]:
        """The columns and lists of an object, those of its groups among them."""
        for key in keys:
            raw = parent["properties"][key]
            schema = self._resolve(raw)
            title = raw.get("title") or schema.get("title") or key.replace("_", " ").capitalize()
            here, where = (*path, key), f"{pattern}/{key}".lstrip("/")
            required = key in parent.get("required", ())
            help_ = raw.get("description", "")
            item = self._item(key, raw, schema, where)
            if "properties" in item:
                takes_text = where in self._offered or any(
                    one.get("type") == "string" for one in schema["items"].get("anyOf", ())
                )
                is_required = required and not path
                yield _List(here, where, title, titles, item, help_, is_required, takes_text)
            elif "properties" in schema:
                inside = (*titles, title)
                yield from self._fields(schema, schema["properties"], here, where, inside)
            else:
                yield self._column(raw, schema, here, where, (*titles, title), required=required)

    def _item(
        self, key: str, raw: Mapping[str, Any], schema: Mapping[str, Any], pattern: str
    ) -> Mapping[str, Any]:
        """What a list holds, nothing where it is no list.

        Texts that other fields choose from are given a row each, so that drop-downs can name them.
        """
        if "items" not in schema:
            return {}
        item = self._resolve(schema["items"])
        if pattern not in self._offered or "properties" in item:
            return item
        known = {name: raw[name] for name in ("title", "examples") if name in raw}
        return {"properties": {key: {**known, "type": "string"}}, "required": [key]}

    def _column(
        self,
        raw: Mapping[str, Any],
        schema: Mapping[str, Any],
        path: tuple[str, ...],
        pattern: str,
        titles: tuple[str, ...],
        *,
        required: bool,
    ) -> Column:
        hint = self._form.hint(pattern)
        type_ = _type(schema, hint)
        return Column(
            path=path,
            title=": ".join(titles),
            type=type_,
            required=required and len(path) == 1,
            help=raw.get("description", ""),
            example=str((raw.get("examples") or [""])[0]),
            choices=YES_NO if type_ == "yes_no" else _choices(schema, hint.words),
            several=hint.several,
            is_long=type_ == "lines" or (hint.widget in {None, "area"} and hint.width == "full"),
            chosen_from=hint.choices_from.strip("/"),
            is_asked=self._is_asked(pattern),
            aliases=("/".join(path), ".".join(path), *([hint.label] if hint.label else [])),
        )

    def _is_asked(self, pattern: str) -> bool:
        """Whether somebody who fills in a form meets it; the office is chosen before the form."""
        asked = {key for section in self._form.sections for key in section.fields}
        return pattern.split("/", 1)[0] in {*asked, OFFICE}

    def _resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema without its null, following references; of several, the one that holds most."""
        if "$ref" in schema:
            return self._resolve(self._defs[schema["$ref"].rpartition("/")[2]])
        options = [self._resolve(one) for one in schema.get("anyOf", ()) if one != NULL]
        if options:
            return max(options, key=lambda one: ("items" in one, "properties" in one))
        return schema


def _sheet_name(words: str) -> str:
    return _FORBIDDEN_IN_SHEET_NAME.sub(" ", words)[:MAX_SHEET_NAME].strip().strip("'")


def _form_order(form: Form, properties: Iterable[str]) -> list[str]:
    """The keys as the form asks for them, then what it does not ask for."""
    asked = [key for section in form.sections for key in section.fields]
    return [*asked, *(key for key in properties if key not in asked)]


def _distinct(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns; one whose title another has is told apart by its path."""
    taken: set[str] = set()
    result = []
    for column in columns:
        title = column.title
        if title.casefold() in taken:
            title = f"{title} ({'/'.join(column.path)})"
        taken.add(title.casefold())
        result.append(dataclasses.replace(column, title=title))
    return tuple(result)


def _type(schema: Mapping[str, Any], hint: Hint) -> Type:
    if "items" in schema:
        return "lines"
    if hint.widget in {"date", "time", "number", "yes_no"}:
        return cast("Type", hint.widget)
    if "enum" in schema or "const" in schema:
        return "choice"
    if schema.get("format") == "date":
        return "date"
    return "text"


def _choices(schema: Mapping[str, Any], words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    return tuple((str(value), words.get(str(value), str(value))) for value in values)
