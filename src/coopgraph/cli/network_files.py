"""Networks as files: one to a file or standard output, with its companions into a directory or a zip archive."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from coopgraph.cli.output import hand_over
from coopgraph.cli.patience import bar
from coopgraph.errors import CoopgraphError
from coopgraph.network import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coopgraph.network.formats.form import Content, Form
    from coopgraph.network.formats.sheet import Sheet

ARCHIVE: Final = ".zip"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def deliver(made_of: Callable[[Content], Sheet], form: Form, output: Path | None, *, stem: str) -> None:
    """Write the network in this format, read back and compared, to a file or to standard output.

    `made_of` gives the sheet of the content that a format is written from; files in a directory are named by `stem`.
    Into an existing directory, or an archive whose name ends in .zip, go also the files that hold what the format has
    no room for.

    Raises:
        CoopgraphError: "storage" if a file cannot be written; what `formats.offer` raises. Then nothing has changed.
    """
    several = output is not None and (output.is_dir() or output.suffix == ARCHIVE)
    forms = [form, *(formats.named(name) for name in form.companions)] if several else [form]
    with bar("Writing and reading back"), _workspace(output) as workspace:
        sheets = {content: made_of(content) for content in dict.fromkeys(one.content for one in forms)}
        made = [workspace / f"{stem}.{one.extension}" for one in forms]
        for one, path in zip(forms, made, strict=True):
            formats.offer(sheets[one.content], one, path)
        if output is None or not several:
            hand_over(made[0], output)
        elif output.is_dir():
            for path in made:
                hand_over(path, output / path.name)
        else:
            hand_over(_archive(made, workspace / "archive"), output)


def _archive(files: list[Path], target: Path) -> Path:
    """The files in a zip archive that says nothing of when it was made."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in files:
            entry = zipfile.ZipInfo(path.name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as content, archive.open(entry, "w") as packed:
                shutil.copyfileobj(content, packed, 1 << 20)
    return target


@contextmanager
def _workspace(output: Path | None) -> Iterator[Path]:
    """A directory beside the output, so that a finished file only has to change its name."""
    beside = None
    if output is not None and output != Path("-"):
        # What is no file, such as a device, has no neighbours.
        file = output.is_file() or not output.exists()
        beside = output if output.is_dir() else Path(os.path.realpath(output)).parent if file else None
    try:
        directory = tempfile.TemporaryDirectory(prefix=".coopgraph-", dir=beside)
    except OSError as error:
        raise CoopgraphError("storage", f"{beside} cannot be written to: {error.strerror or error}.") from error
    with directory as name:
        yield Path(name)
