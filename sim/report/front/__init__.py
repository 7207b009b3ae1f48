"""The first page: what a commissioner reads in two minutes, on one sheet of A4, for all areas and for each of them."""
