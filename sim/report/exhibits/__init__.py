"""One module an exhibit: finding, chart and table of one subject. Doors: ``contents.exhibits``, those of the page in
reading order; ``rota.picture`` and ``warm_up.picture``, of commands of their own.
"""
