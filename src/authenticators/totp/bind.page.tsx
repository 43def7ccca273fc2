import { ButtonLink } from '#ui/button.tsx';
import { CodeField } from '#ui/code-field.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Actions } from '#ui/form.tsx';
import { Prose, Steps } from '#ui/prose.tsx';
import { Qr } from '#ui/qr.tsx';
import { SecretText } from '#ui/secret-text.tsx';
import type { ScannedScreen, ScanProps } from '../screen.ts';
import { encodeBase32 } from './base32.ts';
import { otpauthUri } from './otpauth.ts';

export const bindScreen: ScannedScreen = {
  title: 'enrol.totp-title',
  cost: 'enrol.totp-cost',
  scanHeading: 'enrol.scan-heading',
  entryOf: ({ secret, label }, account) => ({
    uri: otpauthUri({ issuer: label, account, secret }),
    longCode: encodeBase32(secret.reveal()),
    issuer: label,
    account,
  }),
  Scan: (props) => (props.onPhone ? <OnPhone {...props} /> : <OnComputer {...props} />),
  proveHeading: 'enrol.prove-heading',
  proveLead: 'enrol.prove-lead',
  Prove: ({ words: { t }, error }) => <CodeField label={t('sign-in.code')} error={error} autofocus clock />,
};

function OnComputer(props: ScanProps) {
  const { words, uri } = props;
  const { t } = words;
  return (
    <>
      <Steps items={[t('enrol.scan-open'), t('enrol.scan-add'), t('enrol.scan-point')]} />
      <Qr text={uri} label={t('enrol.qr-label')} />
      <Disclosure summary={t('enrol.trouble')} id="trouble">
        <ByHand {...props} />
      </Disclosure>
    </>
  );
}

/** A phone cannot scan its own screen: the way by hand comes first and the QR code, for another phone, second. */
function OnPhone(props: ScanProps) {
  const { words, uri } = props;
  const { t } = words;
  return (
    <>
      <Prose>
        <p>{t('enrol.phone-lead')}</p>
      </Prose>
      <Actions>
        <ButtonLink href={uri} kind="primary">
          {t('enrol.open-app')}
        </ButtonLink>
      </Actions>
      <Prose>
        <p>{t('enrol.phone-or-copy')}</p>
      </Prose>
      <ByHand {...props} />
      <section aria-labelledby="other-phone">
        <h2 class="minor-heading" id="other-phone">
          {t('enrol.phone-show-qr')}
        </h2>
        <Qr text={uri} label={t('enrol.qr-label')} />
      </section>
    </>
  );
}

function ByHand({ words: { t }, longCode, account, issuer }: ScanProps) {
  return (
    <section aria-labelledby="by-hand">
      <h2 class="minor-heading" id="by-hand">
        {t('enrol.enter-manually')}
      </h2>
      <Prose>
        <p>{t('enrol.enter-manually-how')}</p>
      </Prose>
      <SecretText id="issuer" label={t('enrol.issuer')} value={issuer} group={0} />
      <SecretText id="account-name" label={t('enrol.account-name')} value={account} group={0} />
      <SecretText id="long-code" label={t('enrol.long-code')} value={longCode} masked />
    </section>
  );
}
