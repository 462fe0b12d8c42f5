"""The web: one fetcher for everything that goes out.

addresses    where it may connect, and where never
connecting   host → vetted address → connection, within a budget of seconds and bytes
answers      what a host answered, and what that means
politeness   robots.txt, one request at a time per host, pauses
fetching     URL → content
"""
