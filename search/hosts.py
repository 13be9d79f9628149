"""The names that a site may be asked by, as the setting `TREFZEKER_HOSTS` gives them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from search.errors import TrefzekerError

_NAME = re.compile(r"\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f]*:[0-9a-f.:]+\]", re.ASCII)
_PORT = re.compile(r":[0-9]{1,5}\Z", re.ASCII)


def named_hosts(environment: Mapping[str, str] | None = None) -> list[str]:
    """Read the names in lower case, as names of hosts have no case (RFC 9110, 4.2.3), and in ASCII (IDNA).

    Args:
        environment: the variables; the process's own when None. `TREFZEKER_HOSTS` holds names separated by
            commas; `.example.nl` stands for a domain with everything below it. A port counts for nothing.

    Raises:
        TrefzekerError: something in it is no name, such as a whole address.
    """
    variables = os.environ if environment is None else environment
    named = (part.strip() for part in variables.get("TREFZEKER_HOSTS", "").split(","))
    return [_host(name) for name in named if name]


def _host(name: str) -> str:
    host = _PORT.sub("", name.lower())
    try:
        # The codec takes no empty label, which the point of a whole domain has before it.
        host = host[: host.startswith(".")] + host.removeprefix(".").encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not _NAME.fullmatch(host):
        raise TrefzekerError(
            f"In TREFZEKER_HOSTS staat iets wat geen naam is: {name!r}",
            "schrijf alleen de naam, zonder https:// ervoor en zonder / erachter, zoals www.voorbeeld.nl; "
            ".voorbeeld.nl geldt voor een domein met alles eronder; zet een komma tussen twee namen",
        )
    return host
