"""Figures → a table to read, and one line of JSON to keep."""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks.build import Figures, Limit, Ratio


def table(figures: Figures) -> Iterator[str]:
    """Yield the lines of the table."""
    yield ", ".join(f"{name} {version}" for name, version in figures.versions.items())
    yield ", ".join(f"{name}: {count} pages" for name, count in figures.pages.items())
    yield ""
    yield f"{'ms of processor a document':<48}{'contract':<10}{'ours':>9}{'peer':>9}{'ratio':>8}  promise"
    yield from map(_ratio, figures.ratios)
    yield ""
    yield f"{'from nothing':<48}{'':<10}{'cpu s':>9}{'wall s':>9}{'MB':>8}  promise"
    yield from map(_limit, figures.limits)
    yield from figures.said


def line(figures: Figures) -> str:
    """Return the figures as one line of JSON."""
    told = {
        "versions": figures.versions,
        "pages": figures.pages,
        "ratios": [_rounded(each._asdict()) for each in figures.ratios],
        "limits": [_rounded(each._asdict()) for each in figures.limits],
        "said": figures.said,
        "held": figures.held,
    }
    return json.dumps(told, ensure_ascii=False)


def _ratio(each: Ratio) -> str:
    promise = f"≥ {each.promise:g} {_verdict(held=each.held)}" if each.promise else ""
    cells = f"{each.ours:>9.1f}{each.peer:>9.1f}{each.ratio:>7.1f}×"
    return f"{each.what:<48}{each.contract:<10}{cells}  {promise}".rstrip()


def _limit(each: Limit) -> str:
    promise = f"< {each.promise:g} s {_verdict(held=each.held)}" if each.promise else ""
    cells = "".join(f"{value:>9.2f}" if value else f"{'':>9}" for value in (each.cpu, each.wall))
    return f"{each.what:<58}{cells}{each.peak:>8.0f}  {promise}".rstrip()


def _verdict(*, held: bool) -> str:
    return "held" if held else "NOT HELD"


def _rounded(values: dict[str, object]) -> dict[str, object]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}
