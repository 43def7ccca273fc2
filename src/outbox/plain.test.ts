import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceOf } from '#words/device.ts';
import { headerLine, plain } from './plain.ts';

describe('text of others', () => {
  it('keeps ordinary names as they are', () => {
    for (const name of ['Zoë de Wit', "Siobhán O'Neill", 'J. R. Hartley', '山田 太郎', 'Bakkerij van Dam, Jun 2026'])
      assert.equal(plain(name), name);
  });

  it('takes away what makes text clickable, and what hides or turns text', () => {
    assert.equal(plain('https://evil.example/x'), 'https evil. example/x');
    assert.equal(plain('www.evil.example'), 'www. evil. example');
    assert.equal(plain('me@evil.example'), 'me at evil. example');
    assert.equal(plain('a\r\nBcc: b\u2028c\u202Egnp\u0000'), 'a Bcc: b c gnp');
    assert.equal(plain('<b>x</b>'), 'b x /b');
    assert.equal(plain('ev\u200Bil\uFEFF'), 'ev il');
  });

  it('shortens by what a person counts as letters', () => {
    assert.equal(plain('x'.repeat(300)).length, 60);
    assert.equal(plain('👩‍👩‍👧'.repeat(9), 5).endsWith('…'), true);
    assert.equal(headerLine('a\nb', 10), 'a b');
  });
});

describe('devices', () => {
  const agents: [string, string | null, string | null][] = [
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0',
      'Edge',
      'Windows',
    ],
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
      'Chrome',
      'Linux',
    ],
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36',
      'Chrome',
      'Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
      'Safari',
      'macOS',
    ],
    ['curl/8.0', null, null],
    ['', null, null],
  ];
  for (const [agent, browser, system] of agents) {
    it(`${browser ?? 'none'} on ${system ?? 'none'}`, () => assert.deepEqual(deviceOf(agent), { browser, system }));
  }
});
