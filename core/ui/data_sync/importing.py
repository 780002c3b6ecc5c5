"""Manual import of report files: upload form, progress, result per file."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from core import imports
from core.database.access import personal
from core.errors import DISK_FULL, LimitReached
from core.imports import Days, Import, Outcome, Upload
from core.queries.people import Account
from core.ui.components.table import table, without_empty
from core.ui.data_sync import import_days
from core.ui.door import uploads
from core.ui.shell import carried, errors, refresh, session_check
from core.ui.shell.view import View
from core.ui.text import locale
from core.ui.text.words import count, marketplace, number, plain, report

_TOLD_BY_FILES = "Detect from file"
_STATUSES = {"taken": "Imported", "already_taken": "Already imported", "refused": "Refused"}
_RECORDED = 100
MOST_BYTES = uploads.MOST_OF_A_TAB
"""Maximum size of one import: the upload stays in the server's memory until the import begins."""
_LINES = 6
_TOLD = 6
"""Up to this number of files, the result is one sentence per file. Above it, a table lists all files, and only refused
ones get a sentence.
"""
_EVERY = "400ms"
"""Polling interval of a running import: short, so that its first figures show at once."""
_NAMED = 12


def section(view: View, *, is_open: bool) -> None:
    """Show the import form, the progress of a running import, or the result of a finished one."""
    begun: Import | None = st.session_state.get(_key(view))
    with st.expander("Import files", icon=":material/upload_file:", expanded=is_open or begun is not None):
        if begun is None:
            _form(view)
        elif begun.outcome is None:
            _progress(begun)
        else:
            _result(view, begun, begun.outcome)


def _form(view: View) -> None:
    st.caption(
        "Marketplace reports as text, CSV, Excel or JSON, zipped or not, and sourcing costs. Recoup detects each report"
        " by its header. The same file again changes nothing."
        + ("" if view.is_of_team else " The team imports case and delivery files.")
    )
    account = _pick_account(view)
    place = _pick_marketplace(account)
    number = st.session_state.get(_times(view), 0)
    files = st.file_uploader("Report files", accept_multiple_files=True, key=f"import_files_{number}")
    chosen = [Upload(imports.safe_name(file.name), file) for file in files]
    label = f"Import {count(len(files), 'file')}" if files else "Import"
    size = sum(file.size for file in files)
    if size > MOST_BYTES:
        st.warning(
            f"{count(len(files), 'file')} of {_gigabytes(size)} together; up to {_gigabytes(MOST_BYTES)} can be"
            " imported at once. Leave some out for a second import, or zip them (`.gz`, `.zip`).",
            icon=":material/scale:",
        )
    is_fit = bool(files) and size <= MOST_BYTES
    name = sha256(" ".join(file.file_id for file in files).encode()).hexdigest()[:_NAMED]
    asked = import_days.Asked(account.code, place, chosen, name)
    answer = import_days.ask(view, asked, number=number) if is_fit else import_days.Answer(is_fit=False)
    is_fit = is_fit and answer.is_fit
    if st.button(label, type="primary", icon=":material/upload:", key="import_start", disabled=not is_fit) and is_fit:
        _start(view, account, asked, answer.covers)


def _gigabytes(size: int) -> str:
    """A size in GB, rounded up: a size just over the limit must not look equal to it."""
    return f"{number(Decimal(-(-size // 10_000_000)) / 100, 2)} GB"


def _pick_account(view: View) -> Account:
    """Show the account field. The browser's value is looked up among this run's accounts, so it can't be forged."""
    if not view.has_many_accounts:
        return view.accounts[0]
    by_name = {view.names.get(account.account_id, account.name): account for account in view.accounts}
    carried.forget_unless("import_account", list(by_name))
    name = st.selectbox("For the account", list(by_name), key="import_account", filter_mode="contains", width=340)
    return by_name.get(name, view.accounts[0])


def _pick_marketplace(account: Account) -> str | None:
    by_label = {marketplace(code): code for code in account.marketplaces}
    carried.forget_unless("import_marketplace", [_TOLD_BY_FILES, *by_label])
    label = st.selectbox(
        "Marketplace",
        [_TOLD_BY_FILES, *by_label],
        key="import_marketplace",
        width=340,
        help="Only for reports that name none. A row that names its marketplace keeps it.",
    )
    return by_label.get(label)


def _start(view: View, account: Account, asked: import_days.Asked, covers: Days | None) -> None:
    names = [upload.name for upload in asked.uploads]
    told = {"covers": f"{covers.first}..{covers.last}"} if covers else {}
    try:
        with errors.told():
            personal.record(
                view.scope.user_id, "import", account.account_id, files=names[:_RECORDED], number=len(names), **told
            )
            begun = imports.start(view.scope.user_id, account.code, asked.uploads, asked.place, covers)
    except LimitReached as error:
        st.warning(plain(str(error)), icon=":material/hourglass_top:")
        return
    except OSError:
        st.error("There is no room for these files on the server. Nothing was imported.", icon=":material/disc_full:")
        return
    st.session_state[_key(view)] = begun
    import_days.forget(view)
    _forget_files(view)
    st.rerun()


def _forget_files(view: View) -> None:
    """Free the uploaded bytes: Streamlit holds them in memory as long as their widget exists, so its key changes."""
    st.session_state[_times(view)] = st.session_state.get(_times(view), 0) + 1


@session_check.fragment(run_every=_EVERY)
def _progress(begun: Import) -> None:
    locale.take_form()
    if begun.outcome is not None:
        refresh.wake()
    files = count(len(begun.files), "file")
    words = "Stopping" if begun.was_cancelled else f"Importing {files}"
    st.markdown(f":material/progress_activity: **{words} for {plain(begun.account_code)} …**")
    st.caption("The import continues if you leave this page. Its result is shown here.")
    if lines := begun.said(_LINES):
        st.code("\n".join(lines), language=None, wrap_lines=True)
    st.button(
        "Cancel",
        icon=":material/cancel:",
        key="import_cancel",
        disabled=begun.was_cancelled,
        on_click=session_check.callback(begun.cancel),
    )


def _result(view: View, begun: Import, outcome: Outcome) -> None:
    again = "What was imported before it stopped stays. Import the rest again: nothing is counted twice."
    if outcome.was_cancelled:
        st.info(f"The import was cancelled. {again}", icon=":material/cancel:")
    elif outcome.error_id:
        full = f"**{DISK_FULL}** on the server. " if outcome.is_disk_full else ""
        st.error(
            f"{full}The import for {plain(begun.account_code)} did not finish. {again}\n\nIf it fails again,"
            f" give this id to whoever runs Recoup: `{outcome.error_id}` (it is in the log).",
            icon=":material/error:",
        )
    else:
        _tell(begun, outcome)
    st.button(
        "Import more",
        icon=":material/upload_file:",
        key="import_more",
        on_click=session_check.callback(_begin_again),
        args=(view,),
    )


def _tell(begun: Import, outcome: Outcome) -> None:
    files = [dict(file) for file in outcome.files]
    refused = [file for file in files if file["status"] == "refused"]
    _summary(plain(begun.account_code), files, len(refused), outcome.items or {})
    shown = files if len(files) <= _TOLD else refused[:_TOLD]
    for file in shown:
        st.markdown(_sentence(file))
    if stated := import_days.told(begun, [file["format"] for file in files if file["status"] != "refused"]):
        st.caption(stated)
    if len(files) > len(shown):
        _table(pd.DataFrame(files, dtype=object))


def _summary(whose: str, files: Sequence[Mapping[str, Any]], refused: int, items: Mapping[str, int]) -> None:
    """Summarize the import; items are mentioned only if a file was read."""
    if refused == len(files):
        st.error(
            f"**Nothing was imported for {whose}**: {count(refused, 'file was', 'files were')} refused.",
            icon=":material/block:",
        )
        return
    read = f"{number(len(files) - refused)} of {count(len(files), 'file')}" if refused else count(len(files), "file")
    new = items.get("new", 0)
    found = f"{count(new, 'new item')} found" if new else "No new items found"
    words = f"**{read} imported for {whose}.** {found}, {count(items.get('items', 0), 'item')} in all."
    rows = sum(file["refused"] for file in files if file["status"] != "refused")
    if refused or rows:
        told = [count(refused, "file")] if refused else []
        told += [count(rows, "row")] if rows else []
        st.warning(f"{words} Refused: {' and '.join(told)}.", icon=":material/rule:")
    else:
        st.success(words, icon=":material/check_circle:")


def _sentence(file: Mapping[str, Any]) -> str:
    """The result of one file. The reason for a refusal is shown in full."""
    name = f"**{plain(file['file'])}**"
    message = f" {plain(file['message'])}" if file["message"] else ""
    if file["status"] == "refused":
        why = file["message"].removeprefix(file["file"]).strip()
        return f":red[:material/block:] {name} {plain(why)}" if why else f":red[:material/block:] {name} was refused."
    of = f"{name}, {plain(report(file['format']))}"
    if file["status"] == "already_taken":
        return f":gray[:material/history:] {of}: already imported, nothing changed.{message}"
    counts = {"new": "new", "changed": "changed", "unchanged": "already there", "refused": "refused"}
    told = ", ".join(f"{number(file[name])} {words}" for name, words in counts.items() if file[name])
    return f":green[:material/check_circle:] {of}: {count(file['rows'], 'row')}{f' ({told})' if told else ''}.{message}"


def _table(rows: pd.DataFrame) -> None:
    columns: dict[str, Any] = {
        "File": rows["file"],
        "Result": rows["status"].map(_STATUSES),
        "Report": rows["format"].map(report),
        **{name.capitalize(): rows[name] for name in ("rows", "new", "changed", "unchanged", "refused")},
        "Message": rows["message"],
    }
    config = {"Message": st.column_config.TextColumn(width="large")}
    table(
        without_empty(pd.DataFrame(columns), "Message"),
        alt="What became of each file",
        key="import_result",
        column_config=config,
    )


def _begin_again(view: View) -> None:
    st.session_state.pop(_key(view), None)


def _key(view: View) -> str:
    """Session key of this user's import. If the visitor can switch users, the other user doesn't see it."""
    return f"import of {view.scope.user_id}"


def _times(view: View) -> str:
    return f"imports of {view.scope.user_id}"
