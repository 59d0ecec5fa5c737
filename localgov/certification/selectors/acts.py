"""What a person may do to a certified sheet: take back, return, amend, order, revoke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from localgov.access.actor import Actor
from localgov.access.decision import Decision
from localgov.certification import policies
from localgov.filings import policies as filings
from localgov.filings.models import Sheet
from localgov.filings.selectors.steps import slug_of
from localgov.filings.selectors.workspace import Workspace, workspace
from localgov.filings.states import STEPS, Action, Status, Step
from localgov.rounds.models import RosterEntry

_SIGNING = (Action.CERTIFY_LAO, Action.CERTIFY_PROVINCE)
#: Certification's own steps, signing apart.
ACTS: tuple[Step, ...] = tuple(step for step in STEPS if step.own_service and step.action not in _SIGNING)

_ICONS = {Action.AMEND: "file-pen", Action.ORDER_AMENDMENT: "flag", Action.REVOKE: "ban"}


@dataclass(frozen=True)
class ActView:
    """One act on one sheet revision: what the button says and whether it may be pressed."""

    step: Step
    sheet: Sheet
    decision: Decision

    @property
    def action(self) -> Action:
        """What is done."""
        return self.step.action

    @property
    def label(self) -> str:
        """The button's words."""
        return str(self.step.action.label)

    @property
    def slug(self) -> str:
        """The last word of the act's address."""
        return slug_of(self.step.action)

    @property
    def icon(self) -> str:
        """The button's icon."""
        return _ICONS.get(self.step.action, "undo-2")


def action_of(slug: str) -> Action | None:
    """The act of an address's last word; None when certification has none of this name."""
    return next((step.action for step in ACTS if slug_of(step.action) == slug), None)


def act_views(
    actor: Actor, *, space: Workspace, revisions: Sequence[Sheet], at: datetime, refused_too: bool = False
) -> tuple[ActView, ...]:
    """The acts within the actor's rights on the revisions of one sheet (newest first).

    All but a revocation concern the newest revision; a revocation the newest that both levels certified. `refused_too`:
    also those that the state, the day or a date forbids now, with the reason.
    """
    found = []
    for step in ACTS:
        sheet = _subject(step, revisions)
        if sheet is None or not filings.within_profile(space.round, step):
            continue
        if not actor.can(step.permission, at=space.entry.path, section=sheet.section):
            continue
        decision = policies.can_undo(actor, space=space, sheet=sheet, action=step.action, at=at)
        if decision.allowed or refused_too:
            found.append(ActView(step, sheet, decision))
    return tuple(found)


def act_view(actor: Actor, *, entry: RosterEntry, section: str, action: Action, at: datetime) -> ActView | None:
    """One act on the revision that it would be taken on, allowed or not; None when no revision stands where it begins."""
    space = workspace(entry=entry, round=entry.round)
    sheets = Sheet.objects.filter(filing=space.filing, section=section) if space.filing else Sheet.objects.none()
    revisions = list(sheets.order_by("-revision"))
    views = act_views(actor, space=space, revisions=revisions, at=at, refused_too=True)
    return next((view for view in views if view.action == action), None)


def _subject(step: Step, revisions: Sequence[Sheet]) -> Sheet | None:
    """The revision that a step would be taken on; None when none stands where the step begins."""
    if step.action == Action.REVOKE:
        return next((sheet for sheet in revisions if sheet.status == Status.CERTIFIED_PROVINCE), None)
    newest = revisions[0] if revisions else None
    return newest if newest is not None and newest.status == step.source else None
