import { encode } from 'uqr';

/**
 * A QR code as one path, on a white plate in dark mode too: many readers do not see a light code on a dark ground.
 * Four modules of quiet zone (ISO/IEC 18004 §9.1), error correction M: read off a screen, not off a crate.
 */
export function Qr({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  return (
    <div class="qr">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- drawn here, so that the secret is in no second address
        role="img"
        aria-label={label}
        shape-rendering="crispEdges"
      >
        <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
        <path stroke="#000" d={strokes(data)} />
      </svg>
    </div>
  );
}

/** One stroke per run of dark modules in a row: a tenth of the bytes of a square each. */
function strokes(rows: readonly (readonly boolean[])[]): string {
  return rows
    .map((row, y) => {
      const runs = [
        ...row
          .map((dark) => (dark ? '1' : '0'))
          .join('')
          .matchAll(/1+/g),
      ];
      let at = 0;
      return runs
        .map(({ index, 0: run }, i) => {
          const move = i === 0 ? `M${index} ${y}.5` : `m${index - at} 0`;
          at = index + run.length;
          return `${move}h${run.length}`;
        })
        .join('');
    })
    .join('');
}
