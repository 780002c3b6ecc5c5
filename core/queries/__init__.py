"""What a page asks: plain functions `f(connection, account_ids, …) -> DataFrame`, one module a page.

Each names its accounts, although row security leaves out the others anyway: without their names it loses its index.
Amounts stay Decimal; nothing here becomes a float.
"""
