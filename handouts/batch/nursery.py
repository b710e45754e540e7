"""The process that workers are forked from: it has imported what they need, and it never outlives the run.

It has one thread, so that forking it is safe, and a worker that crashed is replaced in some milliseconds.
Only :mod:`multiprocessing` imports this module, for what its import does.
"""

from __future__ import annotations

import handouts.press  # noqa: F401
from handouts.batch.worker import die_with_parent

die_with_parent()
