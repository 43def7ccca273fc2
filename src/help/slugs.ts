/** Our articles, in the groups and the order in which people need them. Each is a file per language below `help/`. */
export const GROUPS = {
  start: ['set-up', 'google-authenticator', 'microsoft-authenticator', 'nachtslot-authenticator', 'passkeys'],
  trouble: ['cannot-sign-in', 'lost-phone', 'new-phone', 'wrong-code', 'password', 'page-problem', 'genuine-mail'],
  before: ['remind-me-later', 'no-smartphone', 'text-messages', 'backup-code', 'remembered-devices'],
  desk: ['administrators', 'applications', 'help-desk'],
} as const;

export type Group = keyof typeof GROUPS;
export type Slug = (typeof GROUPS)[Group][number];

export const GROUP_NAMES = ['start', 'trouble', 'before', 'desk'] as const satisfies readonly Group[];
export const SLUGS: readonly Slug[] = GROUP_NAMES.flatMap((group) => [...GROUPS[group]]);

export function isSlug(text: string): text is Slug {
  return SLUGS.some((slug) => slug === text);
}

export function groupOf(slug: Slug): Group | undefined {
  return GROUP_NAMES.find((group) => GROUPS[group].some((one) => one === slug));
}
