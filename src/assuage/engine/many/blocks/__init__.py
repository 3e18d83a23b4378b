"""Third: the entries of some patients side by side, day values by day and events by patient."""
