"""站内检索 (search): what the visitor's browser searches, built from public records alone.

Pages lie in *blocks* (:mod:`generator.outputs.search.text_blocks`), some dozen of the same time in one file, with all
that a list of results shows of them. An *index* (:mod:`generator.outputs.search.word_index`) says in which blocks a
word, a name or a document number stands. A question opens one or two files of the index and then the blocks from which
its first results come; the browser reads there whether the words do stand together.
"""
