"""The first look at a store, for screens that must paint before anything heavy is loaded."""

from data.store.glance import Glance, default_path, glance

__all__ = ["Glance", "default_path", "glance"]
