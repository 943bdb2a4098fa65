"""What the production engines' adapters cost: figures beside a floor of the same run."""
