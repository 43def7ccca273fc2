import { Notice } from '#ui/notice.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import type { Key } from '#words/index.ts';
import type { Page } from '../page.ts';
import { Activity } from './activity.tsx';
import { AskedFor } from './asked-for.tsx';
import { Applications } from './applications.tsx';
import { Devices } from './devices.tsx';
import { examples } from './account.examples.ts';
import { Languages } from './languages.tsx';
import { TwoStep } from './two-step.tsx';
import type { AccountView, Done } from './view.ts';

const DONE_WORDS: Record<Done, Key> = {
  password: 'account.done-password',
  renamed: 'account.done-renamed',
  removed: 'account.done-removed',
  'check-up': 'account.done-check-up',
  passkey: 'passkey.done-added',
  'passkey-anew': 'passkey.done-anew',
  session: 'account.done-session',
  device: 'account.done-device',
  application: 'account.done-application',
  request: 'account.done-request',
};

/** Everything an account can be opened with, where it is open now, and what happened to it. */
export const accountPage: Page<AccountView> = {
  name: 'account',
  title: (_view, { t }) => t('account.heading'),
  hasError: (view) => view.problem !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const sections = [
      { id: 'password-and-2fa', label: t('account.section-two-step') },
      { id: 'devices', label: t('account.section-devices') },
      ...(view.applications.length > 0 ? [{ id: 'applications', label: t('account.section-applications') }] : []),
      { id: 'activity', label: t('account.section-activity') },
      { id: 'language', label: t('common.language') },
    ];
    return (
      <WidePage
        frame={frame}
        heading={t('account.heading')}
        lead={view.address}
        nav={{ label: t('account.on-this-page'), items: sections }}
      >
        {view.done && (
          <Notice kind="success" announce>
            <p>{t(DONE_WORDS[view.done])}</p>
          </Notice>
        )}
        {view.askedFor && <AskedFor words={words} />}
        <TwoStep view={view} words={words} />
        <Devices view={view} words={words} />
        <Applications view={view} words={words} />
        <Activity view={view} words={words} />
        <Languages languages={frame.languages} words={words} />
      </WidePage>
    );
  },
  examples,
  person: true,
};
