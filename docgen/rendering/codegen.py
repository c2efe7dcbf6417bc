"""Template to Python: straight-line code that joins text, from the syntax tree that Jinja reads.

The language is names, attributes, loops, conditions and filters; anything else is refused, because
a template is data and not a program. What comes out is Python source of one function
`render(c, d)` (context and `Filling`), in which every expression stands on a line of its own, so
that an error's line says which expression it was.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from jinja2 import Environment, TemplateSyntaxError, nodes

from docgen.rendering.errors import InvalidTemplate, Place, Problem
from docgen.rendering.structure import Elements

NUMBER = re.compile("\ufdd2([dsen])(\\d+)\ufdd3")
"""Where an id stands in a template's text (see `numbering`): what of, and which."""

END = "\ufdd4"
"""Stands at the end of a cell, row, table or note from which everything may be left out."""

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

# The commonest value of each kind is written without a call.
WRITE = {
    "attribute": "str(w) if (w := {}).__class__ is int else attribute(w)",
    "text": "escape(w) if (w := {}).__class__ is str and w.isprintable() else text(w, d)",
    "run": "run({}, d)",
    "paragraph": "paragraph({}, d)",
    "element": "element({})",
}
ONLY_LANGUAGE = "Templat hanya boleh memuat nama, for, if, dan saringan yang disediakan."
TOO_DEEP, SIMPLER = "for, if, atau kurung bersarang terlalu dalam.", "Sederhanakan."
BREAKS = "tanda di sekitar ini memotong paragraf atau sel."
NO_DASH = "Hapus tanda kurang di {%- atau -%} pada awal atau akhir paragraf."
PAIRS = "Periksa pasangan for/endfor, if/endif, dan kurungnya."
SAME_LEVEL = (
    "Tulis awal dan akhirnya dengan tanda yang sama ({%p …%}, {%tr …%} atau {%tc …%}), atau "
    "keduanya dalam satu paragraf."
)


@dataclass(frozen=True, slots=True)
class Generated:
    """Python source, and by line number the expression there as the template's author wrote it."""

    source: str
    expressions: Mapping[int, tuple[str, Place]]
    names: frozenset[str]


def read_syntax(template: str, places: Sequence[Place], part: str) -> nodes.Template:
    """The template's syntax tree; a node's line, from 1, is the number of its tag.

    Raises:
        InvalidTemplate: A tag is not closed, crosses another, cannot be read or goes too deep.
    """
    try:
        return Environment(autoescape=False, keep_trailing_newline=True).parse(template)  # noqa: S701  parsed, never rendered by Jinja
    except TemplateSyntaxError as error:
        message = f"“{_tag_on(template.split(chr(10)), error.lineno)}” salah tulis."
        problem = Problem(place_of(error.lineno, places, part), message, PAIRS)
        raise InvalidTemplate([problem]) from error
    except RecursionError as error:
        raise InvalidTemplate([Problem(Place(part), TOO_DEEP, SIMPLER)]) from error


def _tag_on(lines: Sequence[str], lineno: int) -> str:
    """The tag that ends with this line, counted from 1, and the brackets that begin the next."""
    before = lines[lineno - 1]
    begins = max(before.rfind("{{"), before.rfind("{%"), 0)
    ends = lines[lineno][:2] if lineno < len(lines) else ""
    return f"{before[begins:]}{ends}"


def check_expression(
    words: str, place: Place, filters: frozenset[str], names: Iterable[str]
) -> nodes.Expr:
    """The expression's syntax, if it is in the language; `names` are those of loops around it.

    Raises:
        InvalidTemplate: It cannot be read, or holds what is not in the language.
    """
    tree = read_syntax(f"{{{{ {words} }}}}", [place], place.part)
    expression = next(tree.find_all(nodes.Output)).nodes[0]
    writer = _Writer([place], place.part, filters)
    writer.expression(expression, dict.fromkeys(names, "v"))
    if writer.problems:
        raise InvalidTemplate(writer.problems)
    return expression


def place_of(lineno: int, places: Sequence[Place], part: str) -> Place:
    """The place of the tag with this number, from 1."""
    return places[lineno - 1] if 0 < lineno <= len(places) else Place(part)


def generate(
    tree: nodes.Template, places: Sequence[Place], part: str, filters: frozenset[str]
) -> Generated:
    """The render function of one part; `places` has an entry for each tag, in order.

    Raises:
        InvalidTemplate: All that is not in the language, each with its place.
    """
    writer = _Writer(places, part, filters)
    writer.whole(tree)
    if writer.problems:
        raise InvalidTemplate(writer.problems)
    return Generated("\n".join(writer.source()), writer.expressions, frozenset(writer.names))


class _Writer:
    def __init__(self, places: Sequence[Place], part: str, filters: frozenset[str]) -> None:
        self.expressions: dict[int, tuple[str, Place]] = {}
        self.names: set[str] = set()
        self.problems: list[Problem] = []
        self._places = places
        self._part = part
        self._filters = filters
        self._lines = ["def render(c, d):", " o = []", " x = o.extend", ""]
        self._elements = Elements()
        self._is_crossed = False
        self._kept: list[str] = []
        self._repeated: set[str] = set()
        self._loops = 0

    def source(self) -> list[str]:
        """The function's lines; what it keeps between a loop's turns begins as nothing."""
        beginnings = [*(f"{name} = None" for name in self._kept)]
        beginnings += [f"{name} = 0" for name in sorted(self._repeated)]
        return [*self._lines[:3], " " + "; ".join(beginnings), *self._lines[4:], _END]

    def refuse(self, node: nodes.Node, message: str, mend: str = ONLY_LANGUAGE) -> None:
        self.problems.append(Problem(self._place(node), message, mend))

    def _place(self, node: nodes.Node) -> Place:
        return place_of(node.lineno, self._places, self._part)

    def _line(self, depth: int, text: str) -> None:
        self._lines.append(" " * depth + text)

    def _expression_line(self, node: nodes.Node, depth: int, text: str) -> None:
        """A line whose errors are this expression's."""
        self.expressions[len(self._lines) + 1] = (as_written(node), self._place(node))
        self._line(depth, text)

    def whole(self, tree: nodes.Template) -> None:
        """The part, which must close all that it opens."""
        self.body(tree.body, 1, {})
        if not self._elements.is_closed and not self.problems:
            self.refuse(tree, BREAKS, NO_DASH)

    def body(self, body: Sequence[nodes.Node], depth: int, scope: dict[str, str]) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                self._output(node, depth, scope)
            elif isinstance(node, nodes.For):
                self._for(node, depth, scope)
            elif isinstance(node, nodes.If):
                self._if(node, depth, scope)
            else:
                self.refuse(node, f"{type(node).__name__} tidak diperbolehkan.")

    def _output(self, node: nodes.Output, depth: int, scope: dict[str, str]) -> None:
        for number, values in enumerate(_split_at_ends(node.nodes)):
            if number:
                self._line(depth, "o.append(end(o))")
            self._joined(values, depth, scope)

    def _joined(self, values: Sequence[nodes.Expr], depth: int, scope: dict[str, str]) -> None:
        pieces = [self._piece(value, scope) for value in values]
        self._line(depth, "x((")
        for is_kept, group in groupby(pieces, key=lambda piece: piece.is_constant):
            run = list(group)
            if scope and is_kept and any(piece.expression for piece in run):
                self._keep(run, depth)
            else:
                self._write(run, depth)
        self._line(depth, "))")

    def _piece(self, node: nodes.Expr, scope: dict[str, str]) -> "_Piece":
        if isinstance(node, nodes.TemplateData):
            self._elements.feed(node.data)
            if self._elements.is_broken and not self._is_crossed:
                self._is_crossed = True
                self.refuse(node, BREAKS, NO_DASH)
            code = self._numbered(node.data, is_repeated=bool(scope))
            return _Piece(code, None, is_constant=not NUMBER.search(node.data))
        writer = self._elements.writer
        inner = set(scope) & {name.name for name in _names(node)}
        # A fragment may hold ids, which must not be the same twice; an attribute never does.
        is_constant = writer == "attribute" and not inner
        return _Piece(WRITE[writer].format(self.expression(node, scope)), node, is_constant)

    def _keep(self, pieces: "Sequence[_Piece]", depth: int) -> None:
        """Pieces that are the same in every turn of a loop are joined once, in the first."""
        name = f"k{len(self._kept)}"
        self._kept.append(name)
        self._line(depth, f" {name} if {name} is not None else ({name} := ''.join((")
        self._write(pieces, depth)
        self._line(depth, " ))),")

    def _write(self, pieces: "Sequence[_Piece]", depth: int) -> None:
        for piece in pieces:
            if piece.expression is None:
                self._line(depth, f" {piece.code},")
            else:
                self._expression_line(piece.expression, depth, f" {piece.code},")

    def _numbered(self, data: str, *, is_repeated: bool) -> str:
        """The text as Python, its ids as they are or, where it is repeated, new in every turn."""

        def fixed(match: re.Match[str]) -> str:
            return "" if match[1] == "n" else match[2]

        if not is_repeated:
            return repr(NUMBER.sub(fixed, data))
        code = []
        position = 0
        for match in NUMBER.finditer(data):
            code += [repr(data[position : match.start()]), self._new_number(*match.groups())]
            position = match.end()
        code.append(repr(data[position:]))
        return ", ".join(code)

    def _new_number(self, of: str, number: str) -> str:
        name = f"b{number}"
        if of == "d":
            return "str(d.number())"
        if of == "s":
            self._repeated.add(name)
            return f"str({name} := d.number())"
        if name not in self._repeated:
            return repr("" if of == "n" else number)
        return f"d.suffix({number}, {name})" if of == "n" else f"str({name})"

    def _for(self, node: nodes.For, depth: int, scope: dict[str, str]) -> None:
        if not isinstance(node.target, nodes.Name) or node.test or node.recursive:
            self.refuse(node, "bentuk for ini tidak diperbolehkan.")
            return
        self._loops += 1
        number = self._loops
        inner = {**scope, node.target.name: f"v{number}", "loop": str(number)}
        self._expression_line(
            node.iter, depth, f"s{number} = rows({self.expression(node.iter, scope)})"
        )
        if any(name.name == "loop" for name in node.find_all(nodes.Name)):
            self._line(depth, f"for n{number}, v{number} in enumerate(s{number}):")
        else:
            self._line(depth, f"for v{number} in s{number}:")
        self._block(node, node.body, depth, inner)
        if node.else_:
            self._line(depth, f"if not s{number}:")
            self._block(node, node.else_, depth, scope)

    def _if(self, node: nodes.If, depth: int, scope: dict[str, str]) -> None:
        for position, branch in enumerate([node, *node.elif_]):
            word = "elif" if position else "if"
            test = self.expression(branch.test, scope)
            self._expression_line(branch.test, depth, f"{word} {test}:")
            self._block(branch, branch.body, depth, scope)
        if node.else_:
            self._line(depth, "else:")
            self._block(node, node.else_, depth, scope)

    def _block(
        self, node: nodes.Node, body: Sequence[nodes.Node], depth: int, scope: dict[str, str]
    ) -> None:
        """What may be left out or repeated: it must close what it opens, or the XML breaks."""
        before = self._elements.state
        self._line(depth, " pass")
        self.body(body, depth + 1, scope)
        if not self._elements.is_level_with(before) and not self._is_crossed:
            # All that follows is crossed with it, and would only repeat it.
            self._is_crossed = True
            self.refuse(node, "awal dan akhir for atau if tidak setingkat.", SAME_LEVEL)
        self._elements.restore(before)

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
            case nodes.Compare(expr=left, ops=operands):
                compared = (
                    f"{COMPARISONS[one.op]} {self.expression(one.expr, scope)}" for one in operands
                )
                return f"({self.expression(left, scope)} {' '.join(compared)})"
            case nodes.Mul(left=nodes.Const(value=int(times)), right=nodes.Getattr() as right):
                # What docxtpl writes for a cell that spans the columns of a loop.
                return f"({times} * {self.expression(right, scope)})"
            case nodes.Filter(node=nodes.Expr() as inner, name=name, args=args, kwargs=[]):
                return self._filter(node, inner, name, args, scope)
            case _:
                self.refuse(node, f"“{as_written(node)}” tidak diperbolehkan.")
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


_END = " return ''.join(o)\n"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Python of one thing to write, and the expression that it is, if it is not plain text."""

    code: str
    expression: nodes.Expr | None
    is_constant: bool


def _split_at_ends(values: Sequence[nodes.Expr]) -> list[list[nodes.Expr]]:
    """The values, in a list up to each end of what may have been left empty."""
    lists: list[list[nodes.Expr]] = [[]]
    for value in values:
        if isinstance(value, nodes.TemplateData):
            first, *rest = (
                nodes.TemplateData(words, lineno=value.lineno) for words in value.data.split(END)
            )
            lists[-1].append(first)
            lists += ([one] for one in rest)
        else:
            lists[-1].append(value)
    return lists


def _names(node: nodes.Expr) -> list[nodes.Name]:
    return [node] if isinstance(node, nodes.Name) else list(node.find_all(nodes.Name))


def as_written(node: nodes.Node) -> str:
    """The expression as its author would know it again."""
    match node:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=inner, attr=attr):
            return f"{as_written(inner)}.{attr}"
        case nodes.Getitem(node=inner, arg=arg):
            return f"{as_written(inner)}[{as_written(arg)}]"
        case nodes.Const(value=value):
            return repr(value)
        case nodes.Filter(node=nodes.Node() as inner, name=name):
            return f"{as_written(inner)} | {name}"
        case nodes.Not(node=inner):
            return f"not {as_written(inner)}"
        case nodes.Call(node=inner):
            return f"{as_written(inner)}(…)"
        case nodes.Compare(expr=left, ops=operands):
            compared = (f"{COMPARISONS[one.op]} {as_written(one.expr)}" for one in operands)
            return f"{as_written(left)} {' '.join(compared)}"
        case nodes.And(left=left, right=right):
            return f"{as_written(left)} and {as_written(right)}"
        case nodes.Or(left=left, right=right):
            return f"{as_written(left)} or {as_written(right)}"
        case nodes.BinExpr(left=left, right=right, operator=operator):
            return f"{as_written(left)} {operator} {as_written(right)}"
        case nodes.UnaryExpr(node=inner, operator=operator):
            return f"{operator}{as_written(inner)}"
        case nodes.Concat(nodes=joined):
            return " ~ ".join(map(as_written, joined))
        case nodes.CondExpr(test=test, expr1=yes, expr2=no):
            otherwise = f" else {as_written(no)}" if no else ""
            return f"{as_written(yes)} if {as_written(test)}{otherwise}"
        case nodes.Test(node=inner, name=name):
            return f"{as_written(inner)} is {name}"
        case nodes.List() | nodes.Tuple() | nodes.Slice():
            return "[…]"
        case _:
            return "…"
