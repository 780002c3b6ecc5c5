"""Entry point of the app: the ASGI app with the door, and the navigation. `streamlit run app.py` serves this file
through the door (core/ui/door) and runs it on each visit. Each page calls the gate itself (core/ui/shell/gate.py),
because a deep link may skip this file.
"""

import streamlit as st

from core.ui.shell import internals

if not internals.is_in_a_run():
    from starlette.middleware import Middleware
    from starlette.routing import Route

    from core.ui.door import FRONT_PAGE, Door, front_page, ready
    from core.ui.shell import runs

    internals.apply()
    internals.hide_the_pages()
    app = st.App(
        __file__,
        middleware=[Middleware(Door)],
        routes=[Route("/ready", ready), Route(FRONT_PAGE, front_page)],
        on_script_error=runs.failed_in_a_callback,
    )
else:
    from core.settings import PROJECT
    from core.ui.shell import gate, navigation, runs

    # Streamlit's own icons would be loaded from another server.
    st.set_page_config(
        page_title="Recoup", page_icon=str(PROJECT / "core" / "ui" / "shell" / "mark.svg"), layout="wide"
    )

    if "role" not in st.session_state:
        st.session_state["role"] = gate.foreseen_role()
    page = st.navigation(navigation.navigation(st.session_state["role"]))
    with runs.measured(page.title):
        page.run()
