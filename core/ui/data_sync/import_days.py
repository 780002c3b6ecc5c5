"""Import field for the days on which the reports are complete, prefilled with the days of their rows."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import attrgetter

import streamlit as st

from core import imports
from core.imports import Days, FileDays, Import, Upload
from core.ui.shell import errors, refresh, session_check
from core.ui.shell.view import View
from core.ui.text import locale
from core.ui.text.words import count, day, plain, report
from core.vocabulary import COVERED_FORMATS

_FILES_TOLD = 6
_OLDEST = date(2000, 1, 1)
_QUIET = timedelta(days=14)
"""Days without rows between two files of a report before the page asks if a file is missing."""


@dataclass(frozen=True)
class Answer:
    """The days that the user stated, None if none. The import can't start until `is_fit`."""

    covers: Days | None = None
    is_fit: bool = True


@dataclass(frozen=True)
class Asked:
    """An upload: its account's code, the selected marketplace (None: detect from file), the files, and a name (hash)
    that identifies this set of files.
    """

    account_code: str
    place: str | None
    uploads: Sequence[Upload]
    name: str


def ask(view: View, asked: Asked, *, number: int) -> Answer:
    """Show the checkbox and, if it is ticked, the fields. `number` is the import's number within the session."""
    wants = st.checkbox(
        "State for which days these reports are whole",
        key=f"import_states_{number}",
        help="Recoup infers it from the rhythm of a report's rows. If you exported more days than its rows show, say"
        " so: then days without rows prove that nothing happened. If you aren't sure, leave it off.",
    )
    if not wants:
        forget(view)
        return Answer()
    look = _look(view, asked)
    if look is None:
        return Answer(is_fit=False)
    if look.outcome is None:
        _progress(look)
        return Answer(is_fit=False)
    if not look.outcome.error_id and not any(file["format"] in COVERED_FORMATS for file in look.outcome.files):
        st.caption("There is nothing to state: no rule depends on the days of these files.")
        return Answer()
    found = [each for each in imports.days_of(look.outcome.files) if each.format in COVERED_FORMATS]
    return _fields(found, key=f"{number}_{asked.name}")


def forget(view: View) -> None:
    """Drop the result of reading the files, and cancel the reading if it is still running."""
    _, look = st.session_state.pop(_key(view), (None, None))
    if look is not None:
        look.cancel()


def told(begun: Import, formats: Sequence[str | None]) -> str:
    """Describe what the user stated for an import (Markdown): the reports among those it took, and the days."""
    of = dict.fromkeys(report(code) for code in formats if code in COVERED_FORMATS)
    if begun.covers is None or not of:
        return ""
    return f"Stated as whole from {day(begun.covers.first)} to {day(begun.covers.last)}: {plain(', '.join(of))}."


def _look(view: View, asked: Asked) -> Import | None:
    """The background process that reads these files' days: the current one, or a new one. None if it can't start."""
    now = (asked.name, asked.account_code, asked.place)
    before: tuple[Hashable, Import | None] = st.session_state.get(_key(view), (None, None))
    if before[0] == now:
        return before[1]
    forget(view)
    try:
        with errors.told():
            look = imports.look(view.scope.user_id, asked.account_code, asked.uploads, asked.place)
    except OSError:
        st.error("There is no room for these files on the server.", icon=":material/disc_full:")
        return None
    st.session_state[_key(view)] = now, look
    return look


@session_check.fragment(run_every="400ms")
def _progress(look: Import) -> None:
    locale.take_form()
    if look.outcome is not None:
        refresh.wake()
    st.markdown(":material/progress_activity: Reading the days of these files …")


def _fields(found: Sequence[FileDays], *, key: str) -> Answer:
    if found:
        st.caption(_found(found))
    else:
        st.caption("The days of these files are not known. Fill in those for which you exported them.")
    for gap in _gaps(found):
        st.warning(gap, icon=":material/event_busy:")
    with st.container(horizontal=True):
        first = _field("Whole from", min((each.days.first for each in found), default=None), key=f"import_from_{key}")
        last = _field("Whole through", max((each.days.last for each in found), default=None), key=f"import_to_{key}")
    wrong = _wrong(first, last)
    if wrong:
        st.error(wrong, icon=":material/event_busy:")
    return Answer(Days(first, last) if first and last else None, is_fit=not wrong)


def _field(label: str, value: date | None, *, key: str) -> date | None:
    return st.date_input(
        label, value, min_value=_OLDEST, key=key, format="YYYY-MM-DD", width=200, help="That day included."
    )


def _wrong(first: date | None, last: date | None) -> str:
    """The error in the given days; empty if they are valid or missing."""
    if first is None and last is None:
        return ""
    if first is None or last is None:
        return "Give both days, or neither."
    if first > last:
        return f"The first day, {day(first)}, is after the last, {day(last)}."
    if last > datetime.now(UTC).date() + timedelta(days=1):
        return f"{day(last)} has not ended yet: no report is whole for it."
    return ""


def _found(found: Sequence[FileDays]) -> str:
    of_files = [f"{plain(each.file)} {_span(each.days)}" for each in found[:_FILES_TOLD]]
    if len(found) > _FILES_TOLD:
        of_files.append(f"and {count(len(found) - _FILES_TOLD, 'more file')}")
    return f"Their rows are of: {'; '.join(of_files)}."


def _gaps(found: Sequence[FileDays]) -> Iterator[str]:
    """Warnings about days between the files of one report, where a file may be missing."""
    in_order = sorted(found, key=attrgetter("format", "days"))
    for code, files in groupby(in_order, key=attrgetter("format")):
        through = None
        for each in files:
            if through and each.days.first - through > _QUIET:
                lacking = Days(through + timedelta(days=1), each.days.first - timedelta(days=1))
                yield f"None of these files has rows of {plain(report(code))} for {_span(lacking)}. Is one missing?"
            through = max(through or each.days.last, each.days.last)


def _span(days: Days) -> str:
    return day(days.first) if days.first == days.last else f"{day(days.first)} – {day(days.last)}"


def _key(view: View) -> str:
    return f"days looked for by {view.scope.user_id}"
