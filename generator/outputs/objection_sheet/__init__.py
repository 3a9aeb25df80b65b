"""异议书 (objection sheet): the form to write an objection on, with nobody's data in it.

``document`` fills in one notice as a Word file; ``blank`` is the page to print and write on by hand.
"""
