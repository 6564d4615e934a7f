"""What every system stands on: refusals, texts, numbers, posts, rooms as they are spelt, cards, tables of the site."""
