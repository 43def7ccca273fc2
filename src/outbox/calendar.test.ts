import assert from 'node:assert/strict';
import { it } from 'node:test';
import { calendarFile } from './calendar.ts';

const entry = {
  id: 'campaign-1.account-1@login.example',
  day: Temporal.PlainDate.from('2026-12-31'),
  stamp: Temporal.PlainDate.from('2026-11-16'),
  summary: 'Laatste dag: tweestapsverificatie voor Bakkerij; "Van Dam", Zoë & zonen\\dochters éééééééééééééééééééé',
  link: 'https://login.example/enrol',
};

it('escapes and folds: no line above 75 octets, and unfolded it says what was meant (RFC 5545 §3.1, §3.3.11)', () => {
  const file = calendarFile(entry);
  for (const line of file.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  const unfolded = file.replaceAll('\r\n ', '');
  assert.ok(unfolded.includes('voor Bakkerij\\; "Van Dam"\\, Zoë & zonen\\\\dochters ééé'));
  assert.ok(unfolded.includes('DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n'));
  assert.doesNotMatch(file.replaceAll('\r\n', ''), /[\r\n]/);
});

it('a later reminder replaces the entry of an earlier one', () => {
  const number = (stamp: string) =>
    Number(/SEQUENCE:(\d+)/.exec(calendarFile({ ...entry, stamp: Temporal.PlainDate.from(stamp) }))?.[1]);
  assert.ok(number('2026-12-17') > number('2026-11-16'));
});

it('a name cannot add lines', () => {
  const file = calendarFile({ ...entry, summary: 'x\r\nATTENDEE:mailto:thief@evil.example' });
  assert.doesNotMatch(file, /^ATTENDEE/m);
});
