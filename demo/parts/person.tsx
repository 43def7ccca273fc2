import { Button } from '#ui/button.tsx';
import { Form } from '#ui/form.tsx';
import { Icon } from '#ui/icon.tsx';
import { SecretText } from '#ui/secret-text.tsx';
import type { DemoWords } from '../words/en.ts';

export type PersonView = {
  id: string;
  name: string;
  address: string;
  /** Null once it was changed. */
  password: string | null;
  /** Names of the employers, or "no employer". */
  employers: string;
  /** The language of the person, where it is not the language of the page. */
  story: string;
  codes: readonly { label: string; digits: string; secondsLeft: number; secondsOff: number }[];
  phone: string | null;
  backupCode: string | null;
  card: { number: number; code: string } | null;
  hasLaptop: boolean;
  isOpen: boolean;
};

/** One line of story; what is needed to be this person is behind it. `place` keeps the two cards of one person apart. */
export function PersonCard({ person, say, place }: { person: PersonView; say: DemoWords; place: 'first' | 'all' }) {
  const { id, name, story, employers, isOpen } = person;
  return (
    <details class="person" id={place === 'all' ? id : undefined} open={isOpen}>
      <summary>
        <Icon name="chevron" />
        <span class="person-text">
          <bdi class="person-name">{name}</bdi> <span class="person-employers">{employers}</span>
          <span class="person-story">{story}</span>
        </span>
      </summary>
      <div class="person-keys">
        <Keys person={person} say={say} prefix={`${place}-${id}`} />
        <Doors person={person} say={say} />
      </div>
    </details>
  );
}

function Keys({ person, say, prefix }: { person: PersonView; say: DemoWords; prefix: string }) {
  const { address, password, codes, phone, backupCode, card } = person;
  return (
    <>
      <SecretText id={`${prefix}-address`} label={say.address} value={address} group={0} />
      {password === null ? (
        <p class="hint">{`${say.password}: ${say.changed}`}</p>
      ) : (
        <SecretText id={`${prefix}-password`} label={say.password} value={password} group={0} />
      )}
      {codes.map(({ label, digits, secondsLeft, secondsOff }, index) => (
        <div key={label + String(index)}>
          <SecretText id={`${prefix}-code-${index}`} label={say.code(label)} value={digits} group={3} />
          <p class="hint">
            {say.codeLasts(secondsLeft)}
            {secondsOff !== 0 && ` ${say.codeOff(secondsOff)}`}
          </p>
        </div>
      ))}
      {phone && <SecretText id={`${prefix}-phone`} label={say.phone} value={phone} group={0} copy={false} />}
      {card && <SecretText id={`${prefix}-card`} label={say.cardCode(card.number)} value={card.code} group={0} />}
      {backupCode && <SecretText id={`${prefix}-backup`} label={say.backupCode} value={backupCode} group={0} />}
    </>
  );
}

function Doors({ person: { id, address, hasLaptop }, say }: { person: PersonView; say: DemoWords }) {
  return (
    <Form action="/demo/be" hidden={{ person: id }}>
      <div class="actions">
        <Button name="on" value="new-browser">
          {say.signIn}
        </Button>
        {hasLaptop && (
          <Button kind="quiet" name="on" value="laptop">
            {say.onLaptop}
          </Button>
        )}
        <a href={`/demo?to=${encodeURIComponent(address)}#messages`}>{say.theirs}</a>
      </div>
      <p class="hint">{say.leaves}</p>
    </Form>
  );
}
