"""Notes that somebody asked to get on the days on which the diary is asked for; and the visits as a calendar file."""
