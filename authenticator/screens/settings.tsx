import type { ComponentChildren } from 'preact';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useApp } from '../state/app.ts';
import { LANGUAGES, languageOf } from '../words/index.ts';

export function SettingsScreen() {
  const { state, model, words } = useApp();
  return (
    <Page heading={words.menu} back>
      <Part heading={words.lockHeading}>
        <LockPart />
      </Part>
      {state.notifications && (
        <Part heading={words.notificationsHeading}>
          <NotificationsPart state={state.notifications} />
        </Part>
      )}
      <Part heading={words.moveHeading}>
        <p>{words.moveLead}</p>
        <div class="tools">
          <Press kind="quiet" onPress={() => model.go({ at: 'export' })}>
            {words.exportIt}
          </Press>
          <Press kind="quiet" onPress={() => model.go({ at: 'import' })}>
            {words.importIt}
          </Press>
        </div>
      </Part>
      <Part heading={words.languageHeading}>
        <div class="tools" role="group" aria-label={words.languageHeading}>
          {Object.entries(LANGUAGES).map(([code, { label }]) => (
            <button
              key={code}
              type="button"
              lang={code}
              class="button quiet toggle"
              aria-pressed={code === state.language}
              onClick={() => void model.speak(languageOf(code))}
            >
              {label}
            </button>
          ))}
        </div>
      </Part>
      <Part heading={words.aboutHeading}>
        <p>{words.aboutLead}</p>
        <p>
          <button type="button" class="link leave" onClick={() => model.go({ at: 'forget' })}>
            {words.forget}
          </button>
        </p>
      </Part>
    </Page>
  );
}

/** Says what the lock is worth: encryption, or a question before the codes are shown. */
function LockPart() {
  const { state, model, words } = useApp();
  if (!state.lock && !state.canLock) return <p>{words.lockUnavailable}</p>;
  if (!state.lock)
    return (
      <>
        <p>{words.lockOffLead}</p>
        <p>{words.lockExportFirst}</p>
        <div class="tools">
          <Press kind="quiet" icon="key" onPress={model.turnLockOn}>
            {words.lockTurnOn}
          </Press>
        </div>
      </>
    );
  return (
    <>
      <p>{state.lock === 'sealed' ? words.lockSealed : words.lockScreen}</p>
      <p>{words.lockReturns}</p>
      <div class="tools">
        <Press kind="quiet" icon="key" onPress={model.close}>
          {words.lockNow}
        </Press>
        <Press kind="quiet" onPress={model.turnLockOff}>
          {words.lockTurnOff}
        </Press>
      </div>
    </>
  );
}

/** Says how it stands, and what the notification shows; where the browser stands in the way, who can change that. */
function NotificationsPart({ state }: { state: 'on' | 'off' | 'blocked' | 'impossible' }) {
  const { model, words } = useApp();
  if (state === 'blocked') return <p>{words.notificationsBlocked}</p>;
  if (state === 'impossible') return <p>{words.notificationsImpossible}</p>;
  return (
    <>
      <p>{state === 'on' ? words.notificationsOnLead : words.notificationsOffLead}</p>
      <div class="tools">
        {state === 'on' ? (
          <Press kind="quiet" onPress={model.turnNotificationsOff}>
            {words.notificationsTurnOff}
          </Press>
        ) : (
          <Press kind="quiet" icon="phone" onPress={model.turnNotificationsOn}>
            {words.notificationsTurnOn}
          </Press>
        )}
      </div>
    </>
  );
}

function Part({ heading, children }: { heading: string; children: ComponentChildren }) {
  return (
    <section class="part">
      <h2>{heading}</h2>
      {children}
    </section>
  );
}
