export type Sensitivity =
  /** The default: nothing of it is kept anywhere. */
  | 'page'
  /** A page whose own address is a secret (a reset link): not even our own next page may see it. */
  | 'link'
  /** The authenticator app: the one page with a camera, a manifest and a service worker. */
  | 'app';

/**
 * The headers of every answer. A route that may be cached (assets) sets its own `Cache-Control` over this one.
 * Content Security Policy level 3, Fetch, RFC 6797 (HSTS), RFC 9111 §5.2.2.5 (no-store).
 */
export function securityHeaders(options: {
  publicUrl: URL;
  nonce?: string;
  kind?: Sensitivity;
  /** Where a form of this page may end up beside our own origin: browsers check every redirect on the way. */
  formsLeadTo?: string;
}): Record<string, string> {
  const { publicUrl, nonce, kind = 'page', formsLeadTo } = options;
  const overTls = publicUrl.protocol === 'https:';
  return {
    'content-security-policy': contentSecurityPolicy(nonce, kind, formsLeadTo),
    ...(overTls && { 'strict-transport-security': 'max-age=63072000' }),
    'x-content-type-options': 'nosniff',
    'referrer-policy': kind === 'link' ? 'no-referrer' : 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': `camera=(${kind === 'app' ? 'self' : ''}), ${PERMISSIONS}`,
    'cache-control': 'no-store',
  };
}

/**
 * For the answer to *Sign out*: pages of the signed-in time leave the cache of this origin. Not `cookies`: that would
 * clear the whole registrable domain, the organisation's other applications included. Not `storage`: it would end the
 * authenticator app's own keys, which belong to the phone and not to the session.
 */
export const CLEAR_ON_SIGN_OUT = { 'clear-site-data': '"cache"' } as const;

// Inline script runs only with the nonce; styles only from our own file, so a `style` attribute does nothing.
function contentSecurityPolicy(nonce: string | undefined, kind: Sensitivity, formsLeadTo?: string): string {
  return [
    "default-src 'none'",
    `script-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    "style-src 'self'",
    kind === 'app' ? "img-src 'self'" : "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    ...(kind === 'app' ? ["manifest-src 'self'", "worker-src 'self'"] : []),
    `form-action 'self'${formsLeadTo ? ` ${formsLeadTo}` : ''}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ');
}

// What no page of ours needs. The passkey features stay with our own origin.
const PERMISSIONS = [
  'accelerometer=()',
  'display-capture=()',
  'geolocation=()',
  'gyroscope=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'serial=()',
  'usb=()',
  'publickey-credentials-create=(self)',
  'publickey-credentials-get=(self)',
].join(', ');
