"""Many documents into a folder: every input for every selected office, on all cores.

`plan` says what is to be made and why, without writing; `carry_out` makes it. A run that was cut
short leaves whole files and a ledger of them, so that the next one makes what is missing.
"""

from docgen.batch.running import run_batch

__all__ = ["run_batch"]
