"""The page of a study about sharing rotas: the curve of pooling with its exhibits, and the break-even of one pool."""
