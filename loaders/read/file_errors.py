"""Turns errors of the file system into refusals of the file, at whatever moment they occur."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.errors import FileRefused

CHANGED = "was changed while it was read; take it in again"


@contextmanager
def refusing_unreadable() -> Iterator[None]:
    """Raises FileRefused for a file that is missing, unreadable or has changed."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileRefused("does not exist") from error
    except PermissionError as error:
        raise FileRefused("may not be read: no permission") from error
    except OSError as error:
        raise FileRefused(f"can not be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:  # the first pass decoded all of its bytes
        raise FileRefused(CHANGED) from error
