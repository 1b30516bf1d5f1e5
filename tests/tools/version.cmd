samrad version && samrad --version
