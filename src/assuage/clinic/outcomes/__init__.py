"""What became of the clinic's patients, counted: made by a task, never while somebody waits."""
