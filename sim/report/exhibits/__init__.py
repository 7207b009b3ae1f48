"""One module an exhibit: finding, chart and table of one subject. ``contents`` puts those of the page in reading order;
``rota`` and ``warm_up`` are pictures of commands of their own.
"""
