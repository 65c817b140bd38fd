"""Documents as rows of tables: the tables, a document's rows, and their conversion to pandas and Arrow."""
