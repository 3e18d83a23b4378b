"""What an import understood, as lines for a person, as JSON, and as the map that somebody can look at and change."""
