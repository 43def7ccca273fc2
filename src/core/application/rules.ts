import { refuse, type Refused } from '../refusal.ts';
import { readGroups } from './groups.ts';
import type { ForwardAuthRule } from './settings.ts';

export const RULES_MOST = 50;

/** One thing that is wrong with what was typed, and the field it stands beside. */
export type Wrong = { field: string; refused: Refused };

/** Rules of a forward-auth application: at least one, each with a host name and a path as a browser writes them. */
export function readRules(rules: readonly ForwardAuthRule[], ownHost: string): ForwardAuthRule[] | Wrong[] {
  if (rules.length === 0) return [{ field: 'rules', refused: refuse('rules-missing') }];
  if (rules.length > RULES_MOST) return [{ field: 'rules', refused: refuse('rules-too-many', { limit: RULES_MOST }) }];
  const wrong: Wrong[] = [];
  const read = rules.map((rule, index): ForwardAuthRule => {
    const beside = (field: string, refused: Refused) => wrong.push({ field: `rules.${index}.${field}`, refused });
    const host = rule.host.trim().toLowerCase();
    if (!isHost(host)) beside('host', refuse('rule-host-invalid'));
    else if (host === ownHost) beside('host', refuse('rule-host-ours'));
    const path = rule.path.trim() || '/';
    if (!isPath(path)) beside('path', refuse('rule-path-invalid'));
    const groups = readGroups(rule.groups);
    if (!Array.isArray(groups)) beside('groups', groups);
    return { host, path, access: rule.access, groups: Array.isArray(groups) ? groups : [] };
  });
  return wrong.length > 0 ? wrong : read;
}

/** A host name in ASCII, without scheme or path; with a port only where it is not the usual one. */
function isHost(text: string): boolean {
  const [host = '', port, more] = text.split(':');
  const isPort =
    port === undefined || (/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65535 && !['80', '443'].includes(port));
  if (!isPort || more !== undefined) return false;
  const isShaped = host.length <= 253 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(host);
  return isShaped && URL.parse(`https://${host}/`)?.hostname === host;
}

/** Nothing encoded, doubled, or climbing: what the rule names and what the application serves must be the same place. */
function isPath(path: string): boolean {
  return path.length <= 200 && /^\/[\w\-.~/]*$/.test(path) && !/\/\/|\/\.{1,2}(\/|$)/.test(path);
}
