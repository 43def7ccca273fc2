import type { Refused } from '#core/refusal.ts';
import { DoorPage } from '#ui/door-page.tsx';
import { PasskeyForm } from '#ui/passkey-form.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type PasskeyView = {
  /** The one that is set up again; null for one more. */
  anew: { id: string; name: string } | null;
  /** There is none yet. */
  isFirst: boolean;
  now: Temporal.Instant;
  refused: Refused | null;
};

export const passkeyPage: Page<PasskeyView> = {
  name: 'account-passkey',
  title: ({ anew }, { t }) => (anew ? t('passkey.anew-heading', { name: anew.name }) : t('passkey.add-heading')),
  hasError: (view) => view.refused !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { anew, isFirst, refused, now } = view;
    return (
      <DoorPage
        frame={frame}
        heading={anew ? t('passkey.anew-heading', { name: anew.name }) : t('passkey.add-heading')}
        lead={t(anew ? 'passkey.anew-lead' : isFirst ? 'passkey.first-lead' : 'passkey.add-lead')}
        back={{ label: t('account.heading'), href: '/account' }}
        turns={2}
      >
        <PasskeyForm
          does="create"
          action="/account/passkeys"
          options={`/account/passkeys/options${anew ? `?instead=${anew.id}` : ''}`}
          hidden={anew ? { instead: anew.id } : {}}
          button={t('passkey.make')}
          failed={t('passkey.make-failed')}
          already={t('passkey.already')}
          error={refused && words.refusal(refused, now)}
          without={<p>{t('passkey.without-wizard')}</p>}
        />
      </DoorPage>
    );
  },
  examples: {
    first: { anew: null, isFirst: true, now: EXAMPLE_NOW, refused: null },
    add: { anew: null, isFirst: false, now: EXAMPLE_NOW, refused: null },
    anew: { anew: { id: 'p1', name: 'iCloud Keychain' }, isFirst: false, now: EXAMPLE_NOW, refused: null },
    refused: { anew: null, isFirst: false, now: EXAMPLE_NOW, refused: { refusal: 'passkey-refused' } },
  },
  person: true,
};
