"""Program errors: one exception class per cause.

Data problems are values (a `RowIssue`), collected and shown; they are never raised across a module.
"""


class RecoupError(Exception):
    """An error that the user can act on. Its text is shown as it is, without a trace."""


class ConfigurationError(RecoupError):
    """A setting is missing, contradicts another or can not be read."""


class OtherVersion(ConfigurationError):
    """The database has another schema version than this program."""


class DatabaseUnavailable(RecoupError):
    """No database answers at the configured address."""


DISK_FULL = "The disk is full"
"""The prefix of every message about a full disk: pages look for it in an import's output."""


class EmbeddedServerError(RecoupError):
    """The embedded PostgreSQL could not be created or started."""


class UnknownName(RecoupError):
    """An account, user, marketplace or role with this name does not exist."""


class AlreadyExists(RecoupError):
    """An account or user with this name already exists."""


class AccessDenied(RecoupError):
    """The user has no grant. The text is the same for "not yours" and "not there"."""


class SessionEnded(AccessDenied):
    """The user's session is signed out, idle for too long, or too old."""


class LimitReached(RecoupError):
    """The user exceeded a rate limit or a size limit."""


class FileRefused(RecoupError):
    """A report file was refused as a whole."""


class UnknownFormat(FileRefused):
    """No report format has this header."""


class AmbiguousFormat(FileRefused):
    """More than one report format has this header."""
