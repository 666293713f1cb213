"""What goes wrong with a server, each as one line: where, what, and how to mend it. No password is in any of them."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator

from neo4j import exceptions as driver_errors

from assetgraph.errors import StoreError, StoreUnavailable

__all__ = ["AGAIN", "BAD_VALUES", "DRIVER_ERRORS", "InDoubt", "explained", "unreachable"]

DRIVER_ERRORS = (driver_errors.Neo4jError, driver_errors.DriverError, OSError)
BAD_VALUES = (ValueError, TypeError, OverflowError)
"""What the driver raises for a parameter, a host or a port that it cannot use."""

AGAIN = "build, or ask, again"
_ROOM = "make room on the server's disk and restart it"
_MEMORY = "raise db.memory.transaction.max and dbms.memory.transaction.total.max on the server, or wait until others are done"
_WRITABLE = "open the database for writing (server.databases.read_only); in a cluster use neo4j://, which finds who writes"

CODES: tuple[tuple[str, type[StoreError], str, str], ...] = (
    (r"CredentialsExpired$", StoreUnavailable, "wants the password of {user!r} changed first",
     "change it there (ALTER CURRENT USER SET PASSWORD …), then set NEO4J_PASSWORD"),
    (r"AuthenticationRateLimit$", StoreUnavailable, "has locked the user {user!r} for a while, after too many wrong passwords",
     "wait a little, then set NEO4J_USERNAME and NEO4J_PASSWORD"),
    (r"Security\.Forbidden$", StoreError, "the user {user!r} may not do that here: {said}",
     "ask its administrator for the right to write, or set NEO4J_USERNAME and NEO4J_PASSWORD to another user"),
    (r"Security\.(Unauthorized|TokenExpired|AuthProvider\w+)$", StoreUnavailable, "refused the user name or password",
     "set NEO4J_USERNAME and NEO4J_PASSWORD"),
    (r"DatabaseNotFound$", StoreUnavailable, "has no database {database!r}", "set NEO4J_DATABASE"),
    (r"DatabaseUnavailable$", StoreUnavailable, "the database {database!r} is not running there: {said}",
     "start it, then try again"),
    (r"Statement\.AccessMode$", StoreError, "a reading query tried to write", "ask with MATCH and RETURN only"),
    (r"(WriteOnReadOnlyAccessDatabase|ForbiddenOnReadOnlyDatabase|NotALeader)$", StoreError,
     "the database {database!r} takes no writes", _WRITABLE),
    (r"Transaction\.(Terminated|LockClientStopped)$", StoreError,
     "the transaction was ended by an administrator or by the server", AGAIN),
    (r"(TransactionTimedOut\w*|QueryExecutionTimeout)$", StoreError, "the query took longer than it may", "ask for less at once"),
    (r"OutOfMemory\w*$|MemoryPool\w+$|StackOverFlowError$", StoreError, "the server's memory for one transaction is used up",
     _MEMORY),
    (r"TransactionLogError$|TransactionStartFailed$|DatabaseError\.General\.\w+$|ForcedShutdown\w*$", StoreUnavailable,
     "the database {database!r} has failed there: {said}", _ROOM),
    (r"ConstraintCreationFailed$|ConstraintValidationFailed$|ConstraintViolation$", StoreError,
     "a constraint does not hold: {said}", "use another database (NEO4J_DATABASE)"),
)  # fmt: skip
"""The end of the server's code; what is raised; what to say, and how to mend it."""


class InDoubt(StoreUnavailable):
    """The server was lost, or failed, while it was saving: whether this transaction is in is known when it is back."""


def explained(error: Exception, address: str, database: str, user: str) -> StoreError:
    """The same error in one line with a cure."""
    code = getattr(error, "code", None) or ""
    if isinstance(error, driver_errors.IncompleteCommit) or code.endswith("TransactionCommitFailed"):
        return InDoubt(f"{address}: the server was lost or failed while it was saving", f"{_ROOM} where it is full")
    for ending, kind, what, cure in CODES:
        if re.search(ending, code):
            return kind(f"{address}: " + what.format(user=user, database=database, said=_said(error)), cure)
    if isinstance(error, driver_errors.UnsupportedServerProduct | driver_errors.ConfigurationError):
        return StoreUnavailable(f"{address}: speaks an older language than Neo4j 5 does", "use Neo4j 5 or newer")
    if isinstance(error, driver_errors.ServiceUnavailable | driver_errors.SessionExpired | OSError):
        return unreachable(error, address)
    return StoreError(f"{address}: the query could not be run: {_said(error)}", "check the query")


def unreachable(error: BaseException, address: str) -> StoreUnavailable:
    """Why no Neo4j answers at an address, and what to do about it."""
    roots = list(_roots(error))
    scheme, _, rest = address.partition("://")
    plain = scheme.partition("+")[0]
    for root in roots:
        if isinstance(root, ssl.SSLCertVerificationError):
            return StoreUnavailable(
                f"{address}: its certificate is not trusted ({root.verify_message})",
                "name the file of the authority's certificates in SSL_CERT_FILE, or, where you know that it is your own "
                f"server, use {plain}+ssc://{rest}",
            )  # fmt: skip
        if isinstance(root, ssl.SSLError):
            return StoreUnavailable(f"{address}: speaks no TLS there", f"use {plain}://{rest}, or check the port")
    for root in roots:
        if isinstance(root, TimeoutError):
            return StoreUnavailable(f"{address}: something listens there and does not answer as Neo4j does",
                                    "check the port; the one of Bolt is 7687 unless somebody chose another")  # fmt: skip
    for root in roots:
        if isinstance(root, OSError):
            return StoreUnavailable(f"{address}: no Neo4j answers there ({root.strerror or _line(root)})",
                                    "start the server, or check the address")  # fmt: skip
    return StoreUnavailable(f"{address}: no Neo4j answers there ({_line(error)})",
                            f"start the server, or check the address ({plain}+s:// where it wants encryption)")  # fmt: skip


def _roots(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that led to it, those inside of groups too."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for one in error.exceptions:
                yield from _roots(one)
        error = error.__cause__ or error.__context__


def _said(error: Exception) -> str:
    """What the server itself said, without its codes."""
    return _line(getattr(error, "message", None) or error)


def _line(text: object) -> str:
    return " ".join(str(text).split())[:200].rstrip(". ")
