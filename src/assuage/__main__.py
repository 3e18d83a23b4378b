"""`python -m assuage`, the same as the command `assuage`."""

from __future__ import annotations

import sys

from assuage.cli import main

sys.exit(main())
