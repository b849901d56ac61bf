"""The paper of a pack's charts, remembered: one for their page and for the preview."""

from __future__ import annotations

from exporters.charts import A4, PAPERS, Paper
from ui.settings import Settings


def key_of(pack: str) -> str:
    """Where paper and printer of a pack's charts are remembered."""
    return f"charts/{pack}"


def kept_paper(settings: Settings, pack: str) -> Paper:
    """The paper chosen last for a pack's charts, on their page or in the preview."""
    size, turned = (settings.get(f"print/{key_of(pack)}/{name}", "") for name in ("paper", "turned"))
    return PAPERS.get(f"{size or 'A4'}{turned or '横'}", A4)


def keep_paper(settings: Settings, pack: str, paper: Paper) -> None:
    """Remember the paper."""
    settings.put(f"print/{key_of(pack)}/paper", paper.name[:2])
    settings.put(f"print/{key_of(pack)}/turned", paper.name[2:])
