"""One transaction for many jobs: each in a savepoint of its own, so that one that fails is undone alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from chassis.ports.errors import PortError, Unavailable
from engines.embedded.database import translate

# SQL, its parameters, and how many rows it must change (None: any number)
Statement = tuple[str, Sequence[Any], int | None]


def commit(connection: sqlite3.Connection, jobs: Sequence[Sequence[Statement]]) -> list[bool | PortError]:
    """Per job: True when durable, False when a statement changed another number of rows, or why it failed.

    Raises when the transaction as a whole failed: then nothing of it was written.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        outcomes = [_attempt(connection, job) for job in jobs]
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back when the disk is full
            connection.execute("ROLLBACK")
        raise
    return outcomes


def _attempt(connection: sqlite3.Connection, statements: Sequence[Statement]) -> bool | PortError:
    connection.execute("SAVEPOINT job")
    outcome: bool | PortError = True
    try:
        for sql, params, expected in statements:
            if connection.execute(sql, params).rowcount != expected and expected is not None:
                outcome = False
                break
    except (sqlite3.Error, OverflowError, ValueError) as error:
        outcome = translate(error)
        if isinstance(outcome, Unavailable):
            raise
    if outcome is not True:
        connection.execute("ROLLBACK TO job")
    connection.execute("RELEASE job")
    return outcome
