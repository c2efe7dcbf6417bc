"""Template to Python: straight-line code that joins text, from the syntax tree that Jinja reads.

The language is names, attributes, loops, conditions and filters; anything else is refused, because
a template is data and not a program. What comes out is Python source of one function
`render(context)`, in which every expression stands on a line of its own, so that an error's line
says which expression it was.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from docgen.rendering.errors import InvalidTemplate, Place, Problem

COMPARISONS = {
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "gteq": ">=",
    "lt": "<",
    "lteq": "<=",
    "in": "in",
    "notin": "not in",
}
LOOP_ATTRIBUTES = {
    "index": "{n} + 1",
    "index0": "{n}",
    "first": "{n} == 0",
    "last": "{n} == {length} - 1",
    "length": "{length}",
}


@dataclass(frozen=True, slots=True)
class Generated:
    """Python source, and by line number the expression there as the template's author wrote it."""

    source: str
    expressions: Mapping[int, tuple[str, Place]]
    names: frozenset[str]


def generate(
    template: str, places: Sequence[Place], part: str, filters: frozenset[str], *, is_word: bool
) -> Generated:
    """The render function of one part.

    `places` has an entry for each tag, in order; the tag's newline tells its number.

    Raises:
        InvalidTemplate: All that is not in the language, each with its place.
    """
    writer = _Writer(places, part, filters, is_word=is_word)
    try:
        tree = Environment(autoescape=False, keep_trailing_newline=True).parse(template)  # noqa: S701  parsed, never rendered by Jinja
    except TemplateSyntaxError as error:
        place = writer.place(error.lineno)
        message = f"tanda templat salah tulis ({error.message})."
        raise InvalidTemplate(
            [Problem(place, message, "Periksa pasangan for/endfor, if/endif, dan kurungnya.")]
        ) from error
    writer.line("def render(c):")
    writer.line(" o = []")
    writer.line(" x = o.extend")
    writer.body(tree.body, 1, {})
    writer.line(" return ''.join(o)")
    if writer.problems:
        raise InvalidTemplate(writer.problems)
    return Generated("\n".join(writer.lines) + "\n", writer.expressions, frozenset(writer.names))


class _Writer:
    def __init__(
        self, places: Sequence[Place], part: str, filters: frozenset[str], *, is_word: bool
    ) -> None:
        self.lines: list[str] = []
        self.expressions: dict[int, tuple[str, Place]] = {}
        self.names: set[str] = set()
        self.problems: list[Problem] = []
        self._places = places
        self._part = part
        self._filters = filters
        self._is_word = is_word
        self._in_markup = False
        self._loops = 0

    def place(self, lineno: int) -> Place:
        """The place of the tag whose expression begins on this line of the template."""
        if 0 <= lineno - 1 < len(self._places):
            return self._places[lineno - 1]
        return Place(self._part)

    def line(self, text: str) -> None:
        self.lines.append(text)

    def refuse(self, node: nodes.Node, message: str) -> None:
        self.problems.append(
            Problem(
                self.place(node.lineno),
                message,
                "Templat hanya boleh memuat nama, for, if, dan saringan yang disediakan.",
            )
        )

    def body(self, body: Sequence[nodes.Node], depth: int, scope: dict[str, str]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                self._values(node, depth, scope)
            elif isinstance(node, nodes.For):
                self._for(node, depth, scope)
            elif isinstance(node, nodes.If):
                self._if(node, depth, scope)
            else:
                self.refuse(node, f"{type(node).__name__} tidak diperbolehkan.")

    def _values(self, node: nodes.Output, depth: int, scope: dict[str, str]) -> None:
        self.line(" " * depth + "x((")
        for value in node.nodes:
            if isinstance(value, nodes.TemplateData):
                self._note_markup(value.data)
                self.line(" " * depth + f" {value.data!r},")
            else:
                self._expression_line(value, depth, f"{self._escape()}({{}}),", scope)
        self.line(" " * depth + "))")

    def _note_markup(self, data: str) -> None:
        opened, closed = data.rfind("<"), data.rfind(">")
        if opened != closed:
            self._in_markup = opened > closed

    def _escape(self) -> str:
        if self._in_markup:
            return "attribute"
        return "text" if self._is_word else "element"

    def _expression_line(
        self, node: nodes.Expr, depth: int, form: str, scope: dict[str, str]
    ) -> None:
        self.expressions[len(self.lines) + 1] = (_as_written(node), self.place(node.lineno))
        self.line(" " * depth + " " + form.format(self.expression(node, scope)))

    def _for(self, node: nodes.For, depth: int, scope: dict[str, str]) -> None:
        if not isinstance(node.target, nodes.Name) or node.test or node.recursive or node.else_:
            self.refuse(node, "bentuk for ini tidak diperbolehkan.")
            return
        self._loops += 1
        number = self._loops
        inner = {**scope, node.target.name: f"v{number}", "loop": str(number)}
        self.expressions[len(self.lines) + 1] = (_as_written(node.iter), self.place(node.lineno))
        self.line(" " * depth + f"s{number} = rows({self.expression(node.iter, scope)})")
        uses_loop = any(name.name == "loop" for name in node.find_all(nodes.Name))
        if uses_loop:
            self.line(" " * depth + f"for n{number}, v{number} in enumerate(s{number}):")
        else:
            self.line(" " * depth + f"for v{number} in s{number}:")
        self.line(" " * depth + " pass")
        self.body(node.body, depth + 1, inner)

    def _if(self, node: nodes.If, depth: int, scope: dict[str, str]) -> None:
        branches = [node, *node.elif_]
        for position, branch in enumerate(branches):
            word = "elif" if position else "if"
            self.expressions[len(self.lines) + 1] = (
                _as_written(branch.test),
                self.place(branch.lineno),
            )
            self.line(" " * depth + f"{word} {self.expression(branch.test, scope)}:")
            self.line(" " * depth + " pass")
            self.body(branch.body, depth + 1, scope)
        if node.else_:
            self.line(" " * depth + "else:")
            self.line(" " * depth + " pass")
            self.body(node.else_, depth + 1, scope)

    def expression(self, node: nodes.Node, scope: dict[str, str]) -> str:
        match node:
            case nodes.Name(name=name):
                return self._name(node, name, scope)
            case nodes.Getattr(node=inner, attr=attr):
                return self._attribute(node, inner, attr, scope)
            case nodes.Getitem(node=inner, arg=nodes.Const(value=int() | str() as key)):
                if str(key).startswith("_"):
                    self.refuse(node, f"“{key}” tidak diperbolehkan.")
                return f"{self.expression(inner, scope)}[{key!r}]"
            case nodes.Const(value=str() | int() | float() | None as value):
                return repr(value)
            case nodes.Not(node=inner):
                return f"(not {self.expression(inner, scope)})"
            case nodes.And(left=left, right=right):
                return f"({self.expression(left, scope)} and {self.expression(right, scope)})"
            case nodes.Or(left=left, right=right):
                return f"({self.expression(left, scope)} or {self.expression(right, scope)})"
            case nodes.CondExpr(test=test, expr1=yes, expr2=nodes.Expr() as no):
                parts = (self.expression(one, scope) for one in (yes, test, no))
                return "({} if {} else {})".format(*parts)
            case nodes.Compare(expr=left, ops=[nodes.Operand(op=op, expr=right)]):
                return (
                    f"({self.expression(left, scope)} {COMPARISONS[op]} "
                    f"{self.expression(right, scope)})"
                )
            case nodes.Filter(node=nodes.Expr() as inner, name=name, args=args, kwargs=[]):
                return self._filter(node, inner, name, args, scope)
            case _:
                self.refuse(node, f"“{_as_written(node)}” tidak diperbolehkan.")
                return "None"

    def _name(self, node: nodes.Node, name: str, scope: dict[str, str]) -> str:
        if name in scope and name != "loop":
            return scope[name]
        if name.startswith("_") or name == "loop":
            self.refuse(node, f"nama “{name}” tidak diperbolehkan di sini.")
        self.names.add(name)
        return f"c[{name!r}]"

    def _attribute(
        self, node: nodes.Node, inner: nodes.Node, attr: str, scope: dict[str, str]
    ) -> str:
        if isinstance(inner, nodes.Name) and inner.name == "loop" and "loop" in scope:
            if attr in LOOP_ATTRIBUTES:
                number = scope["loop"]
                form = LOOP_ATTRIBUTES[attr]
                return f"({form.format(n=f'n{number}', length=f'len(s{number})')})"
            self.refuse(node, f"loop.{attr} tidak diperbolehkan.")
            return "None"
        if attr.startswith("_"):
            self.refuse(node, f"“{attr}” tidak diperbolehkan.")
        return f"{self.expression(inner, scope)}[{attr!r}]"

    def _filter(
        self,
        node: nodes.Node,
        inner: nodes.Expr,
        name: str,
        args: Sequence[nodes.Expr],
        scope: dict[str, str],
    ) -> str:
        if name not in self._filters:
            self.refuse(node, f"saringan “{name}” tidak ada.")
            return "None"
        values = ", ".join(self.expression(one, scope) for one in (inner, *args))
        return f"f[{name!r}]({values})"


def _as_written(node: nodes.Node) -> str:
    """The expression as its author would know it again."""
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=inner, attr=attr):
            return f"{_as_written(inner)}.{attr}"
        case nodes.Getitem(node=inner, arg=arg):
            return f"{_as_written(inner)}[{_as_written(arg)}]"
        case nodes.Const(value=value):
            return repr(value)
        case nodes.Filter(node=nodes.Node() as inner, name=name):
            return f"{_as_written(inner)} | {name}"
        case nodes.Not(node=inner):
            return f"not {_as_written(inner)}"
        case nodes.Call(node=inner):
            return f"{_as_written(inner)}(…)"
        case _:
            return re.sub(r"(?<!^)([A-Z])", r" \1", type(node).__name__).lower()
