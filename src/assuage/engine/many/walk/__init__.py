"""Last: from move to move through the phases, and where that leaves each patient."""
