"""Second: rows become entries, and each distinct entry is read once."""
