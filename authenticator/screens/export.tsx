import { useState } from 'preact/hooks';
import { Notice } from '#ui/notice.tsx';
import { exportFile, PASSPHRASE_LEAST } from '../keeping/export-file.ts';
import { Passphrase } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useApp } from '../state/app.ts';

type Wrong = 'short-passphrase' | 'not-repeated' | null;

/** Everything into one file, for the next phone or a safe place. */
export function ExportScreen() {
  const { state, model, words } = useApp();
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [wrong, setWrong] = useState<Wrong>(null);
  const [isWorking, setWorking] = useState(false);

  const save = async () => {
    if (isWorking) return;
    if ([...passphrase].length < PASSPHRASE_LEAST) return setWrong('short-passphrase');
    if (passphrase !== repeated) return setWrong('not-repeated');
    setWrong(null);
    setWorking(true);
    download(await exportFile(await model.entries(), passphrase));
    setWorking(false);
    model.home();
    model.say(words.exported);
  };

  if (state.accounts.length === 0)
    return (
      <Page heading={words.exportTitle} back>
        <Notice kind="info">
          <p>{words.unreadable['nothing-to-export']}</p>
        </Notice>
      </Page>
    );
  return (
    <Page heading={words.exportTitle} lead={<p>{words.exportLead}</p>} back>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Passphrase
          id="passphrase"
          label={words.passphrase}
          hint={wrong === 'short-passphrase' ? undefined : words.unreadable['short-passphrase'](PASSPHRASE_LEAST)}
          error={wrong === 'short-passphrase' ? words.unreadable[wrong](PASSPHRASE_LEAST) : null}
          value={passphrase}
          onInput={setPassphrase}
          isNew
        />
        <Passphrase
          id="repeated"
          label={words.repeated}
          error={wrong === 'not-repeated' ? words.unreadable[wrong] : null}
          value={repeated}
          onInput={setRepeated}
          isNew
        />
        <div class="actions">
          <Press submits>{isWorking ? words.working : words.makeFile}</Press>
        </div>
      </form>
    </Page>
  );
}

function download(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = `nachtslot-authenticator-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
