"""What was typed but not saved, put over the rows in memory: composing reads it there, and nothing is written.

A page names the forms that stand open as `parts`; the fields of each carry the name of their part as prefix. The kinds of parts
stand in the modules, one for each kind of row that a preview is made of.
"""
