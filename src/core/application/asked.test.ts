import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACR } from './assertion.ts';
import { askedLevel, toldAs } from './asked.ts';

const wish = (...values: string[]) => ({ values, essential: false });
const must = (...values: string[]) => ({ values, essential: true });
const PHR = ACR['aal2-phr'];

test('the first name that can be reached counts', () => {
  assert.equal(askedLevel(wish(PHR, ACR.aal2), 'aal2-phr'), 'aal2-phr');
  assert.equal(askedLevel(wish(PHR, ACR.aal2), 'aal2'), 'aal2');
  assert.equal(askedLevel(must('urn:other', ACR.aal1, PHR), 'aal2-phr'), 'aal1');
  assert.equal(askedLevel(wish(), 'aal2'), 'aal1');
});

test('a wish that cannot be reached is a wish; what is essential is not lowered', () => {
  assert.equal(askedLevel(wish(PHR), 'aal2'), 'aal1');
  assert.equal(askedLevel(must(PHR), 'aal2'), null);
  assert.equal(askedLevel(must('urn:other'), 'aal2-phr'), null);
  assert.equal(askedLevel(must(), 'aal2'), 'aal1');
});

test('a level is told under the name that was asked for, where that is true', () => {
  assert.equal(toldAs(PHR, wish()), PHR);
  assert.equal(toldAs(PHR, wish(ACR.aal2)), ACR.aal2);
  assert.equal(toldAs(PHR, wish(ACR.aal2, PHR)), PHR);
  assert.equal(toldAs(ACR.aal1, wish(ACR.aal2)), ACR.aal1);
  assert.equal(toldAs(ACR.aal2, wish('urn:other')), ACR.aal2);
});
