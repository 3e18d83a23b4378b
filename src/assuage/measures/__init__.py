"""What may be asked of a record, and how that is written."""
