"""Who is free? Everybody with their duties, whoever is wanted for a call, and the desk that takes them or lets it wait.

``wanted`` and ``off_duty`` say whom a call could have, a ``request`` who of them comes first, ``desk`` who gets it;
``on_duty``, ``boundary`` and ``trained`` what one person can do; ``people`` are the people, and the ``diary`` keeps
what they did, for questions asked later.
"""
