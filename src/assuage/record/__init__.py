"""One patient's record: its values, and how it is read, checked, written and converted."""
