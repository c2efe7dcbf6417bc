"""One worker: `python worker.py`, the same as `docgen worker`."""

from docgen.config import Settings
from docgen.jobs import run_workers
from docgen.logs import set_up_logs


def main() -> None:
    """Work until told to stop."""
    set_up_logs()
    run_workers(Settings.from_env())


if __name__ == "__main__":
    main()
