import { useApp } from '../state/app.ts';

const RADIUS = 18;
const ROUND = 2 * Math.PI * RADIUS;

/** The seconds that a code still has: the light runs round once, and the number says it too. */
export function Ring({ left, of }: { left: number; of: number }) {
  const { words } = useApp();
  return (
    <svg class="ring" viewBox="0 0 44 44" width="44" height="44" role="img" aria-label={words.secondsLeft(left)}>
      <circle class="ring-track" cx="22" cy="22" r={RADIUS} />
      <circle
        class={left === of ? 'ring-light full-again' : 'ring-light'}
        cx="22"
        cy="22"
        r={RADIUS}
        stroke-dasharray={ROUND}
        stroke-dashoffset={ROUND * (1 - left / of)}
      />
      <text x="22" y="27">
        {left}
      </text>
    </svg>
  );
}
