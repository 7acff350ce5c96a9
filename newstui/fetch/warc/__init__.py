"""Web archives: WARC (ISO 28500), ARC and WACZ, read as streams, record by record, past whatever is damaged in them.

The framing is our own. warcio 1.8 (Apache-2) takes 57 ms to import, raises at the first damage, and spends 69 µs on a
record; fastwarc reads faster still, but gives neither the offset nor the cause of damage, and ends at it. The base
install must read archives either way, so a library would be a second way, not the only one.
Conformance with warcio is a test (tests/conformance/test_archives.py).

`sources` turns a file into decoded bytes that know their place on disk, `framing` cuts these into records, `http` and
`bodies` read what is in a response, `judging` says which records are pages, `opening` tells of them.
"""
