"""segfn: YAML mappings of Segment calls to a tested Segment Destination Function."""
