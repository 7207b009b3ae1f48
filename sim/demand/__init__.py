"""Families, episodes and potential calls, drawn with numpy before the clock starts and changed by no scenario."""
