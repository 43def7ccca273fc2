import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { speak } from '#words/index.ts';
import { dayIn, HOUSES } from './organisations.ts';
import { PEOPLE } from './people.ts';
import { type Person, secretsOf } from './person.ts';
import { knownOf } from './known.ts';
import { type Browser, browserOf, codeOf, demoForTests, type Seen, signIn } from './testing.ts';

/** Where the right password leads, and what stands there; then where the code of the person's app leads. */
type Truth = {
  leads: 'prompt' | 'phone' | 'verify' | 'wizard' | 'portal' | 'refused';
  says?: (RegExp | string)[];
  saysNot?: (RegExp | string)[];
  /** What stands where *Enable* leads. */
  enable?: string | RegExp;
  code?: { leads: 'portal' | 'wizard' | 'refused'; says?: (RegExp | string)[] };
  /** The same on the person's own laptop. */
  laptop?: 'portal' | 'verify';
};

let test_: Awaited<ReturnType<typeof demoForTests>>;
before(async () => {
  test_ = await demoForTests();
});
after(() => test_.end());

const en = speak('en', 'Europe/London');
const nl = speak('nl', 'Europe/Amsterdam');
const lastDay = { quillwharf: 40, duizendkorrel: 5, tallybridge: -12 };
const date = (house: keyof typeof lastDay, words = en, days = lastDay[house]) =>
  words.date(dayIn(house, Temporal.Now.instant(), days));
const mayWaitUntil = (house: keyof typeof lastDay, left: number, words = en, days = lastDay[house]) =>
  `${words.t('sign-in.prompt-later-until', { date: date(house, words, days) })} ${words.t('sign-in.prompt-left', { count: left })}`;

const promptQ: Truth = { leads: 'prompt', says: [mayWaitUntil('quillwharf', 3)] };
const promptD: Truth = { leads: 'prompt', says: [mayWaitUntil('duizendkorrel', 2, nl)] };
const codeLetsIn: Truth = { leads: 'verify', code: { leads: 'portal' } };
const banner = (house: keyof typeof lastDay, words = en) =>
  words.t('common.banner-invited', { date: date(house, words) });
const choosing = en.t('enrol.choose-heading');
const guard = en.t('enrol.guard-heading');
/** The invitation without *Remind me later*. */
const required = (enable: string | RegExp, words = en): Truth => ({
  leads: 'prompt',
  says: [words.t('sign-in.prompt-heading'), words.t('sign-in.enable')],
  saysNot: [words.t('sign-in.later')],
  enable,
});

const TRUTHS: Record<string, Truth> = {
  'grace.okafor': promptQ,
  'sanne.de.boer': promptD,
  'tom.ashby': promptQ,
  'joris.hendriks': { leads: 'prompt', says: [mayWaitUntil('duizendkorrel', 2, nl, 9)] },
  'imke.postma': { leads: 'prompt', says: [mayWaitUntil('duizendkorrel', 2, nl, 10)] },
  'noor.visser': { leads: 'prompt', says: [nl.t('sign-in.prompt-last-chance')] },
  'eleanor.finch': { leads: 'prompt', says: [en.t('sign-in.prompt-last-chance')] },
  'maeve.kinsella': {
    leads: 'prompt',
    says: [mayWaitUntil('quillwharf', 3)],
    saysNot: [en.t('sign-in.prompt-last-chance')],
  },
  'olena.kovalenko': {
    leads: 'prompt',
    says: [mayWaitUntil('duizendkorrel', 2, en), 'Bakkerij Duizendkorrel has asked'],
  },
  'femke.dijkstra': { leads: 'prompt', says: [mayWaitUntil('quillwharf', 3, nl), 'Quillwharf Freight vraagt'] },
  'annemarie.vanderwesterlaken': { leads: 'prompt', says: ['Annemarie van der Westerlaken-Oude Hengel'] },
  'bartholomew.featherstonehaugh': { leads: 'prompt', says: ['Bartholomew Fitzgerald-Montgomery Featherstonehaugh'] },
  'wang.xiuying': { leads: 'prompt', says: ['王秀英'] },
  'layla.haddad': { leads: 'prompt', says: ['ليلى حدّاد'] },
  wulandari: { leads: 'prompt', says: ['Wulandari'] },
  'piotr.wojcik': promptQ,
  'hassan.elamrani': promptD,

  'amir.rahimi': { leads: 'portal', says: [banner('quillwharf')] },
  'becky.lowe': { leads: 'prompt', says: [mayWaitUntil('quillwharf', 2)] },
  'callum.reid': { leads: 'prompt', says: [mayWaitUntil('quillwharf', 2)] },
  'dorothy.pell': { leads: 'prompt', says: [mayWaitUntil('quillwharf', 1)] },
  'ewan.muir': { leads: 'portal', says: [banner('quillwharf')] },
  'fiona.marsh': required(choosing),
  'daan.bakker': { leads: 'portal', says: [banner('duizendkorrel', nl)] },
  'eva.smit': { leads: 'prompt', says: [mayWaitUntil('duizendkorrel', 1, nl)] },
  'gijs.mulder': required(nl.t('enrol.choose-heading'), nl),
  'hilde.meijer': { leads: 'prompt', says: [mayWaitUntil('duizendkorrel', 2, nl, 19)] },
  'kees.vandam': { leads: 'portal', saysNot: [nl.t('common.set-it-up')] },
  'nadia.osei': { leads: 'portal', saysNot: [en.t('common.set-it-up')] },
  'rhys.bowen': promptQ,

  'stella.crane': required(guard),
  'willem.kuiper': required(nl.t('enrol.guard-heading'), nl),
  'ulrich.bauer': required(/We have no confirmed email address/),
  'vera.lindqvist': required(guard),

  'marijke.janssen': { leads: 'prompt', says: [mayWaitUntil('duizendkorrel', 2, nl), HOUSES.duizendkorrel.name] },
  'lucas.moreau': { leads: 'prompt', says: [mayWaitUntil('duizendkorrel', 1)] },
  'bridget.hale': { leads: 'prompt', says: [mayWaitUntil('quillwharf', 3)] },
  'thijs.peeters': codeLetsIn,
  'jonah.vale': { leads: 'portal', saysNot: [en.t('common.set-it-up')] },

  'priya.raman': codeLetsIn,
  'ivo.degroot': codeLetsIn,
  'owen.pryce': codeLetsIn,
  'lotte.vos': codeLetsIn,
  'ruth.adeyemi': codeLetsIn,
  'simon.early': codeLetsIn,
  'marieke.dejong': codeLetsIn,
  'lars.holm': codeLetsIn,

  'isla.grant': { ...codeLetsIn, laptop: 'portal' },
  'bram.willems': { ...codeLetsIn, laptop: 'portal' },
  'hugo.blake': { ...codeLetsIn, laptop: 'verify' },
  'yasmin.noor': { ...codeLetsIn, laptop: 'verify' },
  'roos.hoekstra': { ...codeLetsIn, laptop: 'portal' },

  'martin.slow': {
    leads: 'verify',
    code: { leads: 'refused', says: [/the clock of your phone is about 2 minutes slow/] },
  },
  'anouk.snel': { leads: 'verify', code: { leads: 'refused', says: [nl.t('refusals.code-wrong')] } },
  'carys.vaughan': { leads: 'verify', code: { leads: 'wizard', says: [en.t('enrol.keep-heading')] } },
  'pim.verbeek': { leads: 'verify', code: { leads: 'wizard', says: [nl.t('enrol.keep-heading')] } },
  'geert.zonneveld': { leads: 'verify', says: [nl.t('sign-in.code-card-number', { number: 7 })] },
  'zoe.harbour': { leads: 'verify' },
  'ad.verloren': { leads: 'verify' },
  'grace.tidewell': { leads: 'verify' },
  'lotte.wachter': { leads: 'verify' },
  'gloria.mbeki': { leads: 'verify', says: [en.t('sign-in.send-text')] },
  'felix.stone': { leads: 'verify', says: [en.t('sign-in.backup-code-lead')] },
  'tess.quill': { leads: 'verify', code: { leads: 'refused', says: [/Try again in 2[0-4] hours/] } },
  'jan.deurwaarder': { leads: 'refused', says: [/Te vaak|te veel|wachtwoorden/i], laptop: 'portal' },
  'gareth.gone': { leads: 'refused', says: [en.t('refusals.credentials-wrong')] },

  'helen.marlowe': codeLetsIn,
  'pieter.zonneveld': promptD,
  'arthur.bell': codeLetsIn,
  'saskia.timmer': codeLetsIn,
  'olive.trent': codeLetsIn,
  'bram.kuiper': codeLetsIn,
};

describe('every story is true', () => {
  for (const person of PEOPLE) test(`${person.name}: ${person.story}`, () => isTrue(person, TRUTHS[person.id]));
});

async function isTrue(person: Person, truth: Truth | undefined): Promise<void> {
  assert.ok(truth, `nobody says what happens to ${person.id}`);
  const { demo } = test_;
  if (truth.laptop) {
    const laptop = browserOf(demo);
    await laptop.post('/demo/be', { person: person.id, on: 'laptop' });
    leadsTo(await inLanguage(laptop, person), truth.laptop);
  }
  const browser = browserOf(demo);
  const seen = await inLanguage(browser, person);
  leadsTo(seen, truth.leads);
  holds(seen, truth);
  if (truth.enable) holds(await browser.post('/sign-in/prompt', { answer: 'enable' }), { says: [truth.enable] });
  if (!truth.code) return;

  const { apps } = await knownOf(demo.nachtslot.deps.store.read, person);
  const app = apps.at(-1);
  assert.ok(app);
  const code = codeOf(app.totpSecret, demo.clock.wall().add({ seconds: app.secondsOff }));
  const next = await browser.post('/sign-in/verify', { method: 'totp', code });
  leadsTo(next, truth.code.leads);
  holds(next, truth.code);
}

/** Before the sign-in nobody knows who it is, so the browser says what it reads. */
async function inLanguage(browser: Browser, person: Person): Promise<Seen> {
  browser.cookies.set('language', person.language);
  return signIn(browser, person);
}

function leadsTo({ path, status, text }: Seen, where: Truth['leads']): void {
  const page = {
    phone: '/sign-in/phone',
    prompt: '/sign-in/prompt',
    verify: '/sign-in/verify',
    wizard: '/enrol',
    portal: '/',
  };
  if (where === 'refused') assert.ok(status >= 400 && status < 500, `${status} ${text.slice(0, 300)}`);
  else assert.deepEqual([path, status], [page[where], 200], text.slice(0, 400));
}

function holds({ text }: Seen, { says = [], saysNot = [] }: Pick<Truth, 'says' | 'saysNot'>): void {
  for (const one of says) assert.match(text, asPattern(one));
  for (const one of saysNot) assert.doesNotMatch(text, asPattern(one));
}

function asPattern(text: RegExp | string): RegExp {
  return typeof text === 'string' ? new RegExp(RegExp.escape(text)) : text;
}

describe('what takes more than one step', () => {
  const person = (id: string): Person => {
    const found = PEOPLE.find((one) => one.id === id);
    assert.ok(found);
    return found;
  };

  test('Zoë’s paper signs her in, once, and a new one follows', async () => {
    const zoe = person('zoe.harbour');
    const browser = browserOf(test_.demo);
    await signIn(browser, zoe);
    const backupCode = secretsOf(zoe).backupCode.reveal();
    const seen = await browser.post('/sign-in/verify', { method: 'backup-code', code: backupCode });
    leadsTo(seen, 'phone');
    leadsTo(await browser.post('/sign-in/phone', { phone: 'lost' }), 'wizard');
    assert.equal((await knownOf(test_.demo.nachtslot.deps.store.read, zoe)).backupCode, null);
  });

  test('either phone of Ruth’s is right', async () => {
    const { apps } = await knownOf(test_.demo.nachtslot.deps.store.read, person('ruth.adeyemi'));
    assert.equal(apps.length, 2);
    const browser = browserOf(test_.demo);
    await signIn(browser, person('ruth.adeyemi'));
    const code = codeOf(apps[0]?.totpSecret ?? '', test_.demo.clock.wall());
    leadsTo(await browser.post('/sign-in/verify', { method: 'totp', code }), 'portal');
  });

  test('Owen and Gloria get their text message in the mailbox', async () => {
    for (const id of ['owen.pryce', 'gloria.mbeki']) {
      const { phone } = person(id);
      assert.ok(phone);
      const browser = browserOf(test_.demo);
      await signIn(browser, person(id));
      await browser.post('/sign-in/verify/text');
      await test_.demo.nachtslot.outbox.deliverDue();
      const [message] = test_.demo.mailbox.messages(phone);
      const code = /\b\d{6}\b/.exec(message?.text ?? '')?.[0];
      assert.ok(code);
      const seen = await browser.post('/sign-in/verify', { method: 'sms', code });
      leadsTo(seen, id === 'owen.pryce' ? 'phone' : 'wizard');
    }
  });

  test('Stella’s mailed code opens the wizard', async () => {
    const { demo } = test_;
    const browser = browserOf(demo);
    await signIn(browser, person('stella.crane'));
    await browser.post('/sign-in/prompt', { answer: 'enable' });
    await demo.nachtslot.outbox.deliverDue();
    const [message] = demo.mailbox.messages('stella.crane@quillwharf.example');
    const code = /\b\d{6}\b/.exec(message?.text ?? '')?.[0];
    assert.ok(code);
    const seen = await browser.post('/enrol/guard', { code });
    holds(seen, { says: [choosing] });
  });

  test('a person’s notices go to all confirmed addresses', async () => {
    const marieke = person('marieke.dejong');
    const browser = browserOf(test_.demo);
    await signIn(browser, marieke);
    await browser.post('/sign-in/verify', { method: 'totp', code: '000000' });
    await test_.demo.nachtslot.outbox.deliverDue();
    assert.equal(test_.demo.mailbox.messages(marieke.address).length, 1);
    assert.equal(test_.demo.mailbox.messages(marieke.secondAddress).length, 1);
  });

  test('Felix’s paper leads to a new QR code, Ad has nothing but the last way', async () => {
    const felix = browserOf(test_.demo);
    await signIn(felix, person('felix.stone'));
    const backupCode = secretsOf(person('felix.stone')).backupCode.reveal();
    const seen = await felix.post('/sign-in/verify', { method: 'backup-code', code: backupCode });
    leadsTo(seen, 'wizard');
    holds(seen, { says: [choosing] });

    const ad = browserOf(test_.demo);
    await signIn(ad, person('ad.verloren'));
    holds(await ad.get('/sign-in/verify?with=other'), { says: [nl.t('sign-in.none-of-these')] });
  });
});

// Last, for it moves everybody's clock.
describe('when the clock moves', () => {
  test('Nadia is asked in two days, Isla needs a code, and Hassan gets no mail after the last day', async () => {
    const { demo } = test_;
    const by = (id: string) => {
      const found = PEOPLE.find((one) => one.id === id);
      assert.ok(found);
      return found;
    };
    assert.equal(demo.clock.move({ advance: Temporal.Duration.from('P2D') }), null);
    leadsTo(await signIn(browserOf(demo), by('nadia.osei')), 'prompt');

    const laptop = browserOf(demo);
    await laptop.post('/demo/be', { person: 'isla.grant', on: 'laptop' });
    leadsTo(await signIn(laptop, by('isla.grant')), 'verify');

    assert.equal(demo.clock.move({ advance: Temporal.Duration.from('P7D') }), null);
    const late = browserOf(demo);
    leadsTo(await signIn(late, by('hassan.elamrani')), 'prompt');
    const hassan = await late.post('/sign-in/prompt', { answer: 'enable' });
    leadsTo(hassan, 'wizard');
    holds(hassan, { saysNot: [nl.t('enrol.guard-code')] });
    await demo.nachtslot.outbox.deliverDue();
    assert.equal(demo.mailbox.messages(by('hassan.elamrani').address).length, 0);
  });
});
