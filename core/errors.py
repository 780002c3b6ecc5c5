"""What can go wrong in the program itself: one class per cause.

Problems in the *data* are values (a `RowIssue`), collected and shown; they are never raised across a module.
"""


class RecoupError(Exception):
    """Something the user can act on. Its text is shown as it stands, without a trace."""


class ConfigurationError(RecoupError):
    """A setting is missing, contradicts another or can not be read."""


class OtherVersion(ConfigurationError):
    """The database's tables are of another version than this program."""


class DatabaseUnavailable(RecoupError):
    """No database answers at the configured address."""


DISK_FULL = "The disk is full"
"""How every message begins that tells so: a page looks for it in what an import said."""


class EmbeddedServerError(RecoupError):
    """The embedded PostgreSQL could not be made or started."""


class UnknownName(RecoupError):
    """An account, a user, a marketplace or a role that does not exist was named."""


class AlreadyExists(RecoupError):
    """An account or user with this name is there already."""


class AccessDenied(RecoupError):
    """The user has no grant. The text is the same for "not yours" and "not there"."""


class SessionEnded(AccessDenied):
    """The user's session is signed out, unused for too long, or too old."""


class LimitReached(RecoupError):
    """The user has done something too often, or asked for more than is given at once."""


class FileRefused(RecoupError):
    """A report file is refused whole; nothing of it was taken."""


class UnknownFormat(FileRefused):
    """No report format has this header."""


class AmbiguousFormat(FileRefused):
    """More than one report format has this header."""
