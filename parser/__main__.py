"""`python -m parser` is the command `registry-parser`."""

import sys

from parser.cli import main

if __name__ == "__main__":
    sys.exit(main())
