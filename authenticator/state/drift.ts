/** Codes are accepted for some thirty seconds; from here on they are refused. */
const NOTABLE_SECONDS = 25;

/**
 * By how many seconds this device's clock is ahead of the server's (negative: behind), where it matters; null where it
 * does not or nobody can be asked. The commonest reason for codes that are always refused.
 */
export async function clockDrift(): Promise<number | null> {
  const before = Date.now();
  const said = await serverDate();
  const halfWay = (before + Date.now()) / 2;
  // The header counts whole seconds (RFC 9110 §6.6.1).
  const drift = Math.round((halfWay - (said + 500)) / 1000);
  return Math.abs(drift) >= NOTABLE_SECONDS ? drift : null;
}

async function serverDate(): Promise<number> {
  // In the tunnel; asked before, for a browser writes every request that fails into its log.
  if (!navigator.onLine) return Number.NaN;
  try {
    const answer = await fetch('/health/live', { method: 'HEAD', cache: 'no-store' });
    return Date.parse(answer.headers.get('date') ?? '');
  } catch {
    return Number.NaN;
  }
}
