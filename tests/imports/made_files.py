"""Small xlsx, ods and export files, written by hand: what programs save, and what somebody means harm with."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_MAIN = "http" + "://schemas.openxmlformats.org/spreadsheetml/2006/main"  # names of XML, not addresses
_OFFICE = "http" + "://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http" + "://schemas.openxmlformats.org/package/2006"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A zip file of members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return path


def xlsx(
    path: Path,
    rows: Sequence[Sequence[object]],
    hidden: Sequence[Sequence[object]] = (),
    sheet: str | None = None,
) -> Path:
    """A workbook: `date:45000` is a number with the style of a date, `=SUM(A1)` a formula with the saved value 7."""
    sheets = [("Diary", "visible", sheet or _sheet(rows))]
    if hidden:
        sheets.append(("Codes", "hidden", _sheet(hidden)))
    named = "".join(
        f'<sheet name="{name}" sheetId="{at}" state="{state}" r:id="rId{at}"/>'
        for at, (name, state, _) in enumerate(sheets, start=1)
    )
    related = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    styled = f'<Relationship Id="rId9" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    return zipped(
        path,
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
            f'ContentType="application/xml"/>{parts}</Types>',
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}{styled}'
            "</Relationships>",
            "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/>'
            "</cellXfs></styleSheet>",
            **{f"xl/worksheets/sheet{at}.xml": xml for at, (_, _, xml) in enumerate(sheets, start=1)},
        },
    )


def worksheet(cells: str) -> str:
    """The XML of a sheet around some rows."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def _sheet(rows: Sequence[Sequence[object]]) -> str:
    written: list[str] = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(row) if value is not None
        )
        written.append(f'<row r="{number}">{cells}</row>')
    return worksheet("".join(written))


def _cell(place: str, value: object) -> str:
    match value:
        case bool():
            return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{place}"><v>{value}</v></c>'
        case str() if value.startswith("date:"):
            return f'<c r="{place}" s="1"><v>{value[5:]}</v></c>'
        case str() if value.startswith("="):
            return f'<c r="{place}"><f>{escape(value[1:])}</f><v>7</v></c>'
        case _:
            return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'


def ods(path: Path, rows: Sequence[Sequence[object]], table: str | None = None) -> Path:
    """A spreadsheet of one sheet; `2025-01-05` is a date there."""
    body = table or "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:table="{_ODF}:table:1.0" '
        f'xmlns:text="{_ODF}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Diary">{body}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{mimetype}"/></manifest:manifest>'
    )
    return zipped(path, {"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind, attribute = "string", ""
    if isinstance(value, int | float):
        kind, attribute = "float", f'office:value="{value}"'
    elif str(value)[:4].isdigit():
        kind, attribute = "date", f'office:date-value="{value}"'
    shown = escape(str(value))
    return f'<table:table-cell office:value-type="{kind}" {attribute}><text:p>{shown}</text:p></table:table-cell>'


def health(path: Path, records: str, before: str = "") -> Path:
    """An export of Apple Health with a document type as the app writes one."""
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!-- 10 -->\n{before}'
        "<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>\n]>\n"
        f'<HealthData locale="en_GB">\n <ExportDate value="2026-01-01 10:00:00 +0200"/>\n{records}\n</HealthData>\n'
    )
    if path.suffix == ".zip":
        return zipped(
            path, {"apple_health_export/export.xml": text, "apple_health_export/export_cda.xml": "<a/>"}
        )
    path.write_text(text, encoding="utf-8")
    return path


def record(
    kind: str, value: str, start: str, end: str | None = None, source: str = "Watch", unit: str = "count"
) -> str:
    """One record of such an export, at local times `2026-01-05 08:00:00`."""
    return (
        f'<Record type="{kind}" sourceName="{source}" unit="{unit}" creationDate="{start} +0200" '
        f'startDate="{start} +0200" endDate="{end or start} +0200" value="{value}"/>'
    )
