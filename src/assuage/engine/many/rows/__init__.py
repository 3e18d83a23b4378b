"""First: the rows of the table as they stand in the files, with every word as a number."""
