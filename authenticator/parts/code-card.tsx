import { useEffect, useRef } from 'preact/hooks';
import type { Names } from '../codes/entry.ts';
import { grouped, secondsLeft } from '../codes/totp.ts';
import type { Account } from '../keeping/vault.ts';
import { useApp } from '../state/app.ts';
import { useCodes } from '../state/codes.ts';
import type { Words } from '../words/index.ts';
import { IconPress } from './press.tsx';
import { Ring } from './ring.tsx';

/** From here on the next code is the one to type: it takes a few seconds to type six digits. */
const ENDING_SECONDS = 5;

/** One account with its code. The code itself is what is pressed to copy it. */
export function CodeCard({ account, now, fresh }: { account: Account; now: number; fresh: boolean }) {
  const { model, words } = useApp();
  const codes = useCodes(account, now);
  const left = secondsLeft(now, account);
  const name = nameOf(account, words);
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (fresh) card.current?.scrollIntoView({ block: 'nearest' });
  }, [fresh]);
  return (
    <li ref={card} class={fresh ? 'code-card fresh' : 'code-card'}>
      <div class="code-head">
        <div class="code-names">
          <h2>{account.issuer || account.account || words.unnamed}</h2>
          {account.issuer && account.account && <p>{account.account}</p>}
        </div>
        <IconPress icon="more" name={words.more(name)} onPress={() => model.go({ at: 'account', id: account.id })} />
      </div>
      <div class="code-line">
        <CodePress code={codes?.now ?? ''} name={name} />
        <Ring left={left} of={account.periodSeconds} />
      </div>
      <p class={left <= ENDING_SECONDS ? 'code-next ending' : 'code-next'}>
        {words.next} <span class="notranslate">{codes?.next ? grouped(codes.next) : '…'}</span>
      </p>
    </li>
  );
}

function CodePress({ code, name }: { code: string; name: string }) {
  const { model, words } = useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      model.say(words.copied);
    } catch {
      model.say(words.copyFailed, 'bad');
    }
  };
  return (
    <button
      type="button"
      class="code-press notranslate"
      aria-label={words.copyCode(name, grouped(code))}
      onClick={() => void copy()}
    >
      {code ? grouped(code) : '…'}
    </button>
  );
}

export function nameOf({ issuer, account }: Names, words: Words): string {
  if (issuer && account) return `${issuer} (${account})`;
  return issuer || account || words.unnamed;
}
