import { isLoopbackHttp } from './public-url.ts';

export type CookieOptions = {
  /** Absent: until the browser is closed. */
  maxAge?: Temporal.Duration;
  /** `Strict` where a cookie is never needed on the first request from another site. */
  sameSite?: 'Lax' | 'Strict';
};

/** Cookies of one origin. Values are opaque tokens of ours: base64url, nothing to quote. */
export type Cookies = {
  /** As the browser knows it. */
  name(name: string): string;
  read(headers: Headers, name: string): string | null;
  /** A `Set-Cookie` line. */
  write(name: string, value: string, options?: CookieOptions): string;
  clear(name: string): string;
};

/**
 * `__Host-` cookies (RFC 6265bis §4.1.3.2): Secure, HttpOnly, Path=/, no Domain, so that a sibling host can neither
 * read nor plant them. On plain http, which is for a loopback name only, browsers refuse the prefix and it is left out.
 */
export function cookiesFor(publicUrl: URL): Cookies {
  const plain = isLoopbackHttp(publicUrl);
  const named = (name: string) => (plain ? name : `__Host-${name}`);
  const write = (name: string, value: string, { maxAge, sameSite = 'Lax' }: CookieOptions = {}) => {
    if (!/^[\w-]*$/.test(value)) throw new Error(`The value of cookie ${name} is not a token`);
    const lifetime = maxAge ? [`Max-Age=${Math.floor(maxAge.total('seconds'))}`] : [];
    const secure = plain ? [] : ['Secure'];
    return [`${named(name)}=${value}`, 'Path=/', ...lifetime, 'HttpOnly', ...secure, `SameSite=${sameSite}`].join('; ');
  };
  return {
    name: named,
    read: (headers, name) => only(headers.get('cookie') ?? '', named(name)),
    write,
    clear: (name) => write(name, '', { maxAge: Temporal.Duration.from({ seconds: 0 }) }),
  };
}

/** The value of a cookie that is there once. Two of one name mean that somebody planted one: neither counts. */
export function only(header: string, name: string): string | null {
  const wanted = `${name}=`;
  let value: string | null = null;
  for (const pair of header.split(';')) {
    const bare = pair.trim();
    if (!bare.startsWith(wanted)) continue;
    if (value !== null) return null;
    value = bare.slice(wanted.length);
  }
  return value && /^[\w-]+$/.test(value) ? value : null;
}
