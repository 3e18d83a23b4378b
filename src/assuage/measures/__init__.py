"""What may be asked of a record, how it is written, and how it is said in plain words."""
