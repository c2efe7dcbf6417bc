"""How large a workbook may be: an upload must not cost more than a large honest one."""

MAX_BYTES = 10 * 1024 * 1024
MAX_EXPANDED_BYTES = 150 * 1024 * 1024
MAX_PARTS = 1_000
MAX_SHEETS = 100
MAX_CELLS = 2_000_000
"""In one sheet, from A1 to the last cell that says something."""

MAX_REPEATED_BYTES = 400 * 1024 * 1024
"""The longest text times the number of cells: a workbook keeps equal texts once."""

MAX_DOCUMENTS = 2_000
MAX_ROWS = 50_000
