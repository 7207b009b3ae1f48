"""Charts: a finished table in, a figure out. They know neither the study nor where the figure goes."""
