"""Who there is, who cares for whom, and who may do what."""
