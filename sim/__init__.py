"""Planning round-the-clock end-of-life care: families, nurses, consultants and the nights between them."""

__version__ = "0.1.0"
