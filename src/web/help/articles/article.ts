import type { ComponentChildren } from 'preact';

/** The articles there are, in the order in which people need them. An article is a file per language. */
export const SLUGS = ['set-up', 'remind-me-later', 'wrong-code', 'cannot-sign-in', 'genuine-mail'] as const;
export type Slug = (typeof SLUGS)[number];

export type Article = {
  title: string;
  /** One line for the overview. */
  summary: string;
  body(facts: HelpFacts): ComponentChildren;
};

/** Numbers and names that an article mentions: read from the policy in force, so that help never says another one. */
export type HelpFacts = {
  /** Where our links lead: `id.example.com`. */
  host: string;
  deferralsAllowed: number;
  returnsAfterSignIns: number;
  returnsAfterDays: number;
  rememberDays: number;
  attemptFailures: number;
  resetLinkMinutes: number;
  smsCodeMinutes: number;
};
