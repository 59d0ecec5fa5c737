"""`make bench`: how fast the real server is, on a database of its own, beside what the machine could do at best.

goals.py      the names, units and goals of the issue; a result and its JSON
stage.py      the cluster in `var/bench`, the databases in it and what they hold
published.py  certified figures, news, products and places of the country: what the public pages show
national.py   every unit and five certified years by SQL: the scale of the public pages
world.py      people, sessions and answers for the load: made before the clock starts
load.py       the clients over HTTP, in a process of their own
limits.py     the machine's best in the same run: COPY of the same rows, a page's SQL by psycopg, bare WSGI
bare.py       the bare WSGI application that granian serves for that
measures/     one module for each group of names
report.py     the printed table and `bench.json`; `python -m bench.readme` writes the README's table from it
"""
