import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS } from './commands.ts';
import { place } from './testing.ts';

const ADDRESS = 'grace@vandam.example';
const PROMISED =
  `init, serve, doctor, migrate, verify, backup, restore, keys rotate, audit verify, audit export, routes,
  user add, user disable, user export, user recover, org add, org list, org policy,
  campaign add, campaign list, campaign pause, campaign resume, campaign extend, campaign exempt, help import, help report`.split(
    /,\s+/,
  );

test('every command that is promised is there, and explains itself', async () => {
  assert.deepEqual(Object.keys(COMMANDS).sort(), PROMISED.toSorted());
  const here = place();
  const help = await here.run('--help');
  assert.equal(help.code, 0);
  for (const name of PROMISED) {
    assert.match(help.out, new RegExp(`^  ${name}`, 'm'));
    const one = await here.run(...name.split(' '), '--help');
    assert.equal(one.code, 0);
    assert.match(one.out, new RegExp(`^nachtslot ${name}`));
  }
});

test('a wrong command line is exit 2, and says what would be right', async () => {
  const here = place();
  const cases: [string[], RegExp][] = [
    [[], /^nachtslot: Say what to do\. Try: nachtslot --help\n$/],
    [['nonsense'], /There is no command "nonsense"/],
    [['keys'], /There is no command "keys"/],
    [['__proto__'], /There is no command/],
    [['toString'], /There is no command/],
    [['serve', '--prot=3'], /Unknown option '--prot'/],
    [['backup'], /It takes FILE after "backup"/],
    [['backup', 'a', 'b'], /It takes FILE after "backup"/],
    [['migrate', 'now'], /It takes no words after "migrate"/],
    [['user', 'add', 'nobody'], /ADDRESS must be a mail address/],
    [['user', 'add', ADDRESS, '--role', 'king'], /--role must be member, agent, administrator/],
    [['audit', 'export', '--after', 'x'], /--after must be the number of a line/],
  ];
  for (const [line, expected] of cases) {
    const { code, out, err } = await here.run(...line);
    assert.deepEqual([line, code, out], [line, 2, '']);
    assert.match(err, expected);
  }
});

test('with --json a refusal is JSON as well', async () => {
  const here = place();
  const refused = await here.run('verify', '--json');
  assert.deepEqual([refused.code, refused.err], [1, '']);
  const answer: unknown = JSON.parse(refused.out);
  assert.match(String(Reflect.get(Object(answer), 'reason')), /There is no database at/);
  assert.equal((await here.run('verify', '--jsn', '--json')).code, 2);
});

test('a configuration that is wrong stops every command, with each of its faults', async () => {
  const here = place({ PORT: 'x', NACHTSLOT_LOG_LEVEL: 'y' });
  const { code, err } = await here.run('org', 'list');
  assert.equal(code, 1);
  assert.deepEqual(
    err
      .trim()
      .split('\n')
      .map((line) => line.split(' must')[0])
      .join(),
    'nachtslot: PORT,nachtslot: NACHTSLOT_LOG_LEVEL',
  );
});

test('the list of routes says for each who may come in', async () => {
  const { code, out } = await place().run('routes');
  assert.equal(code, 0);
  assert.match(out, /^POST +\/sign-in +public$/m);
  assert.match(out, /^GET +\/account +L1$/m);
  assert.match(out, /^POST +\/admin\/tokens\/create +fresh-admin$/m);
  assert.match(out, /^DELETE +\/api\/v1\/applications\/:id +token-write$/m);
  for (const line of out.trim().split('\n'))
    assert.match(
      line,
      /^(GET|POST|PUT|DELETE) +\/\S* +(public|pending|L1|fresh-L2|help|(fresh-)?admin|proxy|client|token-(read|write)|health)$/,
    );
});
