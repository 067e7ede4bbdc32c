"""The inspector: everything about one entry of the tape."""
