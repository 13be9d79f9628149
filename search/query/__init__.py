"""Questions: limits of a request, what was typed as a tree, and the plan that engines answer."""
