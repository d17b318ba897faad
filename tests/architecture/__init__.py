"""The house's own rules: which way imports go, what stays pure, who may write, how big things get."""
