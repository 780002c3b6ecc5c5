"""What surrounds every page: gate, frame, navigation, address, errors, saved views."""
