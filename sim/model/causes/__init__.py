"""Why was nobody there? The one cause of a call that was not met, worked out when it ends and from nothing but facts.

``misses`` looks at everybody who could have met the missing part, at the moment that counts; ``nearest`` names the
nearest miss among them; ``gaps`` are the seats that stand empty.
"""
