"""What was written of each patient, and the proof that nobody changed it."""
