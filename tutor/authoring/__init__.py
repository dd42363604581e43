"""What lesson writers use: lint, templates, schema, packs, books, cases."""
