import type { Lang } from '#words/index.ts';
import type { Article, Slug } from './article.ts';
import { cannotSignIn } from './en/cannot-sign-in.tsx';
import { genuineMail } from './en/genuine-mail.tsx';
import { remindMeLater } from './en/remind-me-later.tsx';
import { setUp } from './en/set-up.tsx';
import { wrongCode } from './en/wrong-code.tsx';
import { cannotSignIn as cannotSignInNl } from './nl/cannot-sign-in.tsx';
import { genuineMail as genuineMailNl } from './nl/genuine-mail.tsx';
import { remindMeLater as remindMeLaterNl } from './nl/remind-me-later.tsx';
import { setUp as setUpNl } from './nl/set-up.tsx';
import { wrongCode as wrongCodeNl } from './nl/wrong-code.tsx';

/** Every article in every language: a missing one does not compile. */
export const ARTICLES: Record<Lang, Record<Slug, Article>> = {
  en: {
    'set-up': setUp,
    'remind-me-later': remindMeLater,
    'wrong-code': wrongCode,
    'cannot-sign-in': cannotSignIn,
    'genuine-mail': genuineMail,
  },
  nl: {
    'set-up': setUpNl,
    'remind-me-later': remindMeLaterNl,
    'wrong-code': wrongCodeNl,
    'cannot-sign-in': cannotSignInNl,
    'genuine-mail': genuineMailNl,
  },
};
