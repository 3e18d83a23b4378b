"""Fourth: what the questions of the program say of each patient of a block."""
