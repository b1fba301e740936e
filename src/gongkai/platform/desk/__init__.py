"""The desk (工作台): the back-office pages of the catalogue. All data comes from catalogue.queries, all changes go to catalogue.actions."""
