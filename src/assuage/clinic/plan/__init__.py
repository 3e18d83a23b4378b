"""Gates and who opens them, what is recommended, drugs, and the cards of others."""
