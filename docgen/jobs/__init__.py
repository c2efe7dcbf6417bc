"""The queue: the only part that knows RQ. Jobs carry ids; the database says what is true."""

from docgen.jobs.dispatch import dispatch_forever
from docgen.jobs.presence import makes_pdfs
from docgen.jobs.readiness import readiness
from docgen.jobs.requirements import without_password
from docgen.jobs.workers import run_workers

__all__ = ["dispatch_forever", "makes_pdfs", "readiness", "run_workers", "without_password"]
