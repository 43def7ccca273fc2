/** The door itself, seen on wide screens: two panels, a lock, and the light along its edge. Pure decoration. */
export function Leaf({ turns }: { turns: 1 | 2 }) {
  return (
    <div class="leaf" aria-hidden="true">
      <div class="panel" />
      <div class="panel" />
      <div class={`lock turned-${turns}`}>
        <svg viewBox="0 0 56 120" width="56" height="120">
          <rect class="plate" x="1" y="1" width="40" height="118" rx="4" />
          <path class="hole" d="M14 50a7 7 0 1 1 10.6 6l2.8 17H14.6l2.8-17A7 7 0 0 1 14 50z" />
        </svg>
        <i class="bolt" />
        <i class="bolt" />
      </div>
    </div>
  );
}
