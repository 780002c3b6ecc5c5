"""The parts around every page: gate, frame, navigation, URL, errors, saved views."""
