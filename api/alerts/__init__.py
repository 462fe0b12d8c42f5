"""Alerts: questions that are asked again after every run, and tell somebody when their answer is another.

alert        what is kept of one
condition    --when: what counts as news
destination  --to: where it goes
changes      answer then, answer now → rows new, gone and changed
sentences    row → the claims behind it, and how to open them
message      what is told, as text and as JSON
delivery     … to output and file; webhook and mail
evaluation   all alerts, after a run

Nothing of an answer is kept: the graph as known at the instant up to which an alert was told gives the earlier one.
"""
