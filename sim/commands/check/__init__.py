"""``oncall-sim check``: a warm-up, demand or today against evidence, or a study against what it says of itself."""
