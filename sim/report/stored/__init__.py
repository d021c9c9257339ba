"""What commands have stored, read again for a page: nothing is simulated here."""
