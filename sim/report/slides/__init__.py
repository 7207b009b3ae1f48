"""The presentation of a comparison, as PowerPoint. Door: ``deck.slides``."""
