import { useState } from 'preact/hooks';
import { importFile, type ImportFailure, looksLikeExport } from '../keeping/export-file.ts';
import { Passphrase } from '../parts/field.tsx';
import { FilePress } from '../parts/file-press.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { TroubleNotice } from '../parts/trouble.tsx';
import { useApp } from '../state/app.ts';

type Chosen = { name: string; text: string };

/** A file of this app, from another device. What is here already is not added twice. */
export function ImportScreen() {
  const { model, words } = useApp();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [noFile, setNoFile] = useState<ImportFailure | 'no-file' | null>(null);
  const [wrong, setWrong] = useState<ImportFailure | 'no-passphrase' | null>(null);
  const [isWorking, setWorking] = useState(false);

  const choose = async (file: File) => {
    const text = await file.text();
    const failure = looksLikeExport(text);
    setNoFile(failure);
    setWrong(null);
    setChosen(failure ? null : { name: file.name, text });
  };
  const open = async () => {
    if (isWorking) return;
    if (!chosen) return setNoFile('no-file');
    if (passphrase === '') return setWrong('no-passphrase');
    setWrong(null);
    setWorking(true);
    const read = await importFile(chosen.text, passphrase);
    setWorking(false);
    if ('failed' in read) return setWrong(read.failed);
    await model.takeEntries(read.entries);
  };

  return (
    <Page heading={words.importTitle} lead={<p>{words.importLead}</p>} back>
      <TroubleNotice trouble={noFile} />
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <FilePress id="file" accept=".json,application/json" icon="paper" onFile={choose}>
          {chosen?.name ?? words.chooseFile}
        </FilePress>
        <div class="field after-file">
          <Passphrase
            id="passphrase"
            label={words.passphrase}
            error={wrong && words.unreadable[wrong]}
            value={passphrase}
            onInput={setPassphrase}
            isNew={false}
          />
        </div>
        <div class="actions">
          <Press submits>{isWorking ? words.working : words.openFile}</Press>
        </div>
      </form>
    </Page>
  );
}
