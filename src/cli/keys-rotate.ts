import { type Keys, addSealingKey, onlyNewestSealingKey, readKeys, replaceKeys } from '#store/keys.ts';
import { reseal } from '#store/reseal.ts';
import { requireAlone } from './alone.ts';
import { rotateSigningKeys } from '#oidc/signing-keys.ts';
import type { Answer, Around, Command } from './command.ts';
import { configOf, requireUpToDate, withHouse } from './house.ts';

export const command: Command = {
  summary: 'Makes new keys: one that seals every secret in the database anew, or a pair that signs tokens.',
  about:
    'With --signing, tokens get a new pair of keys: published at once, signing after a day, while the old pair stays ' +
    'published until its last token is past; servers go on and take it up by themselves. Without it, secrets are sealed ' +
    'anew, for which the server must be stopped. An interrupted rotation is finished by starting it again. Old keys stay in the key file, ' +
    'because older backups need them, unless --drop-old-keys is said.',
  flags: {
    signing: { sentence: 'Rotate the keys that sign tokens, while servers run.' },
    'drop-old-keys': { sentence: 'Afterwards, keep the newest key only. Backups made before need their old key file.' },
  },
  run: async (call, around) => {
    if (call.isSet('signing')) return rotateSigning(around);
    const config = configOf(around);
    const { keyFile } = config;
    const url = config.databaseUrl.reveal();
    const before = readKeys(keyFile);
    await requireUpToDate(config);
    await requireAlone(config, 'it knows the keys it started with, and could not open what is sealed with a newer one');

    // What is not sealed under the newest key is left over from a rotation that did not come to its end.
    const unfinished = (await reseal({ url, keys: before })).resealed;
    const keys = unfinished > 0 ? before : addSealingKey(before);
    // First on the disk, then in use: a value sealed under a key that is nowhere is lost.
    if (unfinished === 0) replaceKeys(keyFile, keys);
    const { resealed } = await reseal({ url, keys });
    if (call.isSet('drop-old-keys')) replaceKeys(keyFile, onlyNewestSealingKey(keys));

    const moved = unfinished + resealed;
    const what = unfinished > 0 ? 'The rotation that was interrupted is finished' : 'Rotated';
    return {
      lines: [
        `${what}: ${moved} values are sealed with key ${versionOf(keys)}.`,
        `Copy ${keyFile} to where you keep it safe, beside the older copies that older backups need.`,
      ],
      json: { version: versionOf(keys), resealed: moved, finishedEarlierRotation: unfinished > 0 },
    };
  },
};

async function rotateSigning(around: Around): Promise<Answer> {
  await requireUpToDate(configOf(around));
  return withHouse(around, async ({ store }) => {
    const made = await rotateSigningKeys(store, around.now());
    const from = made[0]?.signsFrom.round('second').toString() ?? '';
    return {
      lines: [
        `A new pair of keys is published and will sign tokens from ${from}.`,
        'The old pair stays published until every token that it signed is past. There is nothing else to do.',
      ],
      json: { keys: made.map(({ id, algorithm }) => ({ id, algorithm })), signsFrom: from },
    };
  });
}

function versionOf(keys: Keys): number {
  return Math.max(...keys.sealing.map((one) => one.version));
}
