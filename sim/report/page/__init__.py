"""Pages that open from disk with the network off: the report, the sheet of the Ambitions and the explorer, with the
templates, style and scripts that all pages are filled from.
"""
