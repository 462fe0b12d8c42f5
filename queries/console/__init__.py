"""The Cypher console: any read an analyst can think of, and nothing else.

    Inquiry → gate → plan → store.inquire → answer

gate.py      is the text made of allowed clauses, procedures and functions only?
plan.py      does the server's EXPLAIN call it a read, of allowed operators, at a cost that can be borne?
canary.py    is a write refused at all with the console's own credential? Asked once, when the console opens
console.py   Console: the layers in their order, how many run at once, cancelling
answer.py    rows, the graph to draw, what was cut or withheld
"""
