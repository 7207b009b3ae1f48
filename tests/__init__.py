"""A package, so that no other one of this name that is installed can hide it from worker processes."""
