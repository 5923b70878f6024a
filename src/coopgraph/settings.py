"""All settings, as one frozen value; the only reader of the environment and of coopgraph.toml."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import platformdirs
from pyoxigraph import NamedNode

from coopgraph import terms
from coopgraph.errors import CoopgraphError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import Field

PREFIX: Final = "COOPGRAPH_"
FILE: Final = "coopgraph.toml"

_GATES: Final = ("shacl", "none")
_YES_AND_NO: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
_TOKEN: Final = re.compile(r"[A-Za-z0-9\-._~+/]{8,}=*")
_SERVICE: Final = re.compile(r"https?://[^/?#@]+(?:/[^?#]*)?(?:\?[^#]*)?")
_CONTACT: Final = re.compile(r"(?:mailto:[^@\s<>\"{}|\\^`]+@|https?://)[^@\s<>\"{}|\\^`]+")
_WEB: Final = re.compile(r"https?://[^/?#]+(?:/[^?#]*)?")


def _setting(default: Any, doc: str, *, low: float | None = None, high: float | None = None) -> Any:
    return field(default=default, metadata={"doc": doc, "low": low, "high": high})


def _secret(doc: str) -> Any:
    """A setting that nothing shows that shows settings."""
    return field(default=None, repr=False, metadata={"doc": doc, "low": None, "high": None})


def _own(directory: Callable[[str], str]) -> Path:
    try:
        return Path(directory("coopgraph"))
    except RuntimeError:
        # A user without a home, as in some containers: told when this default is needed, not before.
        return Path("~", "coopgraph")


def unfinished() -> Path:
    """The directory of the user in which parts of long work wait until it goes on."""
    return _own(platformdirs.user_cache_dir) / "unfinished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting and limit with its default; times in seconds, sizes in bytes."""

    data: Path = _setting(_own(platformdirs.user_data_dir), "directory of the releases")
    documents: Path | None = _setting(None, "directory of the source documents, if you have them")
    base_iri: str = _setting(terms.BASE, "beginning of the IRIs of everything in the graph (identity)")
    base_url: str = _setting("", "where the service is reached; empty: taken from each request")
    query_seconds: float = _setting(30.0, "time limit of one query", low=0.05, high=86_400)
    query_memory: int = _setting(2_000_000_000, "memory limit of one reader process", low=200_000_000, high=10**18)
    query_rows: int = _setting(1_000_000, "row (or triple) limit of one answer", low=1)
    query_bytes: int = _setting(256_000_000, "size limit of one answer", low=1000)
    question_rows: int = _setting(10_000, "row limit of one answer to a named question", low=1, high=1_000_000)
    request_bytes: int = _setting(1_000_000, "size limit of one request", low=1000)
    request_bodies: int = _setting(256, "number of requests that may still be arriving at once", low=1, high=10_000)
    request_seconds: float = _setting(30.0, "time limit for a request to arrive", low=0.05, high=3600)
    send_seconds: float = _setting(60.0, "time limit for a client to take more of its answer", low=0.05, high=3600)
    requests: int = _setting(512, "number of requests that are answered at once", low=1, high=100_000)
    connections: int = _setting(1024, "number of connections that are open at once", low=1, high=100_000)
    client_connections: int = _setting(512, "number of them that one address may have; 0: all", low=0, high=100_000)
    url_bytes: int = _setting(32_000, "length limit of an address", low=1000, high=65_000)
    header_bytes: int = _setting(32_000, "size limit of the headers of one request", low=1000, high=1_000_000)
    cache_bytes: int = _setting(64_000_000, "memory for answers that are kept; 0: none is kept, none is shared", low=0)
    trusted_proxies: str = _setting("", "addresses or networks of proxies whose X-Forwarded-For is believed, by commas")
    stop_seconds: float = _setting(20.0, "time that running requests get when the service is stopped", low=0, high=3600)
    writable: bool = _setting(False, "whether the operator may change the graph over HTTP")
    gate: str = _setting("", "by what the dataset is judged: shacl, or none; empty: as it was begun, shacl if new")
    change_seconds: float = _setting(120.0, "time limit of one change", low=0.05, high=86_400)
    change_memory: int = _setting(
        4_000_000_000, "memory limit of the process that makes changes", low=200_000_000, high=10**18
    )
    change_bytes: int = _setting(100_000_000, "size limit of one request that changes the graph", low=1000)
    changes_waiting: int = _setting(16, "number of changes that may wait for their turn", low=0, high=1000)
    releases_kept: int = _setting(100, "number of releases that stay when changes make new ones; 0: all", low=0)
    validations: int = _setting(1, "number of validations of posted data at once", low=1, high=256)
    computation_seconds: float = _setting(
        120.0, "time limit of computing one network or report for a request", low=0.05, high=86_400
    )
    computations: int = _setting(1, "number of networks and reports computed at once", low=1, high=256)
    readers: int = _setting(3, "number of reader processes", low=1, high=256)
    token: str | None = _secret(
        "the operator's token, needed to change the graph and to cancel queries; better in a file"
    )
    store: str = _setting("", "address of a SPARQL 1.1 service to read instead of the data directory")
    store_update: str = _setting("", "address of that service for updates, if it is written to")
    store_graphs: str = _setting("", "address of that service's Graph Store Protocol; empty: graphs go by updates")
    store_user: str = _setting("", "user at that service")
    store_password: str | None = _secret("the user's password at that service; better in a file")
    store_token: str | None = _secret("a bearer token for that service, instead of user and password; better in a file")
    publisher: str = _setting("", "who offers the releases, as the catalogue names them")
    contact: str = _setting("", "where to write to about the data: mailto: or https:")
    log_level: str = _setting("INFO", "one of DEBUG, INFO, WARNING, ERROR")

    def __post_init__(self) -> None:
        for item in fields(self):
            _demand_range(item.name, getattr(self, item.name), item.metadata["low"], item.metadata["high"])
        if not self.base_iri.endswith("/"):
            raise CoopgraphError("settings", "base_iri must end in a slash.")
        for name in ("base_iri", "base_url"):
            address = getattr(self, name)
            if not _is_web_address(address) and (address or name == "base_iri"):
                raise CoopgraphError("settings", f"{name} cannot be {address!r}.", remedy="Write https://host/path/.")
        for name in ("store", "store_update", "store_graphs"):
            _demand_service(name, getattr(self, name))
        if self.proxies is None:
            raise CoopgraphError(
                "settings",
                f"trusted_proxies cannot be {self.trusted_proxies!r}.",
                remedy="Write addresses or networks, as 10.0.0.0/8, ::1.",
            )
        if self.token is not None and not _TOKEN.fullmatch(self.token):
            raise CoopgraphError(
                "settings", "token is no token.", remedy="Use 8 or more of A to Z, a to z, 0 to 9 and -._~+/."
            )
        for name, known in (("log_level", _LEVELS), ("gate", ("", *_GATES))):
            if getattr(self, name) not in known:
                raise CoopgraphError(
                    "settings",
                    f"{name} cannot be {getattr(self, name)!r}.",
                    remedy=f"Known are {', '.join(filter(None, known))}.",
                )
        if self.contact and not _CONTACT.fullmatch(self.contact):
            raise CoopgraphError(
                "settings", f"contact cannot be {self.contact!r}.", remedy="Write mailto:name@host or https://host/."
            )

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...] | None:
        """The networks in `trusted_proxies`; None if one of them is no network."""
        try:
            return tuple(ip_network(part.strip()) for part in self.trusted_proxies.split(",") if part.strip())
        except ValueError:
            return None


def load(
    flags: Mapping[str, object] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    directory: Path | None = None,
) -> Settings:
    """The settings in force: a flag beats the environment, which beats coopgraph.toml, which beats the default.

    `flags` maps names to values, None meaning "not given". A secret may also come from a file named by `…_FILE`. An
    empty value stands for the default.

    Raises:
        CoopgraphError: "settings" for an unknown key or a value of the wrong kind.
    """
    environment = os.environ if environment is None else environment
    values: dict[str, object] = _from_file((directory or Path()) / FILE)
    values |= _from_environment(environment)
    values |= {name: value for name, value in (flags or {}).items() if value is not None}
    known = {item.name: item for item in fields(Settings)}
    # The default is judged as well: without a home there is none.
    values.setdefault("data", known["data"].default)
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise CoopgraphError(
            "settings", f"Unknown setting: {', '.join(unknown)}.", remedy=f"Known are {', '.join(filter(None, known))}."
        )
    converted: dict[str, Any] = {name: _convert(known[name], value) for name, value in values.items()}
    return Settings(**converted)


def port(environment: Mapping[str, str] | None = None) -> int | None:
    """The port that the platform asks for in PORT, if any.

    Raises:
        CoopgraphError: "settings" if PORT is no number of a port.
    """
    text = (os.environ if environment is None else environment).get("PORT", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 65536:
        raise CoopgraphError("settings", f"PORT cannot be {text!r}.")
    return int(text)


def surroundings() -> dict[str, str]:
    """The environment without our settings, secrets among them, for a process whose business they are not."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


def table() -> list[tuple[str, str, str]]:
    """Name of the environment variable, default and meaning of each setting, for the documentation."""
    rows = []
    for item in fields(Settings):
        plain = "" if item.default is None else str(item.default)
        default = "the user's data directory" if item.name == "data" else plain
        rows.append((PREFIX + item.name.upper(), default, str(item.metadata["doc"])))
    return rows


def _from_file(path: Path) -> dict[str, object]:
    try:
        return dict(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise CoopgraphError("settings", f"{path} cannot be read: {error}.") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, text in environment.items():
        if not key.startswith(PREFIX):
            continue
        name = key.removeprefix(PREFIX).lower()
        if name.endswith("_file"):
            try:
                values.setdefault(name.removesuffix("_file"), Path(text).read_text(encoding="utf-8").strip())
            except (OSError, UnicodeDecodeError) as error:
                raise CoopgraphError("settings", f"{key} names a file that cannot be read: {error}.") from error
        else:
            values[name] = text
    return values


def _convert(item: Field[Any], value: object) -> object:
    if value is None or value == "":
        value = item.default
    if value is None:
        return None
    kind = str(item.type)
    try:
        if kind.startswith("Path"):
            return _path(value)
        if kind == "bool":
            return value if isinstance(value, bool) else _YES_AND_NO[str(value).lower()]
        if kind == "int":
            return int(str(value))
        if kind == "float":
            return float(str(value))
        if isinstance(value, str):
            return value
        raise ValueError(value)
    except (ValueError, KeyError) as error:
        raise CoopgraphError(
            "settings",
            f"{item.name} cannot be {value if item.repr else 'that'!r}.",
            remedy=f"Give a value of kind {kind}.",
        ) from error
    except RuntimeError as error:
        raise CoopgraphError(
            "settings", f"{item.name} cannot be {str(value)!r}: there is no such home.", remedy="Write the whole path."
        ) from error


def _path(value: object) -> Path:
    if not isinstance(value, str | Path) or "\0" in str(value):
        raise ValueError(value)
    return Path(value).expanduser()


def _demand_range(name: str, value: Any, low: float | None, high: float | None) -> None:
    # Written so that what is not a number is refused as well.
    if low is not None and not value >= low:
        raise CoopgraphError("settings", f"{name} must be at least {low:g}.")
    if high is not None and not value <= high:
        raise CoopgraphError("settings", f"{name} must be at most {high:g}.")


def _demand_service(name: str, address: str) -> None:
    if address and not (_SERVICE.fullmatch(address) and _is_iri(address)):
        # What is wrong may be that it holds a password, so it is not repeated.
        raise CoopgraphError(
            "settings",
            f"{name} is no address of a service.",
            remedy="Write https://host/path; user and password have settings of their own.",
        )


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def _is_web_address(text: str) -> bool:
    return _is_iri(text) and _WEB.fullmatch(text) is not None
