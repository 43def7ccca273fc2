import { EVENTS as WIZARD_EVENTS, WORLDS as WIZARD_WORLDS, enrolments } from '#core/enrolment/everything.ts';
import { EVENTS as REQUEST_EVENTS, recoveries, WORLDS as REQUEST_WORLDS } from '#core/recovery/everything.ts';
import { EVENTS, signIns, WORLDS } from '#core/sign-in/everything.ts';
import type { Recovery, RecoveryDecision } from '#core/recovery/state.ts';
import { refuse } from '#core/refusal.ts';
import type { Decision } from '#core/sign-in/state.ts';
import { type Walkable, walk } from '#core/walk.ts';
import { GENERATED, table } from './markdown.ts';

/** The three state machines, drawn by walking them: no arrow is here that the program does not take. */
export function machines(): string {
  const signIn = arrowsOf({ ...signIns(), worlds: WORLDS.filter(({ accountActive }) => accountActive) });
  const wizard = arrowsOf(enrolments());
  const told = recoveries();
  const machine = {
    ...told,
    decide: (...step: Parameters<typeof told.decide>) => withNews(step[0], told.decide(...step)),
  };
  const request = arrowsOf(machine, ({ at }, to) => to.at === 'expired' || (at === 'waiting' && to.at === 'ready'));
  return `${GENERATED}

# The machines

All three are pure functions: \`decide(state, event, world)\` answers the next state and what follows from it. What is not
drawn changes nothing and is audited. The drawings were made by taking every step that can be taken
(${EVENTS.length} events in ${WORLDS.length} circumstances for a sign-in, ${WIZARD_EVENTS.length} in ${WIZARD_WORLDS.length} for a wizard,
${REQUEST_EVENTS.length} in ${REQUEST_WORLDS.length} for a recovery).

## Sign-in and step-up

\`src/core/sign-in\`. When the account is disabled, whatever happens leads to *refused*; those arrows are left out.

${drawing(signIn, ['identifying'])}

${listing(signIn)}

## Enrolment

\`src/core/enrolment\`. A wizard begins at *choosing*; at *guarding* when a campaign's deadline has passed; at
*keeping-code* when only a backup code is missing.

${drawing(wizard, ['guarding', 'choosing', 'keeping-code'])}

${listing(wizard)}

## Recovery

\`src/core/recovery\`. A request may end by itself after a time, and what waits becomes ready: that is the arrow
*time*. What the owner is told stands in the last column.

${drawing(request, ['opened'])}

${listing(request)}
`;
}

/** A request has one kind of effect: what its owner is told. */
function withNews(from: Recovery, { state, news, refused: why }: RecoveryDecision): Decision<Recovery, { do: string }> {
  // Whatever comes after the end, or too early, changes nothing: that is what is not drawn.
  const refused = why && (state.at !== 'expired' || from.at === 'expired') ? refuse('out-of-order') : null;
  return { state, effects: news ? [{ do: `tell: ${news}` }] : [], refused };
}

type Arrow = { from: string; to: string; event: string; effects: Set<string> };

/** Steps between the same places by the same event are one arrow, with everything that may follow from it. */
function arrowsOf<State extends { at: string }, Event extends { type: string }, World, Effect extends { do: string }>(
  machine: Walkable<State, Event, World, Decision<State, Effect>>,
  isTime: (from: State, to: State) => boolean = () => false,
): Arrow[] {
  const arrows = new Map<string, Arrow>();
  for (const { from, event, decided } of walk(machine)) {
    if (decided.refused?.refusal === 'out-of-order') continue;
    const type = isTime(from, decided.state) ? 'time' : event.type;
    const name = `${from.at} ${type} ${decided.state.at}`;
    const arrow = arrows.get(name) ?? { from: from.at, to: decided.state.at, event: type, effects: new Set() };
    for (const effect of decided.effects) if (effect.do !== 'audit') arrow.effects.add(effect.do);
    arrows.set(name, arrow);
  }
  return [...arrows.values()];
}

function drawing(arrows: readonly Arrow[], starts: readonly string[]): string {
  const labels = new Map<string, string[]>();
  for (const { from, to, event } of arrows) {
    const line = `${nodeOf(from)} --> ${nodeOf(to)}`;
    labels.set(line, [...(labels.get(line) ?? []), event]);
  }
  const ends = [...new Set(arrows.map(({ to }) => to))].filter((place) => !arrows.some(({ from }) => from === place));
  const names = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...[...names].filter((name) => name !== nodeOf(name)).map((name) => `  state "${name}" as ${nodeOf(name)}`),
    ...starts.map((place) => `  [*] --> ${nodeOf(place)}`),
    ...[...labels].map(([line, events]) => `  ${line}: ${events.join(', ')}`),
    ...ends.map((place) => `  ${nodeOf(place)} --> [*]`),
    '```',
  ].join('\n');
}

function listing(arrows: readonly Arrow[]): string {
  const rows = arrows.map(({ from, event, to, effects }) => [from, event, to, [...effects].sort().join(', ')]);
  return table(['at', 'event', 'leads to', 'may do'], rows);
}

/** Mermaid takes no hyphens in the names of states. */
function nodeOf(place: string): string {
  return place.replaceAll('-', '_');
}
