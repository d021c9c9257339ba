"""Many runs: plans, seeds, workers, and what comes back."""
