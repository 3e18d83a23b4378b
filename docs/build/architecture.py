"""The picture of the package: its layers in the order of the import contract, and which of them import which."""

from __future__ import annotations

import ast
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "assuage"

_ROW, _TOP, _BOX, _SAYS, _DOTS, _STEP = 28, 64, 12, 150, 800, 17


def layers() -> list[str]:
    """The folders of the package, those that are imported by all others first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (
        each
        for each in settings["tool"]["importlinter"]["contracts"]
        if each["type"] == "layers" and "containers" not in each
    )
    return [name.removeprefix(f"{PACKAGE}.") for name in reversed(contract["layers"])]


def sentence_of(layer: str) -> str:
    """What a folder is for: the first sentence of its docstring."""
    doc = ast.get_docstring(ast.parse(_file_of(layer).read_text(encoding="utf-8"))) or ""
    first = " ".join(doc.split("\n\n")[0].split())
    return first.split(". ")[0].rstrip(".")


def imports() -> dict[str, set[str]]:
    """For each layer the layers it imports from, wherever in its modules."""
    return {layer: _imported(layer) - {layer} for layer in layers()}


def _file_of(layer: str) -> Path:
    folder = ROOT / "src" / PACKAGE / layer
    return folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")


def _imported(layer: str) -> set[str]:
    file = _file_of(layer)
    modules = file.parent.rglob("*.py") if file.name == "__init__.py" else [file]
    names: set[str] = set()
    for module in modules:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith(f"{PACKAGE}.")}


def picture() -> str:
    """The picture as SVG."""
    order, uses = layers(), imports()
    width, height = _DOTS + _STEP * len(order) + 20, _TOP + _ROW * len(order) + 16
    title = "The folders of the package in the order of the data flow"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="sans-serif" font-size="12" role="img" aria-labelledby="title says">',
        f'<title id="title">{title}</title>',
        f'<desc id="says">{escape(_in_words(order, uses))}</desc>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{_BOX}" y="24" font-size="14" fill="#222">{title}: each imports only from those above it</text>',
        f'<text x="{_DOTS}" y="24" fill="#555">a dot: imports from</text>',
    ]
    for number, layer in enumerate(order):
        y = _TOP + _ROW * number
        waist = layer == "review"
        lines += [
            f'<rect x="{_BOX}" y="{y}" width="126" height="{_ROW - 6}" rx="4" '
            f'fill="{"#cfe3d4" if waist else "#e8eef5"}" stroke="#7b8794"/>',
            f'<text x="{_BOX + 8}" y="{y + 15}" fill="#222">{number + 1} {layer}</text>',
            f'<text x="{_SAYS}" y="{y + 15}" fill="#333">{escape(sentence_of(layer))}</text>',
            f'<text x="{_x(number)}" y="{_TOP - 10}" text-anchor="middle" fill="#555">{number + 1}</text>',
        ]
        if number:
            lines.append(
                f'<line x1="{_DOTS}" x2="{_x(number)}" y1="{y + 11}" y2="{y + 11}" stroke="#dde3e9"/>'
            )
        lines += [
            f'<circle cx="{_x(order.index(used))}" cy="{y + 11}" r="4" fill="#3b6ea5"/>'
            for used in sorted(uses[layer], key=order.index)
        ]
        lines.append(f'<rect x="{_x(number) - 4}" y="{y + 7}" width="8" height="8" fill="#aab4bf"/>')
    return "\n".join([*lines, "</svg>"])


def _x(number: int) -> int:
    return _DOTS + 8 + _STEP * number


def _in_words(order: list[str], uses: dict[str, set[str]]) -> str:
    """The picture for who does not see it."""
    sentences = (
        f"{layer} imports from {', '.join(sorted(uses[layer], key=order.index)) or 'nothing of the package'}"
        for layer in order
    )
    return "; ".join(sentences) + "."
