"""What is kept of a patient, who looked, copies, erasure."""
