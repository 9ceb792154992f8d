"""Words of another provider in a mapping: whose they are, and what this provider has for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator import providers
from generator.diagnostics import Note, Report, Span

if TYPE_CHECKING:
    from pathlib import Path

    from generator.providers import Action, Provider


@dataclass(frozen=True, slots=True)
class Borrowed:
    """What is known of a word: who has it, where this mapping chose otherwise, what to do."""

    owner: str
    note: Note
    help: str


@dataclass(slots=True)
class Lender:
    """Knows the other providers of a project; they are read once a word is asked for."""

    provider: Provider
    chosen: Span
    root: Path | None
    others: list[Provider] | None = None

    def action(self, name: str) -> Borrowed | None:
        """An action that other providers have."""
        found = [(each, action) for each in self.known() if (action := each.action(name))]
        if not found:
            return None
        near = self.counterpart(*found[0])
        own = ", ".join(action.name for action in self.provider.actions)
        help_ = f"use an action of {self.provider.name}: {own}"
        if near is not None:
            help_ = f'write "{near.name}", what {self.provider.name} has in its place'
        return self.told([each for each, _ in found], "action", help_)

    def option(self, name: str) -> Borrowed | None:
        """An option that other providers have."""
        found = [each for each in self.known() if name in {option.name for option in each.options}]
        help_ = f"remove it: {self.provider.name} knows nothing like it"
        return self.told(found, "option", help_) if found else None

    def told(self, owners: list[Provider], kind: str, help_: str) -> Borrowed:
        """What is said of a word that these providers have."""
        names = ", ".join(each.name for each in owners)
        note = Note(f"the provider is {self.provider.name}", self.chosen)
        return Borrowed(f"an {kind} of {names}", note, help_)

    def known(self) -> list[Provider]:
        """Every other provider that can be read."""
        if self.others is None:
            found = providers.load_all(self.root, Report())
            self.others = [each for each in found if each.name != self.provider.name]
        return self.others

    def counterpart(self, owner: Provider, action: Action) -> Action | None:
        """The action that does here what another does there, where that is plain."""
        for mine in self.provider.actions:
            if len(self.provider.actions) == 1 or _alike(owner, action, self.provider, mine):
                return mine
        return None


def _alike(owner: Provider, action: Action, provider: Provider, mine: Action) -> bool:
    """Whether both write profiles, both delete, or both are what a bare text means."""
    if action.profile or mine.profile:
        return action.profile and mine.profile
    deletes = [each.name.startswith("delete-") for each in (action, mine)]
    if any(deletes):
        return all(deletes)
    return action.name == owner.default_action and mine.name == provider.default_action
