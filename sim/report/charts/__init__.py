"""Charts: a finished table in, a figure out. They know neither the study nor where the figure goes. The door of each
module is ``draw``; ``tile_map`` holds what those that are maps share.
"""
