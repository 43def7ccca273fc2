import { createAuthenticatorTypes } from '#authenticators/index.ts';
import { addressee } from '#flows/notice.ts';
import { type ChangeScene, applyChange } from '#flows/security-change.ts';
import { loadFacts } from '#flows/world.ts';
import { queueNotice } from '#outbox/queue.ts';
import { systemClock } from '#src/main.ts';
import type { Writer } from '#store/store.ts';
import { type Around, type Command, Refused } from './command.ts';
import { type House, withHouse } from './house.ts';
import { COMMAND_LINE } from './invite.ts';

export const command: Command = {
  summary: 'Shuts an account: everything it has open ends, and it opens no more.',
  words: ['ADDRESS'],
  run: (call, around) =>
    withHouse(around, (house) =>
      house.store.transaction(async (tx) => {
        const [address = ''] = call.words;
        await disable(tx, house, around, address);
        return { lines: ['Disabled. Sessions, remembered devices and links have ended.'], json: { disabled: true } };
      }),
    ),
};

async function disable(tx: Writer, house: House, around: Around, address: string): Promise<void> {
  const now = around.now();
  const found = await tx.accounts.byAddress(address);
  const account = found && (await tx.accounts.lock(found.id));
  const facts = account && (await loadFacts(tx, account.id, now));
  if (!facts) throw new Refused('There is no account with this address.');
  if (facts.account.status === 'disabled') throw new Refused('This account is disabled already; nothing was changed.');
  await refuseLastAdministrator(tx, facts.account.id);

  await tx.accounts.setStatus(facts.account.id, 'disabled');
  const scene: ChangeScene = { ...sceneOf(house), tx, facts, attempt: null, origin: COMMAND_LINE, now, audit: [] };
  await applyChange(scene, 'account-disabled', null, null);
  const addresses = await tx.accounts.addresses(facts.account.id);
  await queueNotice(tx, {
    ...addressee(facts),
    kind: 'account-disabled',
    values: {},
    addresses: addresses.filter((one) => one.confirmedAt).map((one) => one.address),
    origin: COMMAND_LINE,
    now,
    wasntMeLink: null,
  });
  // Nobody who is signed in did this.
  for (const entry of scene.audit) await tx.audit.append({ ...entry, actor: null });
}

/** Otherwise nobody could let anybody in again. */
async function refuseLastAdministrator(tx: Writer, account: string): Promise<void> {
  const active = (await tx.accounts.administrators()).filter((one) => one.status === 'active');
  if (active.length === 1 && active[0]?.id === account)
    throw new Refused('This is the last administrator who can sign in. Add another one first: nachtslot user add');
}

function sceneOf({ store, keys, config }: House): Pick<ChangeScene, 'deps'> {
  return {
    deps: {
      store,
      clock: systemClock,
      types: createAuthenticatorTypes({ pepper: keys.pepper }),
      publicUrl: config.publicUrl,
      smsAvailable: config.sms !== undefined,
      push: null,
      // A server that runs finds the notice in the outbox by itself.
      wake: () => {},
    },
  };
}
