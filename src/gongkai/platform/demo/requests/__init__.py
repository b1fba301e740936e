"""Requests of the demo: what a county received, from 2023 to this morning — every state, every way of ending, every letter.

`people`: who asks, invented. `story`: how a story is told, dated. `answered`, `county2023`, `waiting`: the stories. `letters`: what is
written in their letters. `codes`: the query codes that are printed. `hands`: carrying it out, through the actions of the cases.
"""
