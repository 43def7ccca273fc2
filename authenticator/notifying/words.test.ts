import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTIFICATION, notificationIn } from './words.ts';

test('the locked screen speaks the language of the app, else of the browser, else English', () => {
  assert.equal(notificationIn('nl', 'en').title, 'Ben jij dit die inlogt?');
  assert.equal(notificationIn(undefined, 'nl').lang, 'nl');
  assert.equal(notificationIn(undefined, 'fr').lang, 'en');
  assert.equal(notificationIn('toString').lang, 'en');
});

test('it is the same for everybody', () => {
  for (const { title, body } of Object.values(NOTIFICATION)) assert.doesNotMatch(`${title} ${body}`, /\d|\{|\$/);
});
