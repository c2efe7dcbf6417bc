"""`python -m bench [NAME…]`: run every bench beside this file, or those named, and print tables.

A bench is a module with `run() -> dict`: figures by name, of which a list of dicts is a table and
a dict is one of names and figures. All figures go to `var/bench.json` too. A bench that fails says
so and the others go on; the exit code is 1 then.
"""

import importlib
import json
import pkgutil
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
RESULTS = HERE.parent / "var" / "bench.json"


def main(names: Sequence[str]) -> int:
    """Run the benches; the exit code."""
    known = [module.name for module in pkgutil.iter_modules([str(HERE)]) if _is_bench(module.name)]
    if unknown := set(names) - set(known):
        print(f"No bench {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
        return 2
    console = Console()
    results = {name: _results(name, console) for name in names or known}
    made = {name: result for name, result in results.items() if result is not None}
    _keep(made)
    return 0 if len(made) == len(results) else 1


def _is_bench(name: str) -> bool:
    return not name.startswith("_") and "def run(" in (HERE / f"{name}.py").read_text("utf-8")


def _results(name: str, console: Console) -> dict[str, Any] | None:
    try:
        result: dict[str, Any] = importlib.import_module(f"bench.{name}").run()
    except Exception:  # noqa: BLE001  one bench that fails must not hide the others' tables
        console.print(f"[bold red]{name} failed[/]")
        traceback.print_exc()
        return None
    for table in _tables(name, result):
        console.print(table)
    return result


def _tables(name: str, result: Mapping[str, Any]) -> Iterator[Table]:
    """A table for each group of figures, and one for those that stand alone."""
    alone = {key: value for key, value in result.items() if not isinstance(value, (dict, list))}
    for key, value in {**result, "": alone}.items():
        title = f"{name}: {key}" if key else name
        if isinstance(value, list) and value:
            yield _table(title, list(value[0]), [list(row.values()) for row in value])
        elif isinstance(value, dict) and value:
            yield _table(title, ["", ""], [list(pair) for pair in value.items()])


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
    table = Table(title=title, title_justify="left", show_header=any(heads))
    for position, head in enumerate(heads):
        table.add_column(head, justify="right" if position else "left")
    for row in rows:
        table.add_row(*map(_written, row))
    return table


def _written(value: object) -> str:
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def _keep(results: Mapping[str, Any]) -> None:
    """Write the figures, and leave those of benches that did not run now as they were."""
    before = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({**before, **results}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
