"""The verdict on a changed dataset without judging all of it again: exactly what a full run would say.

`plan` and `queries` read off the shapes what each rule looks at; `focus` and `rows` find what a change can affect and
gather the triples that judging this alone needs; `checks` does the same for checks over quads; `judge` joins them.
"""
