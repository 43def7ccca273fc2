import { verifyAudit } from '#store/audit-verify.ts';
import { inWords } from './audit-verify.ts';
import type { Command } from './command.ts';
import { configOf, requireUpToDate, sqliteFile, withHouse } from './house.ts';
import { integrityOf } from './integrity.ts';
import { brokenInvariants } from './invariants.ts';

export const command: Command = {
  summary: 'Looks whether the database is whole, opens every secret in it, and walks the audit.',
  about: 'It changes nothing and may run beside the server. For after a restore, and now and then.',
  run: async (_call, around) => {
    const config = configOf(around);
    await requireUpToDate(config);
    const file = sqliteFile(config);
    const damaged = file === null ? [] : integrityOf(file).map((said) => `The file is damaged: ${said}.`);
    return withHouse(around, async ({ store, keys }) => {
      const broken = await brokenInvariants(config.databaseUrl.reveal(), keys);
      const audit = await verifyAudit(store.read.audit);
      const wrong = [...damaged, ...broken, ...(audit.ok ? [] : [inWords(audit)])];
      const accounts = await store.read.accounts.count();
      const fine = [`${accounts} accounts; every secret opens; nothing contradicts itself.`, inWords(audit)];
      return { lines: wrong.length > 0 ? wrong : fine, json: { wrong, accounts }, refused: wrong.length > 0 };
    });
  },
};
