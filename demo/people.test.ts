import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptable } from '#authenticators/password/acceptable.ts';
import { readNumber } from '#authenticators/sms/number.ts';
import { DEFAULT_POLICY, readPolicy } from '#core/policy/policy.ts';
import { HOUSE_IDS, HOUSES } from './organisations.ts';
import { byId, FIRST, PEOPLE } from './people.ts';
import { verhalen } from './words/verhalen.ts';

test('some sixty people, and nobody twice', () => {
  assert.ok(PEOPLE.length >= 55 && PEOPLE.length <= 75, String(PEOPLE.length));
  for (const field of ['id', 'address', 'name', 'password', 'story'] as const)
    assert.equal(new Set(PEOPLE.map((one) => one[field])).size, PEOPLE.length, field);
  const phones = PEOPLE.flatMap(({ phone }) => phone ?? []);
  assert.equal(new Set(phones).size, phones.length);
});

test('a story is one line, in both languages', () => {
  for (const { id, story } of PEOPLE)
    for (const line of [story, verhalen[id] ?? '']) {
      assert.match(line, /^[A-Z“].{20,160}[.]$/u, `${id}: ${line}`);
      assert.doesNotMatch(line, /\n/);
    }
  assert.equal(Object.keys(verhalen).length, PEOPLE.length);
  assert.equal(new Set(Object.values(verhalen)).size, PEOPLE.length);
});

test('addresses and numbers are made up', () => {
  for (const { address, secondAddress, phone } of PEOPLE) {
    for (const one of [address, secondAddress ?? address]) assert.match(one, /^[a-z.]+@[a-z]+\.(example|test)$/);
    if (phone === null) continue;
    assert.match(phone, /^\+447700900\d{3}$/);
    const read = readNumber(phone, { defaultCountry: 'NL', countries: DEFAULT_POLICY.smsCountries });
    assert.deepEqual(read, { e164: phone });
  }
});

test('everybody could have chosen their password', async () => {
  for (const { name, address, password, houses } of PEOPLE) {
    const organisations = houses.map((house) => HOUSES[house].name);
    assert.equal(
      await acceptable(password, { minLength: 15, name, addresses: [address], organisations }),
      null,
      password,
    );
  }
});

test('the employers differ in date, language, zone and rules, and their rules are allowed', () => {
  const [quillwharf, bakery] = [HOUSES.quillwharf, HOUSES.duizendkorrel];
  assert.notEqual(quillwharf.language, bakery.language);
  assert.notEqual(quillwharf.timeZone, bakery.timeZone);
  assert.ok(bakery.campaign.deadlineInDays > 0 && bakery.campaign.deadlineInDays < quillwharf.campaign.deadlineInDays);
  for (const house of HOUSE_IDS) assert.deepEqual(readPolicy(HOUSES[house].policy).problems, []);
  assert.notDeepEqual(readPolicy(quillwharf.policy).policy, readPolicy(bakery.policy).policy);
});

test('everybody’s main employer is one of the two, and the first six exist', () => {
  for (const { id, houses } of PEOPLE) assert.notEqual(houses[0], 'tallybridge', id);
  for (const id of FIRST) assert.ok(byId(id), id);
});
