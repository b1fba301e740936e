"""The desk's pages. Every view takes its actor from the request and its data from queries; only actions write."""
