import { after, before, describe, test } from 'node:test';
import { PLANS } from '../plans.ts';
import { type Mode, openSuite, type Suite } from '../suite.ts';
import type { Check } from './requests.ts';

/** A test for each row of a plan, named as the row is, on one server. */
export function plan(
  name: string,
  checks: Record<string, Check>,
  open: () => Promise<Suite> = () => openSuite(modeOf(name)),
): void {
  const rows = PLANS.find((one) => one.name === name)?.rows;
  if (!rows) throw new Error(`no plan ${name}`);
  describe(name, () => {
    let suite: Suite;
    before(async () => {
      suite = await open();
    });
    after(() => suite.close());
    for (const check of Object.keys(rows)) {
      const run = checks[check];
      if (!run) throw new Error(`no check ${check}`);
      test(check, () => run(suite));
    }
  });
}

function modeOf(name: string): Mode {
  return name.includes('formpost') ? 'form_post' : 'default';
}
