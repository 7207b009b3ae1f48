"""The page of a study about sharing rotas. Doors: ``curve.build``, the curve of pooling with its exhibits, and
``break_even.build``, how much worse one pool may become.
"""
