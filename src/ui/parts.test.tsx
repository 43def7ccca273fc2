import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VNode } from 'preact';
import { encode } from 'uqr';
import { BackupCode } from './backup-code.tsx';
import { Button, PostLink } from './button.tsx';
import { CheckBox } from './check-box.tsx';
import { Choices } from './choices.tsx';
import { CodeField } from './code-field.tsx';
import { Document, renderDocument } from './document.tsx';
import { DoorPage } from './door-page.tsx';
import { Field } from './field.tsx';
import { Form } from './form.tsx';
import type { Frame } from './frame.ts';
import { List, Row } from './list.tsx';
import { Notice } from './notice.tsx';
import { PasswordField } from './password-field.tsx';
import { Progress } from './progress.tsx';
import { Qr } from './qr.tsx';
import { SecretText } from './secret-text.tsx';
import { Section } from './section.tsx';
import type { UiTexts } from './texts.ts';
import { WidePage } from './wide-page.tsx';

const texts: UiTexts = {
  skipToContent: 'Skip',
  errorPrefix: 'Error:',
  optional: 'optional',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Copying did not work',
  download: 'Download',
  print: 'Print',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  language: 'Language',
  help: 'Help',
  myAccount: 'My account',
  signOut: 'Sign out',
  poweredBy: 'Nachtslot',
  stepOf: (step, of) => `Step ${step} of ${of}`,
};
const frame: Frame = {
  site: { name: 'Brouwer & Vos', home: '/' },
  person: { name: 'Grace <b>', signOut: '/sign-out', account: '/account' },
  languages: [
    { code: 'en', label: 'English', current: true },
    { code: 'nl', label: 'Nederlands', current: false },
  ],
  languageAction: '/language',
  here: '/enrol',
  help: '/help',
};

function html(part: VNode, hasError = false): string {
  const assets = { css: '/c.css', js: '/j.js', font: '/f.woff', favicon: '/i.svg' };
  return renderDocument(
    <Document lang="en" title="A page" texts={texts} assets={assets} nonce="n0nce" hasError={hasError}>
      {part}
    </Document>,
  );
}

const everything = (
  <DoorPage
    frame={frame}
    heading="Heading"
    progress={{ step: 2, of: 5 }}
    account={{ label: 'For', name: 'Grace' }}
    back={{ label: 'Back', action: '/enrol' }}
    turns={2}
  >
    <Form action="/enrol" hidden={{ do: 'next' }}>
      <Field
        name="number"
        label="Mobile number"
        hint="With country"
        error="That is no number."
        type="tel"
        value={'"><script>'}
      />
      <PasswordField name="password" label="Password" />
      <CodeField label="6-digit code" clock />
      <CheckBox name="saved" label="Saved" description="Really" error="Please tick." />
      <Choices
        name="type"
        legend="Way"
        options={[{ value: 'totp', title: 'App', cost: 'Six digits', badge: 'New' }]}
        error="Choose one."
      />
      <Button>Next</Button>
    </Form>
    <SecretText id="long" label="Long code" value="ABCDEFGHIJKLMNOPQRSTUVWX" masked />
    <BackupCode label="Backup code" code="7H2K-9MQD-XT4B-R0VW-3CFN" fileName="f.txt" fileText="t" downloadAction="/d" />
    <Qr text="otpauth://totp/x?secret=ABC" label="QR code" />
    <Notice kind="error" announce>
      No
    </Notice>
    <Section id="s" heading="Section">
      <List>
        <Row title="Row" actions={<PostLink action="/x">Remove</PostLink>} />
      </List>
    </Section>
  </DoorPage>
);

test('no part writes a style attribute or an inline handler: the policy would refuse them', () => {
  const page =
    html(everything) +
    html(
      <WidePage frame={frame} heading="H" nav={{ label: 'N', items: [{ id: 's', label: 'S' }] }}>
        x
      </WidePage>,
    );
  assert.doesNotMatch(page, /\sstyle=|\son[a-z]+=/i);
});

test('what people typed, and what they are called, stays text', () => {
  const page = html(everything);
  assert.ok(page.includes('Grace &lt;b>') || page.includes('Grace &lt;b&gt;'));
  assert.equal(page.match(/<script/g)?.length, 1);
});

test('no two elements of a page share an id', () => {
  const ids = [...html(everything).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
});

test('every id that a label or a description points to exists', () => {
  const page = html(everything);
  const wanted = [
    ...page.matchAll(/\s(?:for|aria-describedby|aria-labelledby|popovertarget|aria-controls|data-reveal)="([^"]+)"/g),
  ];
  for (const [attribute, ids = ''] of wanted)
    for (const id of ids.split(' ')) assert.ok(page.includes(` id="${id}"`), `${attribute} points nowhere`);
  assert.ok(wanted.length > 12);
});

test('an error is tied to its field, announced, and takes the cursor', () => {
  const page = html(<Field name="number" label="Mobile number" hint="With country" error="That is no number." />);
  assert.match(page, /<input[^>]* autofocus[^>]* aria-invalid="true" aria-describedby="number-hint number-error"/);
  assert.match(page, /<p class="error" id="number-error" role="alert">/);
});

test('a field without an error says nothing of one', () => {
  assert.doesNotMatch(html(<Field name="number" label="Mobile number" />), /aria-invalid|autofocus|aria-describedby/);
});

test('a password is never sent back into the page', () => {
  assert.doesNotMatch(html(<PasswordField name="password" label="Password" />), /<input[^>]*value=/);
});

test('a code field takes autofill from a text message and brings the digits of a phone', () => {
  const page = html(<CodeField label="6-digit code" />);
  assert.match(page, /autocomplete="one-time-code"/);
  assert.match(page, /inputmode="numeric"/);
});

test('buttons that need a script are hidden until one runs; Download is not', () => {
  const page = html(everything);
  for (const needy of ['data-copy', 'data-print', 'data-reveal', 'data-show'])
    for (const [button] of page.matchAll(new RegExp(`<button[^>]*${needy}[^>]*>`, 'g')))
      assert.match(button, / hidden/);
  const [download = ''] = page.match(/<button[^>]*data-download[^>]*>/) ?? [];
  assert.match(download, /type="submit"/);
  assert.doesNotMatch(download, / hidden/);
});

test('the backup code reads as one text, dashes and all', () => {
  const [, code = ''] = html(everything).match(/id="backup-code"[^>]*>(.*?)<\/div>/) ?? [];
  assert.equal(code.replace(/<[^>]+>/g, ''), '7H2K-9MQD-XT4B-R0VW-3CFN');
});

test('a long code reads in groups of four and is copied without them', () => {
  const page = html(<SecretText id="long" label="Long code" value="ABCDEFGHIJKLMNOPQRSTUVWX" />);
  const [, code = ''] = page.match(/<code[^>]*>(.*?)<\/code>/) ?? [];
  assert.equal(code.replace(/<[^>]+>/g, ''), 'ABCD EFGH IJKL MNOP QRST UVWX');
  assert.match(code, /<span>ABCD EFGH IJKL MNOP<\/span>/, 'breaks into lines of four groups');
  assert.match(page, /data-copy="ABCDEFGHIJKLMNOPQRSTUVWX"/);
});

test('the drawn QR code has exactly the dark modules of the encoded one', () => {
  const text = 'otpauth://totp/Brouwer:grace?secret=JBSWY3DPEHPK3PXP&issuer=Brouwer';
  const { data } = encode(text, { ecc: 'M', border: 4 });
  const [, path = ''] = html(<Qr text={text} label="QR code" />).match(/stroke="#000" d="([^"]+)"/) ?? [];
  const drawn = data.map((row) => row.map(() => false));
  let [x, y] = [0, 0];
  for (const [, command, a = '0', b] of path.matchAll(/([Mmh])([\d.]+)(?: ([\d.]+))?/g)) {
    if (command === 'M') [x, y] = [Number(a), Math.floor(Number(b))];
    if (command === 'm') x += Number(a);
    if (command === 'h') for (const end = x + Number(a); x < end; x++) (drawn[y] ?? [])[x] = true;
  }
  assert.deepEqual(drawn, data);
});

test('progress says in words what it draws', () => {
  const page = html(<Progress step={2} of={5} />);
  assert.match(page, /<p>Step 2 of 5<\/p>/);
  assert.equal(page.match(/class="out( now)?"/g)?.length, 2);
  assert.equal(page.match(/<i/g)?.length, 5);
});

test('the title says first that something went wrong', () => {
  assert.match(html(everything, true), /<title>Error: A page<\/title>/);
});

test('switching the language and signing out are posts: following a link changes nothing', () => {
  const page = html(everything);
  assert.match(page, /<form method="post" action="\/language"/);
  assert.match(page, /<form method="post" action="\/sign-out"/);
});
