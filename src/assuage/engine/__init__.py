"""What every question means, and the walk of a record through a pathway; for one patient, and in kernels for many."""
