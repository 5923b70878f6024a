"""The embedded store on disk: filled once by bulk load, sealed by hard links, read by any number of processes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, Store, parse

from coopgraph.errors import CoopgraphError
from coopgraph.store import in_use
from coopgraph.store.engine import EngineReader
from coopgraph.store.syntax import file_error

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

_BLOCK: Final = 1 << 20


class OxigraphBuilder:
    """A `Builder` that works in a directory of its own, which must not exist yet and goes when it is closed."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True)
        self._directory = directory
        self._store: Store | None = Store(directory)

    @property
    def _open(self) -> Store:
        if self._store is None:
            raise ValueError("use of a closed builder")
        return self._store

    def load(self, quads: Iterable[Quad]) -> None:
        """See `Builder.load`."""
        self._open.bulk_extend(quads)

    def load_file(self, path: Path) -> None:
        """See `Builder.load_file`; blank nodes keep their labels."""
        try:
            if _may_hold_blank_nodes(path):
                # The engine's own file loader gives blank nodes new labels, so that no two loads could be compared.
                self._open.bulk_extend(parse(path=str(path), format=RdfFormat.N_QUADS))
            else:
                self._open.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise file_error(error, path) from error

    def seal(self, directory: Path) -> None:
        """See `Builder.seal`; the copy shares its files with the builder by hard links, which costs no space."""
        if directory.exists():
            raise FileExistsError(directory)
        self._open.optimize()
        self._open.backup(str(directory))

    def close(self) -> None:
        """See `Builder.close`."""
        self._store = None
        shutil.rmtree(self._directory, ignore_errors=True)


class OxigraphReader(EngineReader):
    """A `Reader` of a sealed directory; many may read the same one at once.

    Raises:
        CoopgraphError: "damaged" if the directory holds no store that can be opened, "storage" if it may not be read.
    """

    def __init__(self, directory: Path) -> None:
        self._mark: int | None = None
        try:
            self._mark = in_use.mark(directory)
            super().__init__(Store.read_only(str(directory)))
        except (OSError, RuntimeError) as error:
            in_use.unmark(self._mark)
            # The engine tells it in words, without an error number.
            if "Permission denied" in str(error):
                raise CoopgraphError("storage", f"The store {directory} may not be read by this user.") from error
            raise CoopgraphError(
                "damaged", f"The store {directory} cannot be opened: {error}.", remedy="Build the release again."
            ) from error

    def close(self) -> None:
        """See `Reader.close`."""
        super().close()
        mark, self._mark = self._mark, None
        in_use.unmark(mark)


def _may_hold_blank_nodes(path: Path) -> bool:
    cut = False
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if b"_:" in block or (cut and block.startswith(b":")):
                return True
            cut = block.endswith(b"_")
    return False
