"""The space of organisation designs, and who sits where: from firm and design to arrays."""
