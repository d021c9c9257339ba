"""The explorer: a local page on which designs are shaped, compared and watched at work (`orgsim explore`)."""
