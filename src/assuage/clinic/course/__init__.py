"""What was recorded and where the patient stands: the first page and the course."""
