"""Rules that hold for every page and every cache, whoever adds the next one."""

import ast
import inspect
from datetime import date
from pathlib import Path

import pytest
from streamlit import config

from core.settings import PROJECT
from core.ui.cache import answers, figures, lists, shared
from core.ui.shell.view import Scope

PAGES = sorted((PROJECT / "pages").glob("*.py"))
UI = sorted((PROJECT / "core" / "ui").rglob("*.py"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_frame_is_the_first_call_of_a_page(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    first = min(calls, key=lambda call: (call.lineno, call.col_offset))
    assert ast.unparse(first.func) == "frame.page"


def test_scope_and_date_are_the_first_arguments_of_every_cached_question() -> None:
    own = [each for module in (answers, figures, lists) for _, each in inspect.getmembers(module, inspect.isfunction)]
    kept = [each for each in own if hasattr(each, "__wrapped__") and each.__module__.startswith("core.ui.")]
    assert len(kept) > 40
    for question in kept:
        first, second, *more = inspect.signature(question).parameters.values()
        assert (first.annotation, second.annotation) == (Scope, date | None), question.__name__
        assert not [each.name for each in (first, second, *more) if each.name.startswith("_")], "would not be hashed"


def test_caches_are_in_one_module_and_read_no_session_state() -> None:
    with_caches = [path.name for path in (*UI, *PAGES) if "st.cache" in path.read_text()]
    assert with_caches == ["shared.py"]
    for module in (shared, answers, figures, lists):
        assert "session_state" not in inspect.getsource(module)


CALLBACKS = ("on_click", "on_change", "on_select", "on_submit")
BEFORE_THE_GATE = ("core/ui/shell/gate.py",)
"""Where callbacks are that let somebody in or out."""


def test_every_callback_and_fragment_asks_first_whether_the_session_may_go_on() -> None:
    asked = 0
    for path in (*UI, *PAGES):
        name = str(path.relative_to(PROJECT))
        calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        given = [word.value for call in calls for word in call.keywords if word.arg in CALLBACKS]
        ours = [ast.unparse(value) for value in given if not isinstance(value, ast.Constant)]
        asked += len(ours)
        assert name in BEFORE_THE_GATE or all(each.startswith("session_check.callback(") for each in ours), (name, ours)
    assert asked > 10
    with_own = {path.name for path in UI if "@st.fragment" in path.read_text()}
    # refresh asks itself, errors has nobody to ask, and the gate's has the demo's progress, where nobody signs in
    assert with_own == {"refresh.py", "session_check.py", "errors.py", "gate.py"}


def test_no_html_is_trusted_but_the_two_scripts_of_the_deep_link() -> None:
    with_html = [path.name for path in (*UI, *PAGES) if "unsafe_allow" in path.read_text()]
    assert with_html == ["deep_link.py"]


def test_streamlit_takes_the_settings_that_it_does_not_document() -> None:
    assert config.get_option("runner.postScriptGC") is False
    assert config.get_option("server.fileWatcherType") == "none"
    assert config.get_option("client.showErrorDetails") == "none"
    assert config.get_option("server.address") == "127.0.0.1"


def test_the_private_parts_of_streamlit_are_touched_in_one_file() -> None:
    private = ("streamlit.runtime", "streamlit.web", "streamlit.dataframe_util")
    touching = {
        path.name
        for path in (*UI, *PAGES, PROJECT / "app.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith(private))
        or (isinstance(node, ast.Import) and any(name.name.startswith(private) for name in node.names))
    }
    assert touching <= {"internals.py"}
    assert "internals.py" in {path.name for path in UI}
