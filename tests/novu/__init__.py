"""Every action of the provider novu against the imitation of Novu."""
