"""Many runs of a scenario: replications, the pool they run on, estimates, paired comparisons, the study they make."""
