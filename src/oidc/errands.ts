import type { Provider } from 'oidc-provider';
import { attainableFor, levelFor } from '#flows/applications.ts';
import { giveConsent } from '#flows/consent.ts';
import type { Errand, Next } from '#flows/errand.ts';
import type { Who } from '#flows/session.ts';
import { loadFacts } from '#flows/world.ts';
import type { Application } from '#store/rows.ts';
import { askedFor, NO_WISH } from './asked.ts';
import type { Around } from './around.ts';
import { doorFor, type Reason } from './door.ts';

type Interaction = InstanceType<Provider['Interaction']>;

const PATH = /^\/oidc\/interaction\/([\w-]+)(?:[/?]|$)/;

/** The errand that an address of ours stands for. */
export async function errandAt(around: Around, provider: Provider, path: string): Promise<Errand | null> {
  const uid = uidIn(path);
  const interaction = uid ? await provider.Interaction.find(uid) : undefined;
  if (!interaction) return null; // most visits: they need not ask the database
  const application = await around.deps.store.read.applications.byId(text(interaction.params['client_id']));
  return application && errand(around, interaction, application);
}

/** The name of an errand in its address. */
export function uidIn(path: string): string | null {
  return PATH.exec(path)?.[1] ?? null;
}

function errand(around: Around, interaction: Interaction, application: Application): Errand {
  const { deps } = around;
  const { params, prompt } = interaction;
  const reason = prompt.details as Partial<Reason>;
  const wish = reason.wish ?? NO_WISH;
  const began = reason.began ? Temporal.Instant.from(reason.began) : null;

  return {
    application,
    leadsTo: leadsTo(text(params['redirect_uri'])),
    loginHint: text(params['login_hint']),
    uiLocales: text(params['ui_locales']),
    async levelFor(account) {
      const facts = await loadFacts(deps.store.read, account, deps.clock.now());
      const asked = facts && askedFor(wish, attainableFor(deps, facts));
      return asked ? levelFor(deps, account, application, asked) : 'aal1';
    },
    async next(who) {
      if (!who) return { kind: 'sign-in' };
      if (wish.sub !== null && wish.sub !== who.session.account) return { kind: 'choose-account', must: true };
      if (prompt.name === 'select_account' && !isChosen(who, began)) return { kind: 'choose-account', must: false };
      const door = await doorFor(around, who, application, wish, began);
      if (door.kind === 'refused') return door;
      if (door.kind === 'unmet') return answer({ error: 'unmet_authentication_requirements' });
      if (door.kind === 'prove') {
        const freshWithin = door.freshWithinSeconds;
        return {
          kind: 'prove',
          demand: { entrance: 'step-up', level: door.level, course: null },
          startOver: door.startOver,
          freshWithin: freshWithin === null ? null : Temporal.Duration.from({ seconds: freshWithin }),
        };
      }
      if (prompt.name === 'consent') return { kind: 'consent', scopes: scopesOf(params) };
      return answer(
        { [prompt.name]: { accountId: who.session.account }, login: { accountId: who.session.account } },
        who,
      );
    },
    async agree(browser, who) {
      const scopes = scopesOf(params);
      const { refused } = await giveConsent(deps, browser, who, { application: application.id, scopes });
      return refused ? { kind: 'sign-in' } : answer({ consent: {} }, who);
    },
    choose: (who) => answer({ select_account: {} }, who),
    decline: () => answer({ error: 'access_denied', error_description: 'the person declined' }),
  };

  /** Kept for the resumption, with whose answer it is; what was answered on an earlier page stays answered. */
  async function answer(result: Record<string, unknown>, who: Who | null = null): Promise<Next> {
    const earlier = interaction.lastSubmission;
    const isSame = earlier?.['answeredBy'] === who?.session.account;
    interaction.result = { ...(isSame && earlier), ...result, ...(who && { answeredBy: who.session.account }) };
    delete interaction.session;
    await interaction.persist();
    return { kind: 'done', to: new URL(interaction.returnTo).pathname };
  }
}

/** Signed in since the application asked: that was the choice. */
function isChosen({ session }: Who, began: Temporal.Instant | null): boolean {
  return began !== null && Temporal.Instant.compare(session.createdAt, began) >= 0;
}

function leadsTo(redirectUri: string): string {
  const url = URL.parse(redirectUri);
  if (!url) return '';
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : url.protocol;
}

function scopesOf(params: Record<string, unknown>): string[] {
  return text(params['scope']).split(' ').filter(Boolean);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
