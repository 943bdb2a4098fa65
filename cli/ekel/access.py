"""`ekel access`: let other systems read the event stream of an area, over HTTP and, on Kafka, there too."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from chassis.contracts import Contracts
from chassis.ports.errors import PortError

if TYPE_CHECKING:
    from engines.access import Access

app = typer.Typer(help="Other systems that read the event stream.", no_args_is_help=True)
System = Annotated[str, typer.Argument(help="Name of the system, e.g. dukcapil.")]
# No account name holds a colon, so no system's groups begin with another's name.
USER, GROUP = "sistem.{}", "sistem.{}:"


@app.command()
def grant(
    system: System,
    wilayah: Annotated[list[str], typer.Option("--wilayah", help="Code of city, kecamatan or kelurahan.")],
    nama: Annotated[str, typer.Option("--nama", help="What people call the system.")] = "",
) -> None:
    """Let SYSTEM read `peristiwa` of these areas; prints its secrets once. Again: new secrets, these areas only."""
    from ekel.deployables import module, settings

    configured, door = settings("gateway"), module("gateway", "akses")
    try:
        module("gateway", "roles").migrate(configured)
        secret = door.grant(configured, sistem=system, nama=nama, wilayah=wilayah)
        lines = {"client_id": system, "client_secret": secret, "wilayah": ",".join(sorted(set(wilayah)))}
        with _users(configured.events()) as users:
            if users is not None:
                prefix = Contracts(configured.contracts).families["peristiwa"].prefix
                password, topics = secrets.token_urlsafe(32), [prefix + kode for kode in sorted(set(wilayah))]
                users.grant(USER.format(system), password, topics, GROUP.format(system))
                lines |= {"kafka_user": USER.format(system), "kafka_password": password}
                lines |= {"kafka_topics": ",".join(f"{topic}*" for topic in topics)}
                lines |= {"kafka_groups": f"{GROUP.format(system)}*"}
    except (door.Refused, PortError) as error:
        print(f"refused: {error}")
        raise typer.Exit(2 if isinstance(error, door.Refused) else 1) from error
    for name, value in lines.items():
        print(f"{name}={value}")


@app.command()
def revoke(system: System) -> None:
    """Take everything back: account, sessions, and on Kafka rights and user. Exit 1 if there was nothing."""
    from ekel.deployables import module, settings
    from ekel.stores import must_exist

    configured = settings("gateway")
    try:
        with _users(configured.events()) as users:
            reader = users.revoke(USER.format(system)) if users is not None else False
        must_exist(configured.documents("gateway"))
        closed = module("gateway", "akses").revoke(configured, system)
    except PortError as error:
        print(f"away: {error}")
        raise typer.Exit(1) from error
    print(f"{system}: may read nothing any more" if closed or reader else f"{system}: no such system")
    raise typer.Exit(0 if closed or reader else 1)


@app.command("list")
def listing() -> None:
    """Who may read what; never a secret."""
    from ekel.deployables import module, settings
    from ekel.stores import must_exist

    configured = settings("gateway")
    try:
        must_exist(configured.documents("gateway"))
        systems = module("gateway", "akses").listing(configured)
        with _users(configured.events()) as users:
            readers = set(users.users(USER.format(""))) if users is not None else set()
    except PortError as error:
        print(f"away: {error}")
        raise typer.Exit(1) from error
    for one in systems:
        ways = [way for way, open in _ways(one["aktif"], USER.format(one["akun"]) in readers) if open]
        print(f"{one['akun']}  {','.join(one['wilayah'])}  {'+'.join(ways) or 'revoked'}  {one['nama']}")
    strange = readers - {USER.format(one["akun"]) for one in systems}
    for user in sorted(strange):
        print(f"{user}  no account  kafka")
    if not systems and not strange:
        print("no other system reads")


def _ways(account: bool, reader: bool) -> tuple[tuple[str, bool], ...]:
    return ("http", account), ("kafka", reader)


@contextmanager
def _users(url: str) -> Iterator[Access | None]:
    from engines.access import open_access

    users = open_access(url)
    try:
        yield users
    finally:
        if users is not None:
            users.close()
