"""`python -m docs.build [--check]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from docs.build.pages import pages

DOCS = Path(__file__).resolve().parents[1]

# Folders that hold generated pages only: a page there that nothing generates any more is stale too.
OWNED = ("pathways", "reference/manual")
# The layout of argparse's help changes with Python, so this page belongs to the version the project is built on.
HELP_PAGE, HELP_PYTHON = "reference/cli.md", (3, 11)


def stale(docs: Path, wanted: dict[str, str]) -> list[str]:
    """The pages that differ from what would be written, are missing, or are not generated any more."""
    differing = [
        name
        for name, text in wanted.items()
        if (name != HELP_PAGE or sys.version_info[:2] == HELP_PYTHON)
        and (not (docs / name).is_file() or (docs / name).read_text(encoding="utf-8") != text)
    ]
    return sorted([*differing, *_left_over(docs, wanted)])


def _left_over(docs: Path, wanted: dict[str, str]) -> list[str]:
    pages = [page.relative_to(docs).as_posix() for folder in OWNED for page in (docs / folder).glob("*.md")]
    return [name for name in pages if name not in wanted]


def main(argv: list[str] | None = None) -> int:
    """Write the pages, or only compare; 1 when a page is stale."""
    parser = argparse.ArgumentParser(prog="python -m docs.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a page is stale")
    check = parser.parse_args(argv).check
    wanted = pages()
    names = stale(DOCS, wanted)
    if check:
        for name in names:
            print(f"docs/{name} is stale; write it with: python -m docs.build", file=sys.stderr)
        return 1 if names else 0
    for name in names:
        page = DOCS / name
        if name in wanted:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(wanted[name], encoding="utf-8")
        else:
            page.unlink()
    print(f"{len(wanted)} pages, {len(names)} of them changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
