"""The steps of the workflow that a person sees on a sheet: each with the policy's decision, refused ones with their reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from localgov.access.actor import Actor
from localgov.access.decision import Decision
from localgov.filings import policies
from localgov.filings.models import Sheet
from localgov.filings.selectors.judging import Judgement
from localgov.filings.selectors.workspace import Workspace
from localgov.filings.states import STEPS, Action, Step


@dataclass(frozen=True)
class StepView:
    """One step: what the button says, whether it may be pressed, and its address's last word (`submit`, `verify`, …)."""

    step: Step
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
        """The last word of the step's address."""
        return slug_of(self.step.action)

    @property
    def kind(self) -> str:
        """`primary` for the step forward, nothing for the ways back."""
        return "primary" if self.step.action in (Action.SUBMIT, Action.VERIFY) else ""

    @property
    def icon(self) -> str:
        """The button's icon."""
        return {Action.SUBMIT: "send", Action.VERIFY: "check"}.get(self.step.action, "undo-2")


def slug_of(action: Action) -> str:
    """`TAKE_BACK_SUBMISSION` → `take-back-submission`."""
    return action.value.lower().replace("_", "-")


def action_of(slug: str) -> Action | None:
    """The action of an address's last word; None when there is none that this room takes."""
    return next((step.action for step in STEPS if not step.own_service and slug_of(step.action) == slug), None)


def step_views(
    actor: Actor, *, space: Workspace, sheet: Sheet | None, judgement: Judgement, at: datetime
) -> tuple[StepView, ...]:
    """The steps from the sheet's status that the actor's rights reach; certification's own steps are not among them."""
    if sheet is None:
        return ()
    views = []
    for step in STEPS:
        if step.source != sheet.status or step.own_service or not policies.within_profile(space.round, step):
            continue
        if not actor.can(step.permission, at=space.entry.path, section=sheet.section):
            continue
        decision = policies.can_take(actor, entry=space.entry, round=space.round, sheet=sheet, step=step, at=at)
        if decision.allowed and step.needs_clean_checks:
            decision = Decision(judgement.hindrance)
        views.append(StepView(step, decision))
    return tuple(views)
