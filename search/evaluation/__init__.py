"""How good the answers are: relevance sets with their measures, and what an editor expects."""
