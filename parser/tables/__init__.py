"""Documents as rows of tables: what the tables are, the rows of a document, and these as pandas and Arrow have them."""
