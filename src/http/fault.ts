/**
 * HTTP status of something that was thrown: 503 while the database cannot be used (RFC 9110 §15.6.4), which passes by
 * itself and is worth another try; otherwise 500, a bug.
 */
export function statusOfFault(fault: unknown): 500 | 503 {
  return fault instanceof Error && Reflect.get(fault, 'statusCode') === 503 ? 503 : 500;
}

/** Seconds after which whoever met a fault may ask again: disks are emptied and databases restarted by then, or not soon. */
export const RETRY_AFTER_SECONDS = 10;
