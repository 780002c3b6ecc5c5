"""Queries of the pages: plain functions `f(connection, account_ids, …) -> DataFrame`, one module per page.

Each query names its accounts, although row security filters them anyway: without them it could not use its index.
Amounts stay Decimal; nothing here becomes a float.
"""
