"""What a flare is: how much worse than the week before the outcome has to be. One home for counts and forecasts."""

RISE = 2  # points of 10 (ours; Farrar 2001 has two points for much better, not for worse)
BEFORE = 7  # days that make the comparison
