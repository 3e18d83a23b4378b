"""What is dangerous or suspected: red flags as criteria, and causality scales."""
