"""Hand-written functions, read without running them: every value is an expression over the event.

A function is gone through once for each way that it can take, and once for each name that it
knows. What is met on the way are requests, each with the conditions under which it is made.
"""
