import assert from 'node:assert/strict';
import { test } from 'node:test';
import { REFUSALS } from '#core/refusal.ts';
import { sentencesOf } from './catalogue.ts';
import { type Lang, LANGUAGES, negotiate, speak } from './index.ts';

const now = Temporal.Instant.from('2026-06-30T12:00:00Z');
const en = speak('en', 'Europe/Amsterdam');
const nl = speak('nl', 'Europe/Amsterdam');

const placeholders = (sentence: string) => [...new Set(sentence.match(/\{\{[^}]+\}\}/g) ?? [])].sort();

test('every language has every sentence of English, filled with the same values', () => {
  const english = sentencesOf('en');
  for (const { code } of LANGUAGES) {
    const theirs = sentencesOf(code);
    for (const [key, sentence] of Object.entries(english)) {
      assert.ok(theirs[key], `${code} has no ${key}`);
      assert.deepEqual(placeholders(theirs[key]), placeholders(sentence), `${code} fills ${key} differently`);
    }
  }
});

test('no sentence is empty, or has space round it, or is left in English', () => {
  const english = sentencesOf('en');
  for (const { code } of LANGUAGES)
    for (const [key, sentence] of Object.entries(sentencesOf(code))) {
      assert.ok(/^\S/.test(sentence) && !/[ \t]$/.test(sentence), `${code} ${key}`);
      if (code !== 'en' && sentence.split(' ').length > 4) assert.notEqual(sentence, english[key], `${code} ${key}`);
    }
});

test('every refusal is a whole sentence in every language, with and without its details', () => {
  const detail = { retryAt: now.add({ seconds: 90 }), driftSeconds: -90, limit: 15, triesLeft: 1, quoted: 'a' };
  for (const { code } of LANGUAGES) {
    const words = speak(code, 'Europe/Amsterdam');
    for (const refusal of REFUSALS) {
      const full = words.refusal({ refusal, detail }, now);
      assert.doesNotMatch(full, /\{\{|refusals\./, `${code} ${refusal}`);
      assert.match(full, /[.?!]$/, `${code} ${refusal}`);
      assert.doesNotMatch(words.refusal({ refusal }, now), /refusals\./, `${code} ${refusal}`);
    }
  }
});

test('a value is put in as it is: it cannot call for other sentences', () => {
  assert.equal(en.t('common.step-of', { step: '$t(common.help)', of: '{{step}}' }), 'Step $t(common.help) of {{step}}');
  assert.equal(en.t('common.step-of', { step: '<b>&', of: 1 }), 'Step <b>& of 1');
});

test('one and many', () => {
  assert.equal(en.t('common.wait-hours', { count: 1 }), '1 hour');
  assert.equal(nl.t('common.wait-days', { count: 2 }), '2 dagen');
});

test('a day is said as people say it, in their zone', () => {
  const midnight = Temporal.Instant.from('2026-06-30T22:00:00Z'); // 1 July, 00:00 in Amsterdam
  assert.equal(en.date(Temporal.PlainDate.from('2026-06-30')), 'Tuesday 30 June 2026');
  assert.equal(nl.date(Temporal.PlainDate.from('2026-06-30')), 'dinsdag 30 juni 2026');
  assert.equal(en.date(midnight), 'Wednesday 1 July 2026');
  assert.equal(en.dayUntil(midnight), 'Tuesday 30 June 2026');
  assert.equal(speak('en', 'America/New_York').dayUntil(midnight), 'Tuesday 30 June 2026');
  assert.equal(en.instant(now), '30 June 2026, 14:00');
  assert.equal(en.time(midnight), '00:00');
});

test('a plain date is the same day in every zone', () => {
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'])
    assert.equal(speak('en', zone).shortDate(Temporal.PlainDate.from('2026-06-30')), '30 June 2026');
});

test('what is past is told the coarser the longer ago', () => {
  const ago = (duration: Temporal.DurationLike) => en.ago(now.subtract(duration), now);
  assert.equal(ago({ seconds: 20 }), 'just now');
  assert.equal(ago({ minutes: 5 }), '5 minutes ago');
  assert.equal(ago({ hours: 1 }), '1 hour ago');
  assert.equal(ago({ hours: 72 }), '3 days ago');
  assert.equal(ago({ hours: 24 * 40 }), '21 May 2026');
  assert.equal(nl.ago(now.subtract({ hours: 3 }), now), '3 uur geleden');
});

test('a wait is rounded up: waiting as long as it says is always enough', () => {
  const wait = (seconds: number) => en.wait(Temporal.Duration.from({ milliseconds: Math.round(seconds * 1000) }));
  assert.equal(wait(0.2), '1 second');
  assert.equal(wait(59.5), '1 minute');
  assert.equal(wait(61), '2 minutes');
  assert.equal(wait(3601), '2 hours');
});

test('the language: what the person chose, then the browser, then the house', () => {
  assert.equal(negotiate({ account: 'nl', cookie: 'en', acceptLanguage: 'en' }), 'nl');
  assert.equal(negotiate({ cookie: 'nl', acceptLanguage: 'en' }), 'nl');
  assert.equal(negotiate({ acceptLanguage: 'fr, en;q=0.4, nl-BE;q=0.8', organisation: 'en' }), 'nl');
  assert.equal(negotiate({ acceptLanguage: 'fr', organisation: 'nl' }), 'nl');
  assert.equal(negotiate({ acceptLanguage: 'nl;q=0' }), 'en');
});

test('wishes that make no sense are passed over', () => {
  for (const odd of ['', ';;;', 'nl;q=x', 'constructor', '__proto__', '*', 'x'.repeat(10_000), ',,,'])
    assert.equal(
      negotiate({ account: odd, cookie: odd, acceptLanguage: odd, organisation: odd }),
      'en' satisfies Lang,
      odd,
    );
});
