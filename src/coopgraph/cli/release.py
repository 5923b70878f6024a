"""`coopgraph release`: what lies on the shelf, whether it is sound, and what changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click
from rich.table import Table

from coopgraph import settings
from coopgraph.cli import options, push
from coopgraph.cli.output import Display
from coopgraph.errors import CoopgraphError
from coopgraph.release import citation, compare
from coopgraph.release.shelf import Shelf
from coopgraph.release.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from coopgraph.release.manifest import Manifest

_form = click.option("-f", "--format", "form", type=click.Choice(["human", "json"]), default="human", show_default=True)
_number = click.argument("number", type=int, required=False)


@click.group("release")
def command() -> None:
    """List, show, check, compare, cite and remove releases."""


@command.command("list")
@options.data
@_form
def list_releases(*, data: Path | None, form: str) -> None:
    """List all releases; the current one is marked."""
    shelf = _shelf(data)
    current = _current(shelf)
    rows = [_row(shelf, number) | {"current": number == current} for number in shelf.numbers()]
    if form == "json":
        _print_json(rows)
        return
    table = Table("", "release", "created", "quads", "graphs", "digest", box=None)
    for row in rows:
        counts = row.get("counts", {})
        last = row.get("digest", "")[:16] or row["damage"]
        cells = [row.get("created", ""), *(str(counts.get(key, "")) for key in ("quads", "graphs")), last]
        table.add_row("*" if row["current"] else "", str(row["number"]), *cells)
    Display().print(table)


@command.command("show")
@_number
@options.data
@_form
def show(*, number: int | None, data: Path | None, form: str) -> None:
    """Show what a release says about itself; without NUMBER the current one."""
    with _shelf(data).open(number) as release:
        manifest = release.manifest
    if form == "json":
        _print_json(manifest.as_dict())
    else:
        Display(soft_wrap=True).print(_table(manifest))


@command.command("verify")
@_number
@click.option("--all", "every", is_flag=True, help="Check all releases.")
@options.data
@_form
def check(*, number: int | None, every: bool, data: Path | None, form: str) -> None:
    """Check a release, without NUMBER the current one; exit status 1 if it is damaged."""
    shelf = _shelf(data)
    numbers: list[int | None] = [number]
    if every:
        current = _current(shelf)
        numbers = [*shelf.numbers()] if current is not None else [None, *shelf.numbers()]
    found = [(one or _current(shelf), verify(shelf, one)) for one in numbers]
    if form == "json":
        _print_json([{"number": one, "sound": not damage, "damage": damage} for one, damage in found])
    else:
        for one, damage in found:
            click.echo(f"Release {one or 'current'} is {'damaged:' if damage else 'sound.'}")
            for sentence in damage:
                click.echo(f"  {sentence}")
    if any(damage for _, damage in found):
        raise click.exceptions.Exit(1)


@command.command("diff")
@click.argument("old", type=int)
@click.argument("new", type=int, required=False)
@options.data
@_form
def diff(*, old: int, new: int | None, data: Path | None, form: str) -> None:
    """Show the quads that release NEW, or the current one, has more (+) or less (-) than release OLD."""
    shelf = _shelf(data)
    with shelf.open(old) as before, shelf.open(new) as after:
        changes = compare.changes(before.nquads, after.nquads)
        if form == "json":
            # Written bit by bit: two large releases may have little in common.
            head = f'{{"old": {before.manifest.number}, "new": {after.manifest.number}, "changes": ['
            click.echo(head, nl=False)
            for index, change in enumerate(changes):
                text = json.dumps({"kind": change.kind, "quad": change.line}, ensure_ascii=False)
                click.echo(f"{',' if index else ''}\n{text}", nl=False)
            click.echo("\n]}")
            return
        counts = {"added": 0, "removed": 0}
        for change in changes:
            counts[change.kind] += 1
            click.echo(f"{'+' if change.kind == 'added' else '-'} {change.line}")
        click.echo(f"{counts['added']} quads added, {counts['removed']} removed.", err=True)


@command.command("cite")
@_number
@click.option(
    "-f", "--format", "form", type=click.Choice([*citation.FORMS]), default="text", show_default=True, help="How."
)
@options.data
def cite(*, number: int | None, form: str, data: Path | None) -> None:
    """Cite a release, without NUMBER the current one, by its number, digest and date."""
    with _shelf(data).open(number) as release:
        click.echo(citation.FORMS[form](citation.of(release.manifest)), nl=False)


@command.command("prune")
@click.option("--keep", type=click.IntRange(min=1), required=True, help="How many of the newest releases to keep.")
@options.data
@_form
def prune(*, keep: int, data: Path | None, form: str) -> None:
    """Remove all but the newest releases; the current one always stays."""
    gone = _shelf(data).prune(keep)
    if form == "json":
        _print_json({"removed": gone})
    else:
        click.echo(f"Removed: {', '.join(map(str, gone))}." if gone else "Nothing to remove.")


command.add_command(push.command)


def _shelf(data: Path | None) -> Shelf:
    return Shelf(settings.load({"data": data}).data)


def _current(shelf: Shelf) -> int | None:
    try:
        return shelf.current_number()
    except CoopgraphError:
        # A broken `current` must not hide the releases; `verify` tells of it.
        return None


def _row(shelf: Shelf, number: int) -> dict[str, Any]:
    try:
        return shelf.manifest(number).as_dict()
    except CoopgraphError as error:
        # One damaged release must not hide the others.
        return {"number": number, "damage": error.detail}


def _table(manifest: Manifest) -> Table:
    table = Table(show_header=False, box=None)
    for name, value in manifest.as_dict().items():
        if name == "files":
            table.add_row("files", f"{len(value)} files of the store")
        elif isinstance(value, dict):
            table.add_row(name, ", ".join(f"{key} {_short(inner)}" for key, inner in value.items()))
        else:
            table.add_row(name, "" if value is None else str(value))
    return table


def _short(value: object) -> str:
    return f"({len(value)})" if isinstance(value, list | dict) else str(value)


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
