"""All the Streamlit there is outside app.py and pages/: the frame of a page, its cached questions, its parts."""
