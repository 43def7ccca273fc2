import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answered, Jar } from '#test/support/jar.ts';
import { codeAt, type Person, type Rig, rig } from '#test/support/rig.ts';
import { enrolledIn, shownCode, signIn } from '#test/support/roads.ts';
import { sceneAt, secretOn } from './support/scenes.ts';
import { besideField, guessesCharged, me, PHONE, pendingOf, says, secondStep, snapshot } from './support/in-process.ts';

/** A code that is not the right one: what came of it, for whom, and how that person gets on afterwards. */
type Refusal = { answer: Answered; person: Person; control: () => Promise<void> };
type Case = {
  name: string;
  field?: string;
  en: RegExp;
  nl: RegExp;
  /** Types the wrong code; `jar` speaks the language that is tried. */
  type: (r: Rig, speak: (jar: Jar) => Promise<Jar>) => Promise<Refusal>;
};

const CASES: Case[] = [
  {
    name: 'at sign-in, a phone whose clock is slow',
    en: /the clock of your phone is about a minute and a half slow/,
    nl: /de klok van je telefoon loopt ongeveer anderhalve minuut achter/,
    type: atSignIn(({ code }) => ({ method: 'totp', code: code(-3) })),
  },
  {
    name: 'at sign-in, a phone whose clock is fast: not named, for a thief would have the next code',
    en: /This is not the right code/,
    nl: /Dit is niet de juiste code/,
    type: atSignIn(({ code }) => ({ method: 'totp', code: code(3) })),
  },
  {
    name: 'at sign-in, a code of nowhere',
    en: /This is not the right code.*set the clock of your phone to automatic/,
    nl: /Dit is niet de juiste code.*Zet de klok van je telefoon dan op automatisch/,
    type: atSignIn((person) => ({ method: 'totp', code: noCode(person) })),
  },
  {
    name: 'at sign-in, a backup code in the field of the app',
    en: /This looks like your backup code/,
    nl: /Dit lijkt op je back-upcode/,
    type: atSignIn(({ backupCode }) => ({ method: 'totp', code: backupCode ?? '' })),
  },
  {
    name: 'at sign-in, eight digits',
    en: /This code has eight digits; ours has six/,
    nl: /Deze code heeft acht cijfers, die van ons heeft er zes/,
    type: atSignIn(() => ({ method: 'totp', code: '1234 5678' })),
  },
  {
    name: 'at sign-in, five digits',
    en: /The code has six digits/,
    nl: /De code bestaat uit zes cijfers/,
    type: atSignIn(() => ({ method: 'totp', code: '12345' })),
  },
  {
    name: 'at sign-in, six digits in the field of the backup code',
    en: /These six digits are not your backup code/,
    nl: /Deze zes cijfers zijn niet je back-upcode/,
    type: atSignIn(({ code }) => ({ method: 'backup-code', code: code() })),
  },
  {
    name: 'at sign-in, half a backup code',
    en: /A backup code has 20 letters and digits/,
    nl: /Een back-upcode heeft 20 letters en cijfers/,
    type: atSignIn(({ backupCode }) => ({ method: 'backup-code', code: (backupCode ?? '').slice(0, 14) })),
  },
  {
    name: "at sign-in, somebody else's backup code",
    en: /This is not your current backup code/,
    nl: /Dit is niet je huidige back-upcode/,
    type: async (r, speak) => {
      const bob = await enrolledIn(r);
      return atSignIn(() => ({ method: 'backup-code', code: bob.backupCode ?? '' }))(r, speak);
    },
  },
  {
    name: "at sign-in, the code of somebody else's app",
    en: /This is not the right code/,
    nl: /Dit is niet de juiste code/,
    type: async (r, speak) => {
      const bob = await enrolledIn(r);
      return atSignIn(() => ({ method: 'totp', code: bob.code() }))(r, speak);
    },
  },
  {
    name: 'at sign-in, a code that was used already',
    en: /This code was used already.*Wait \d+ seconds/,
    nl: /Deze code is al gebruikt.*Wacht \d+ seconden/,
    type: async (r, speak) => {
      const ann = await enrolledIn(r);
      await secondStep(r, await pendingOf(r, ann), ann);
      return type(r, ann, await speak(await pendingOf(r, ann)), { method: 'totp', code: ann.code() });
    },
  },
  {
    name: 'at sign-in, the step before one that was used',
    en: /This code was used already/,
    nl: /Deze code is al gebruikt/,
    type: async (r, speak) => {
      const ann = await enrolledIn(r);
      await secondStep(r, await pendingOf(r, ann), ann);
      return type(r, ann, await speak(await pendingOf(r, ann)), { method: 'totp', code: ann.code(-1) });
    },
  },
  {
    name: 'at sign-in, a backup code that was used already',
    en: /This is not your current backup code/,
    nl: /Dit is niet je huidige back-upcode/,
    type: async (r, speak) => {
      const ann = await enrolledIn(r);
      const paper = await pendingOf(r, ann);
      await paper.submit('/sign-in/verify', { method: 'backup-code', code: ann.backupCode ?? '' });
      const page = await paper.submit('/sign-in/phone', { phone: 'here' });
      await paper.submit('/enrol/backup-code', { saved: 'yes', locator: shownCode(page).slice(0, 4) });
      assert.equal(await me(r, paper), ann.id);
      const jar = await speak(await pendingOf(r, ann));
      return type(r, ann, jar, { method: 'backup-code', code: ann.backupCode ?? '' });
    },
  },
  {
    name: 'at sign-in, the code of the text message in the field of the app',
    en: /This is the code from our text message/,
    nl: /Dit is de code uit onze sms/,
    type: async (r, speak) => {
      const { ann, jar, code } = await texted(r, speak);
      return type(r, ann, jar, { method: 'totp', code });
    },
  },
  {
    name: 'at sign-in, the code of the app in the field of the text message',
    en: /This is the code from your authenticator app/,
    nl: /Dit is de code uit je authenticator-app/,
    type: async (r, speak) => {
      const { ann, jar } = await texted(r, speak);
      return type(r, ann, jar, { method: 'sms', code: ann.code() });
    },
  },
  {
    name: 'at sign-in, the code of a text message that is older than ten minutes',
    en: /This is not the code from our text message. Check the newest message/,
    nl: /Dit is niet de code uit onze sms/,
    type: async (r, speak) => {
      const { ann, code } = await texted(r, speak);
      r.advance('PT10M');
      const jar = await speak(await pendingOf(r, ann));
      await jar.submit('/sign-in/verify/text');
      return type(r, ann, jar, { method: 'sms', code });
    },
  },
  {
    name: 'in the wizard, a phone whose clock is slow',
    en: /the clock of your phone is 5 minutes slow|the clock of your phone is about 5 minutes slow/,
    nl: /de klok van je telefoon loopt (ongeveer )?5 minuten achter/,
    type: inWizard((r, secret) => codeAt(secret, r.wall(), -10)),
  },
  {
    name: 'in the wizard, a phone whose clock is fast',
    en: /the clock of your phone is about a minute and a half fast/,
    nl: /de klok van je telefoon loopt ongeveer anderhalve minuut voor/,
    type: inWizard((r, secret) => codeAt(secret, r.wall(), 3)),
  },
  {
    name: 'in the wizard, a backup code from an earlier time',
    en: /This looks like your backup code/,
    nl: /Dit lijkt op je back-upcode/,
    type: inWizard(() => 'ABCD-EFGH-JKMN-PQRS-TVWX'),
  },
  {
    name: 'in the wizard, eight digits',
    en: /This code has eight digits/,
    nl: /Deze code heeft acht cijfers/,
    type: inWizard(() => '12345678'),
  },
  {
    name: 'in the wizard, the entry of an older QR code',
    en: /This code belongs to a QR code you scanned earlier/,
    nl: /Deze code hoort bij een QR-code die je eerder hebt gescand/,
    type: async (r, speak) => {
      const { person, secret: older } = await sceneAt(r, 'scanning');
      const jar = r.browser();
      await signIn(jar, person);
      await jar.submit('/sign-in/prompt', { answer: 'enable' });
      const secret = secretOn((await jar.submit('/enrol/choice', { choice: 'totp' })).text);
      assert.notDeepEqual(secret, older);
      await jar.submit('/enrol/scanned');
      const answer = await (await speak(jar)).submit('/enrol/code', { code: codeAt(older, r.wall()) });
      return { answer, person, control: () => goesOn(r, jar, secret) };
    },
  },
  {
    name: 'in the wizard, the entry of a wizard that was cancelled',
    en: /This code belongs to a QR code you scanned earlier/,
    nl: /Deze code hoort bij een QR-code die je eerder hebt gescand/,
    type: async (r, speak) => {
      const { jar, person, secret: older } = await sceneAt(r, 'scanning');
      await jar.submit('/enrol/leave');
      await jar.submit('/sign-in/prompt', { answer: 'enable' });
      const secret = secretOn((await jar.submit('/enrol/choice', { choice: 'totp' })).text);
      assert.notDeepEqual(secret, older);
      await jar.submit('/enrol/scanned');
      const answer = await (await speak(jar)).submit('/enrol/code', { code: codeAt(older, r.wall()) });
      return { answer, person, control: () => goesOn(r, jar, secret) };
    },
  },
  {
    name: 'in the wizard, not the code that was texted',
    en: /This is not the code from our text message/,
    nl: /Dit is niet de code uit onze sms/,
    type: async (r, speak) => {
      const { jar, person } = await sceneAt(r, 'sms-sent');
      const right = /\d{6}/.exec((await r.messages(PHONE))[0]?.text ?? '')?.[0] ?? '';
      const other = right === '314159' ? '271828' : '314159';
      const answer = await (await speak(jar)).submit('/enrol/sms/code', { code: other });
      const control = async () =>
        assert.ok(shownCode(await jar.submit('/enrol/sms/code', { code: right })), 'control: the right one goes on');
      return { answer, person, control };
    },
  },
  {
    name: 'in the late wizard, not the code that was mailed',
    en: /This is not the code from our email/,
    nl: /Dit is niet de code uit onze e-mail/,
    type: async (r, speak) => {
      const { jar, person } = await sceneAt(r, 'guarding');
      const right = /\b\d{6}\b/.exec((await r.messages(person.email))[0]?.text ?? '')?.[0] ?? '';
      const answer = await (await speak(jar)).submit('/enrol/guard', { code: right === '314159' ? '1' : '314159' });
      const control = async () =>
        assert.match((await jar.submit('/enrol/guard', { code: right })).text, /value="totp"/, 'control: it goes on');
      return { answer, person, control };
    },
  },
];

for (const { name, en, nl, type: typed } of CASES)
  for (const [language, sentence] of [
    ['en', en],
    ['nl', nl],
  ] as const)
    test(`${name} (${language}): a sentence beside the field, one guess, nothing changed`, async () => {
      const r = await rig();
      const { answer, person, control } = await typed(r, async (jar) => {
        await jar.post('/language', { language, 'return-to': '/' });
        return jar;
      });
      says(answer, sentence);
      besideField(answer, 'code');
      assert.match(answer.text, new RegExp(`<html lang="${language}"`));
      assert.equal(await guessesCharged(r, person), 1, 'charged like any guess');
      await control();
    });

test('in the wizard, the code of the app that is being replaced is the one of an older QR code', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await pendingOf(r, ann);
  await secondStep(r, jar, ann);
  await jar.submit('/account/move');
  await jar.submit('/enrol/choice', { choice: 'totp' });
  await jar.submit('/enrol/scanned');
  const before = await snapshot(r, ann);
  const answer = await jar.submit('/enrol/code', { code: ann.code() });
  says(answer, /This code belongs to a QR code you scanned earlier/);
  assert.equal(await snapshot(r, ann), before);
});

test('after five guesses nothing is compared, whichever door they come through, and the page says how long', async () => {
  const r = await rig();
  const ann = await enrolledIn(r, PHONE);
  const jar = await pendingOf(r, ann);
  for (const form of [
    { method: 'totp', code: '12345' },
    { method: 'totp', code: '12345678' },
    { method: 'backup-code', code: ann.code() },
    { method: 'totp', code: ann.code(-5) },
  ])
    assert.equal((await jar.submit('/sign-in/verify', form)).status, 422);
  const other = await pendingOf(r, ann);
  assert.equal((await other.submit('/sign-in/verify', { method: 'sms', code: '123456' })).status, 422);
  for (const form of [
    { method: 'totp', code: ann.code() },
    { method: 'totp', code: noCode(ann) },
    { method: 'backup-code', code: ann.backupCode ?? '' },
  ]) {
    const answer = await other.submit('/sign-in/verify', form);
    says(answer, /codes are not checked for now. Try again in \d+ minutes/, 429);
    assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/);
  }
  assert.equal(await me(r, other), null);
  assert.equal((await r.store.read.authenticators.of(ann.id)).length, 4, 'the backup code was not spent');
  r.advance('PT15M');
  await secondStep(r, await pendingOf(r, ann), ann);
});

test('five wrong answers end a sign-in, with a word on why, and the next one works', async () => {
  const r = await rig();
  const ann = await enrolledIn(r);
  const jar = await pendingOf(r, ann);
  for (let guess = 0; guess < 4; guess += 1)
    says(await jar.submit('/sign-in/verify', { method: 'totp', code: noCode(ann) }), /not the right code/);
  const page = await jar.submit('/sign-in/verify', { method: 'totp', code: noCode(ann) });
  assert.equal(page.path, '/sign-in?notice=attempt-exhausted');
  assert.match(page.text, /one try too many/);
  r.advance('PT15M');
  await secondStep(r, await pendingOf(r, ann), ann);
});

function atSignIn(form: (person: Person) => Record<string, string>): Case['type'] {
  return async (r, speak) => {
    const ann = await enrolledIn(r);
    return type(r, ann, await speak(await pendingOf(r, ann)), form(ann));
  };
}

async function type(r: Rig, person: Person, jar: Jar, form: Record<string, string>): Promise<Refusal> {
  const before = await snapshot(r, person);
  const answer = await jar.submit('/sign-in/verify', form);
  assert.equal(await snapshot(r, person), before);
  return {
    answer,
    person,
    control: async () => {
      r.advance('PT30S');
      await secondStep(r, jar, person);
    },
  };
}

function inWizard(code: (r: Rig, secret: Uint8Array) => string): Case['type'] {
  return async (r, speak) => {
    const { jar, person, secret } = await sceneAt(r, 'proving');
    const before = await snapshot(r, person);
    const answer = await (await speak(jar)).submit('/enrol/code', { code: code(r, secret) });
    assert.equal(await snapshot(r, person), before);
    return { answer, person, control: () => goesOn(r, jar, secret) };
  };
}

async function goesOn(r: Rig, jar: Jar, secret: Uint8Array): Promise<void> {
  const page = await jar.submit('/enrol/code', { code: codeAt(secret, r.wall()) });
  assert.match(page.text, /name="number"/, 'control: the right code goes on');
}

async function texted(r: Rig, speak: (jar: Jar) => Promise<Jar>) {
  const ann = await enrolledIn(r, PHONE);
  const jar = await speak(await pendingOf(r, ann));
  await jar.submit('/sign-in/verify/text');
  const code = /\d{6}/.exec((await r.messages(PHONE))[0]?.text ?? '')?.[0] ?? '';
  return { ann, jar, code };
}

/** Six digits that this person's app shows neither now nor within the next or last quarter of an hour. */
function noCode({ code }: Person): string {
  const near = new Set(Array.from({ length: 62 }, (_, i) => code(i - 31)));
  return ['314159', '271828', '161803'].find((one) => !near.has(one)) ?? '';
}
