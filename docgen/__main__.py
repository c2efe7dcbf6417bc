"""Where the command `docgen` begins: Ctrl-C ends it without a word until it has begun something.

Its imports take half a second, in which Python would answer with a traceback.
"""

import signal


def main() -> None:
    """Run the command line."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:  # not where whoever started it wants it ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from docgen.cli import main as run  # noqa: PLC0415  the import is what must be interruptible

    signal.signal(signal.SIGINT, before)
    run()


if __name__ == "__main__":
    main()
