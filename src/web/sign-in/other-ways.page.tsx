import { verifyScreens } from '#authenticators/screens.ts';
import { DoorPage } from '#ui/door-page.tsx';
import { List, Row } from '#ui/list.tsx';
import { Notice } from '#ui/notice.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type OtherWaysView = {
  methods: string[];
  name: string;
  address: string;
  /** Why a way that this person has is not there just now. */
  missing: string | null;
  /** Whom to ask when none of it is at hand; empty where the organisation has named nobody. */
  contacts: { organisation: string; contact: string }[];
};

/** *Try another way*: everything this person can go on with, best first, and what to do when none of it is at hand. */
export const otherWaysPage: Page<OtherWaysView> = {
  name: 'other-ways',
  title: (_view, { t }) => t('sign-in.another-way'),
  body: ({ view, words: { t }, frame }) => (
    <DoorPage
      frame={frame}
      heading={t('sign-in.another-way')}
      account={{ label: t('sign-in.signing-in-as'), name: view.name, detail: view.address }}
    >
      {view.missing && <Notice kind="info">{view.missing}</Notice>}
      <List label={t('sign-in.another-way')}>
        {view.methods.map((method) => {
          const screen = verifyScreens[method];
          return screen && <Row key={method} title={<a href={`/sign-in/verify?with=${method}`}>{t(screen.way)}</a>} />;
        })}
        <Row title={<a href="/sign-in/recover">{t('sign-in.none-of-these')}</a>} />
      </List>
      {view.contacts.map(({ organisation, contact }) => (
        <p class="hint" key={organisation}>
          {t('sign-in.whom-to-ask', { organisation, contact })}
        </p>
      ))}
    </DoorPage>
  ),
  examples: (words) => {
    const all: OtherWaysView = {
      methods: ['totp', 'sms', 'backup-code'],
      name: 'Grace de Boer',
      address: 'grace@bakkerij.example',
      missing: null,
      contacts: [{ organisation: 'Bakkerij van Dam', contact: 'personeel@bakkerij.example' }],
    };
    const retryAt = EXAMPLE_NOW.add({ hours: 22 });
    const missing = words.refusal({ refusal: 'sms-rests', detail: { retryAt } }, EXAMPLE_NOW);
    return { all, 'text-messages-rest': { ...all, methods: ['totp', 'backup-code'], missing } };
  },
  person: true,
};
