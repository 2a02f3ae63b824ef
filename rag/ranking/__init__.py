"""Ranking: which passages speak of what is asked, told by readings of each and a forest that weighs them."""
