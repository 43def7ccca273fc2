import { all, say } from './all.ts';

const STEP_MS = 30_000;

/** The line under a code that runs out with its 30 seconds (RFC 6238 §4.2), and clocks that count down. */
export function startClocks(): void {
  all('data-clock', (line) => {
    // Set through the object model: a style attribute would be refused by the Content-Security-Policy.
    line.style.animationDelay = `${-(Date.now() % STEP_MS)}ms`;
  });

  all('data-countdown', (clock) => {
    const end = Date.now() + Number(clock.dataset.countdown) * 1000;
    const tick = () => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
      if (left > 0) return;
      clearInterval(timer);
      clock.hidden = true;
      say(clock, clock.dataset.done ?? '');
    };
    const timer = setInterval(tick, 1000);
    tick();
  });
}
