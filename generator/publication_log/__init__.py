"""公开登记 (publication): the log of what was published, and the proof of it.

``registry/publications/`` holds an append-only ledger of events; a build writes it out as a tile log (C2SP
tlog-tiles), in which a leaf is nothing but a hash. Salt and event are served beside the record as long as
the record shows what it showed then.
"""
