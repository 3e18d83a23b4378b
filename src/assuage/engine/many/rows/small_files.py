"""Small files that follow each other are read as one: what a chunk costs is paid once for many of them.

Only files of one layout are read together, and only while their patients are in order, as one file would have to be.
Where anything is wrong with one of them they are read one by one, so that the reason names the file and the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from assuage.engine.many.arrays import Ints, Longs
from assuage.engine.many.rows.parquet import Chunk, PatientCutter, Places, TableReader
from assuage.engine.many.rows.stretches import RowPosition, RowStretch, end_of_files
from assuage.engine.many.rows.table_files import FileAbout
from assuage.engine.many.rows.vocabulary import Vocabulary
from assuage.errors import Problems
from assuage.record.arrow import arrow

SMALL = 20_000  # rows; a larger file is worth a reader of its own


class ReadChunk(NamedTuple):
    """A chunk, and how far the files are read with it: the number of a file, and its last row."""

    chunk: Chunk
    file: int
    row: int


class FilesReader:
    """The chunks of a stretch of files. Words keep their numbers from chunk to chunk."""

    def __init__(
        self, files: Sequence[FileAbout], vocabulary: Vocabulary, rows: int, stretch: RowStretch | None = None
    ) -> None:
        self.files = files
        self.vocabulary = vocabulary
        self.rows = rows
        self.stretch = stretch or RowStretch(RowPosition(0, 0), end_of_files(files))

    def chunks(self) -> Iterator[ReadChunk]:
        """Whole patients, about `rows` rows at a time. Raises Problems where a file cannot be followed."""
        (at, begun), (last, upto), before = self.stretch
        if begun:
            yield from self._alone(at, begun, upto if at == last else None, before)
            at += 1
        while at < last:
            many = self._together_from(at)
            batch = self._joined(self.files[at : at + many]) if many > 1 else None
            joined_chunks = None if batch is None else self._of_joined(at, many, batch)
            if joined_chunks is None:
                for number in range(at, at + many):
                    yield from self._alone(number, 0)
            else:
                yield from joined_chunks
            at += many
        if at == last and upto:
            yield from self._alone(at, 0, upto)

    def _alone(
        self, number: int, skip: int, upto: int | None = None, before: str | None = None
    ) -> Iterator[ReadChunk]:
        reader = TableReader(self.files[number].file, self.vocabulary, self.rows, skip, upto, before)
        for chunk in reader.chunks():
            yield ReadChunk(chunk, number, chunk.file_row - 1 + chunk.rows.day.size)
            reader.vocabulary = self.vocabulary

    def _together_from(self, at: int) -> int:
        """How many files from a number on can be read as one."""
        first = self.files[at]
        rows, last = first.rows, first.span and first.span[1]
        many = 1
        if not 0 < rows <= SMALL:
            return many
        for following in self.files[at + 1 : self.stretch.end.file]:
            rows += following.rows
            in_order = last is not None and following.span is not None and last < following.span[0]
            if not in_order or not 0 < following.rows <= SMALL or rows > self.rows:
                break
            if not following.schema.equals(first.schema):
                break
            last = following.span and following.span[1]
            many += 1
        return many

    def _joined(self, files: Sequence[FileAbout]) -> Any:
        """The rows of several files as one batch; None where one cannot be read."""
        pa = arrow()
        try:
            tables = [pa.parquet.ParquetFile(about.file).read(use_threads=False) for about in files]
            joined = pa.concat_tables(tables).unify_dictionaries().combine_chunks()
        except (pa.ArrowException, OSError):
            return None
        whole = joined.num_rows == sum(about.rows for about in files)
        return joined.to_batches()[0] if whole else None

    def _of_joined(self, first: int, many: int, batch: Any) -> Iterator[ReadChunk] | None:
        """What such a batch holds; None where something is wrong with it."""
        files = self.files[first : first + many]
        counts = [about.rows for about in files]
        file: Ints = np.repeat(np.arange(many, dtype=np.int32), counts)
        row: Longs = np.concatenate([np.arange(1, count + 1) for count in counts])
        names = tuple(about.file.name for about in files)
        cut = PatientCutter(files[0].file, self, self.rows)
        chunks = chain(cut.add(batch), cut.rest())
        try:
            begun = next(chunks)  # whatever is wrong is found before the first patients are whole
        except Problems:
            return None
        return (_placed(chunk, first, names, file, row) for chunk in chain([begun], chunks))


def _placed(chunk: Chunk, first: int, names: tuple[str, ...], file: Ints, row: Longs) -> ReadChunk:
    here = slice(chunk.file_row - 1, chunk.file_row - 1 + chunk.rows.day.size)
    places = Places(names, file[here], row[here])
    return ReadChunk(chunk._replace(places=places), first + int(places.file[-1]), int(places.row[-1]))
