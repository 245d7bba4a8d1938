"""A tiny office inside the real platform, whose cases can be counted after something was killed."""
