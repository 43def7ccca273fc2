import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookThroughLinks, whereTo } from './own-link.ts';

const one = (address: string, title = 'Wages') => lookThroughLinks([{ title, address }]);

test('a page, a mailbox or a telephone number is kept as a browser writes it, and says where it leads', () => {
  for (const [written, kept, shown] of [
    [' https://Wages.example ', 'https://wages.example/', 'wages.example'],
    ['HTTPS://wages.example:8443/a?b=c#d', 'https://wages.example:8443/a?b=c#d', 'wages.example:8443'],
    ['https://wages.example/@room/12', 'https://wages.example/@room/12', 'wages.example'],
    ['https://192.0.2.7/wages', 'https://192.0.2.7/wages', '192.0.2.7'],
    ['mailto:wages+help@bakery.example', 'mailto:wages+help@bakery.example', 'wages+help@bakery.example'],
    ['tel:+442079460012', 'tel:+442079460012', '+442079460012'],
    ['TEL:(020)7946-0012;ext=12', 'tel:(020)7946-0012;ext=12', '(020)7946-0012;ext=12'],
  ] as const) {
    const looked = one(written);
    assert.deepEqual(looked, { links: [{ title: 'Wages', address: kept }] }, written);
    assert.equal(whereTo({ title: '', address: kept }), shown);
  }
});

test('any other address is refused beside its field', () => {
  for (const address of [
    '',
    'wages.example',
    '//wages.example',
    '/account',
    'http://wages.example',
    'https:wages.example',
    'https:/wages.example',
    'https:///wages.example',
    'https://',
    'https://?wages.example',
    'https://bakery.example@evil.example/',
    'https://a:b@evil.example/',
    'https://bakery.example%40evil.example/%zz@',
    'https://bakery.example\\@evil.example/',
    'https://wages.example/a b',
    'https://wages.example/\nb',
    'https://wages.example/\u0000',
    'https://wages.example/\u202Egpj',
    'https://w\u0430ges.example/',
    'https://wages.example/"onmouseover=alert(1)',
    'https://wages.example/<script>',
    `https://wages.example/${'a'.repeat(500)}`,
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://wages.example/1',
    'file:///etc/passwd',
    'intent://wages#Intent;scheme=https;end',
    'mailto:',
    'mailto:wages',
    'mailto:a@bakery.example,b@bakery.example',
    'mailto:wages@bakery.example?bcc=thief@evil.example',
    'mailto:wages@bakery.example%0abcc:thief@evil.example',
    'tel:',
    'tel:+',
    'tel:()',
    'tel:*21*0900123456%23',
    'tel:+44 20 7946 0012',
    'tel:+442079460012;phone-context=evil.example',
    'sms:+442079460012',
  ]) {
    const looked = one(address);
    const wrong = 'wrong' in looked ? looked.wrong.map(({ field, refused }) => `${field} ${refused.refusal}`) : [];
    assert.deepEqual(wrong, ['links.0.address link-address-invalid'], JSON.stringify(address));
  }
});

test('a title is one line of what it says; empty lines are left out, and nine are too many', () => {
  for (const title of ['', '   ', 'a\nb', 'a\u202Eb', 'a\u2028b', 'a\u0000', 'x'.repeat(81)]) {
    const looked = one('https://wages.example', title);
    assert.ok('wrong' in looked, JSON.stringify(title));
    assert.deepEqual(
      looked.wrong.map(({ field }) => field),
      ['links.0.title'],
    );
  }
  assert.ok('links' in one('https://wages.example', '😀'.repeat(80)), 'counted as people count');
  const nothing = { title: ' ', address: '' };
  const fine = { title: 'Cafe\u0301', address: 'https://cafe.example/' };
  const gaps = lookThroughLinks([nothing, fine, nothing, { ...fine, address: 'http://cafe.example' }]);
  assert.deepEqual('wrong' in gaps && gaps.wrong.map(({ field }) => field), ['links.3.address'], 'by the line typed');
  assert.deepEqual(lookThroughLinks([nothing, fine, nothing]), { links: [{ ...fine, title: 'Café' }] });
  assert.ok('links' in lookThroughLinks(Array.from({ length: 8 }, () => fine)));
  const nine = lookThroughLinks(Array.from({ length: 9 }, () => fine));
  assert.deepEqual('wrong' in nine && nine.wrong.map(({ field }) => field), ['links']);
});
