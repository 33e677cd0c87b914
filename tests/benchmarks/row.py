"""One measured figure. Ratios only: both sides are measured in the same run, so that the machine cancels out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A ratio, and the bound that it must keep."""

    figure: str
    ratio: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def target(self) -> str:
        return f"≥ {self.at_least:.2f}" if self.at_least is not None else f"≤ {self.at_most:.2f}"

    @property
    def reached(self) -> bool:
        if self.at_least is not None:
            return self.ratio >= self.at_least
        return self.at_most is not None and self.ratio <= self.at_most
