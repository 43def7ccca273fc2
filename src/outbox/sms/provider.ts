import type { SmsTransport } from '../transport.ts';
import type { ProviderAddress } from './address.ts';
import type { Post } from './post.ts';

/** One file per provider: reads its address once, then sends. */
export type Provider = (address: ProviderAddress, post: Post) => SmsTransport['send'];

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** The text at a path of a JSON answer, or empty: an accepted message without a reference is accepted all the same. */
export function textAt(body: string, ...path: (string | number)[]): string {
  try {
    let value: unknown = JSON.parse(body);
    for (const step of path) value = typeof value === 'object' && value ? Reflect.get(value, step) : undefined;
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}
