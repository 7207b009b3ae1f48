"""Why was nobody there? The one cause of a call that was not met, worked out when it ends and from nothing but facts.

``past`` keeps who was busy, and where, at moments gone by; ``gaps`` which seats stand empty; ``misses`` looks at
everybody who could have met the missing part, and ``nearest`` names the nearest miss among them.
"""
