"""The verdict after a change, from the findings before it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from coopgraph import terms
from coopgraph import vocabulary as cg
from coopgraph.validate.checks.run import COMPONENT as CHECK
from coopgraph.validate.checks.run import check
from coopgraph.validate.fast import FastRunner
from coopgraph.validate.gate import judge, turtle, validated
from coopgraph.validate.incremental.change import Delta, Quads, difference, fits
from coopgraph.validate.incremental.checks import Touched, placed
from coopgraph.validate.incremental.compiled import Compiled, compiled
from coopgraph.validate.incremental.constraints import COMPONENT as SPARQL
from coopgraph.validate.incremental.focus import Affected
from coopgraph.validate.incremental.remembered import Remembered, fresh
from coopgraph.validate.incremental.view import Budget, TooWideError, View
from coopgraph.validate.runner import collected
from coopgraph.validate.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from coopgraph.model.finding import Finding

_log = logging.getLogger(__name__)
_VOCABULARY: Final = frozenset({cg.RDFS_SUB_CLASS_OF, cg.RDFS_SUB_PROPERTY_OF, cg.RDFS_DOMAIN, cg.RDFS_RANGE})
# Below so many quads a full run takes a second at most.
_SMALL: Final = 2_000
_SHARE: Final = 10


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, and what had to be judged over the whole graph, with the reason; nothing if only the change was."""

    verdict: Verdict
    whole: tuple[str, ...] = ()


def judge_change(
    after: Quads, delta: Delta, before: Iterable[Finding], *, shapes: Sequence[Triple] | None = None
) -> Judgement:
    """The verdict on the dataset after a change: the same findings as `gate.judge` on all its quads.

    `delta` is the net change in quads as the store keeps them, `before` all findings on the dataset before it by the
    same shapes: those given, or those that the dataset holds itself. The time grows with the change and with what hangs
    together with it. Where that would not do, everything is judged anew, and the reason is told.

    Raises:
        CoopgraphError: "syntax" if the shapes cannot be used.
    """
    used = [quad.triple for quad in after.quads(graph=terms.SHAPES_GRAPH)] if shapes is None else list(shapes)
    earlier = frozenset(before)
    if not len(delta):
        return Judgement(Verdict(collected(earlier)))
    reason = _unfit(after, delta, earlier, held=shapes is None)
    judgement: Judgement | None = None
    if not reason:
        try:
            judgement = _changed(Remembered(after, fresh(delta)), delta, earlier, used)
        except TooWideError:
            reason = "so much hangs together with the change that judging everything takes no longer"
        except _UnclearError as unclear:
            reason = str(unclear)
    if judgement is None:
        judgement = Judgement(judge(list(after.quads()), shapes=used), (f"everything: {reason}",))
    for text in judgement.whole:
        _log.info("judged over the whole graph: %s", text)
    return judgement


class _UnclearError(Exception):
    """Findings that cannot be told from what is at hand."""


def _unfit(after: Quads, delta: Delta, before: frozenset[Finding], *, held: bool) -> str:
    """Why a change cannot be judged by itself; nothing if it can."""
    if any(_of_ontology(quad, held=held) for quad in delta):
        return "the change touches the ontology or the shapes"
    if any(isinstance(quad.object, Triple) or isinstance(quad.subject, Triple) for quad in delta):
        return "the change is about triples"
    if len(delta) > _SMALL and len(delta) > len(after) // _SHARE:
        return "the change is large"
    if any(_nameless(finding) for finding in before):
        return "there are findings about things without a name"
    return ""


def _of_ontology(quad: Quad, *, held: bool) -> bool:
    if quad.graph_name == terms.SHAPES_GRAPH:
        return held
    subject = quad.subject
    return quad.predicate in _VOCABULARY or (
        isinstance(subject, NamedNode) and (subject == terms.ONTOLOGY or subject.value.startswith(terms.NS))
    )


def _nameless(finding: Finding) -> bool:
    # An engine names blank nodes anew in every run.
    return finding.component != str(CHECK) and ("_:" in finding.focus[:2] or "_:" in finding.value[:2])


def _changed(after: Quads, delta: Delta, before: frozenset[Finding], shapes: Sequence[Triple]) -> Judgement:
    if not fits(after, delta):
        raise _UnclearError("the change is not the difference to what is stored")
    rules = compiled(turtle(shapes))
    budget = Budget(after)
    checked = [finding for finding in before if finding.component == str(CHECK)]
    judged = before.difference(checked)
    by_shapes, whole = _by_shapes(after, delta, judged, rules, budget)
    by_checks, everywhere = _by_checks(after, delta, checked, shapes, budget)
    return Judgement(Verdict(collected((*by_shapes, *by_checks))), (*whole, *everywhere))


def _by_shapes(
    after: Quads, delta: Delta, before: frozenset[Finding], rules: Compiled, budget: Budget
) -> tuple[set[Finding], tuple[str, ...]]:
    names = rules.plan.names().keys() | rules.whole.keys()
    if any(finding.shape not in names for finding in before):
        raise _UnclearError("the findings before are of other shapes")
    change = difference(after, delta)
    now = View(after, budget)
    either = View(after, budget, change.removed, now=now) if change.removed else now
    affected = Affected(rules.index, now, either, before)
    affected.find(change)
    results = rules.rows.affected(change, either, now, affected.tape)
    unclear = rules.whole | results.unclear
    whole = rules.alike(unclear)

    def concerned(finding: Finding) -> bool:
        if finding.shape in whole:
            return False
        return finding in results.findings if finding.component == SPARQL else affected.covers(finding)

    needed = serialize(affected.tape, format=RdfFormat.N_TRIPLES) or b""
    told = FastRunner().run(needed, rules.text) if affected.tape else ()
    if any(_nameless(finding) for finding in told):
        raise _UnclearError("there are findings about things without a name")
    found = {finding for finding in told if concerned(finding)}
    kept = {finding for finding in before if finding.shape not in whole and not concerned(finding)}
    if whole:
        data = validated(after.quads())
        found |= {f for f in FastRunner().run(data, turtle(rules.only(whole))) if f.shape in whole}
    reasons = tuple(sorted(f"{name}: {reason}" for name, reason in unclear.items()))
    return kept | found, reasons


def _by_checks(
    after: Quads, delta: Delta, before: Sequence[Finding], shapes: Sequence[Triple], budget: Budget
) -> tuple[set[Finding], tuple[str, ...]]:
    if not placed(after, delta):
        return set(check(list(after.quads()), shapes)), ("checks over quads: no named graph tells claims apart",)
    touched = Touched(after, delta, budget)
    found = {finding for finding in check(list(dict.fromkeys(touched.quads())), shapes) if touched.covers(finding)}
    return found | {finding for finding in before if not touched.covers(finding)}, ()


__all__ = ["Delta", "Judgement", "judge_change"]
