"""Rules of law and of practice, one small function each; they know fields by role, never by path or by type."""
