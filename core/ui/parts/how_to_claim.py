"""How to claim: what the service is and how to reach the team. It submits no claim."""

import streamlit as st

from core.ui.words import support
from core.vocabulary import STAGES, Channel


def how_to_claim(channel: Channel) -> None:
    """Show the button that opens the explanation."""
    if st.button("How to claim", icon=":material/help:", key=f"{channel.value}_how_to_claim"):
        _explain(channel)


@st.dialog("How to claim", width="medium")
def _explain(channel: Channel) -> None:
    st.markdown(
        "Recoup is a managed service: you look, the reimbursement team files."
        " **Opening this submits no claim**, and neither does anything else on these pages."
    )
    name, in_case = channel.label, STAGES["in_case"].label
    steps = {
        "Review": f"Look through what is *{STAGES['ready'].label}* at {name}, and what expires soonest.",
        "Get in touch": f"Ask for the reimbursement service to be started: **{support()}**.",
        "The team prepares and files": f"It reviews the account, may ask for documents, and files by {name}'s rules."
        f" What is in a case shows as *{in_case}*.",
        "Follow it": "The Case Tracker shows every case. What comes back counts as *Claimed* once it is paid.",
    }
    for number, (title, what) in enumerate(steps.items(), start=1):
        st.markdown(f"**{number}. {title}**  \n{what}")
    st.caption("Before that, the account is connected and its reports are synced. What has expired can not be claimed.")
