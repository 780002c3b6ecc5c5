"""What the file system may say when a file is read: each a reason to refuse it, at whatever moment it comes."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import FileRefused

CHANGED = "was changed while it was read; take it in again"


@contextmanager
def refusing_unreadable() -> Iterator[None]:
    """Raises FileRefused for a file that is not there (any more), may not be read, or is no longer what it was."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileRefused("does not exist") from error
    except PermissionError as error:
        raise FileRefused("may not be read: no permission") from error
    except OSError as error:
        raise FileRefused(f"can not be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:  # all of its bytes fitted when it was looked through
        raise FileRefused(CHANGED) from error
