"""The presentation of a comparison (``slides.pptx``)."""
