"""``python -m handouts`` is the same as ``handouts``."""

import sys

from handouts.cli import main

if __name__ == "__main__":
    sys.exit(main())
