"""Who may do what: permissions, roles, the actor and the decision. Pure Python, no database."""
