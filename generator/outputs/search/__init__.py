"""站内检索 (search): what the visitor's browser searches, built from public records alone.

Two things are built. A *directory* (:mod:`generator.outputs.search.name_directory`) says at once, in a few
kilobytes, which pages bear a name or a decision number. An *index* of the full text, made by
Pagefind in parts by date (:mod:`generator.outputs.search.index_parts`), is loaded part by part as it is needed.
"""
