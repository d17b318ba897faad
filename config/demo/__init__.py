"""The sample editions: walked through the same services as the screens, at rehearsed moments,
from data/editions/sample.toml."""
