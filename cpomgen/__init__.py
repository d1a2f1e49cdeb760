"""Write, amend and regenerate CPOM contracts: a reviewed YAML file in, Word and PDF out."""

__version__ = "0.1.0"
