import { CheckBox } from '#ui/check-box.tsx';
import { Choices } from '#ui/choices.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Field, FieldError } from '#ui/field.tsx';
import { Section } from '#ui/section.tsx';
import { Select } from '#ui/select.tsx';
import { TextArea } from '#ui/text-area.tsx';
import type { FieldsProps } from './application-form.tsx';

const TYPES = ['web', 'native'] as const;
const METHODS = ['client_secret_basic', 'private_key_jwt', 'none', 'client_secret_post'] as const;
const ASKED = ['profile', 'email', 'organisation', 'groups', 'assurance', 'offline_access'] as const;
const OF_DEVELOPERS = ['postLogoutRedirectUris', 'backchannelLogoutUri', 'resources', 'jwks', 'profile'];

/** How an application that speaks OpenID Connect signs people in. */
export function OidcFields({ view, words, wrongAt }: FieldsProps) {
  const { t } = words;
  const { oidc } = view.values;
  return (
    <>
      <Section id="sign-in" heading={t('admin.sign-in')} intro={<p>{t('admin.sign-in-intro')}</p>}>
        <Choices
          name="type"
          legend={t('admin.type')}
          value={oidc.type}
          options={TYPES.map((value) => ({
            value,
            title: t(`admin.type-${value}`),
            cost: t(`admin.type-${value}-cost`),
          }))}
        />
        <TextArea
          name="redirectUris"
          label={t('admin.redirects')}
          hint={t('admin.redirects-hint')}
          value={oidc.redirectUris}
          error={wrongAt('redirectUris')}
          required
        />
        <Choices
          name="authMethod"
          legend={t('admin.auth')}
          value={oidc.authMethod}
          error={wrongAt('authMethod')}
          options={METHODS.map((value) => ({
            value,
            title: t(`admin.auth-${value}`),
            cost: t(`admin.auth-${value}-cost`),
          }))}
        />
        <fieldset class="part">
          <legend>{t('admin.scopes')}</legend>
          <FieldError id="scopes" error={wrongAt('scopes')} />
          {ASKED.map((scope) => (
            <CheckBox
              key={scope}
              name={`scope.${scope}`}
              label={t(`admin.scope-${scope}`)}
              checked={oidc.scopes.includes(scope)}
            />
          ))}
        </fieldset>
        <CheckBox
          name="consent"
          label={t('admin.consent')}
          description={t('admin.consent-hint')}
          checked={oidc.consent === 'ask'}
        />
        <Disclosure
          summary={t('admin.more')}
          open={oidc.authMethod === 'private_key_jwt' || OF_DEVELOPERS.some((field) => wrongAt(field) !== null)}
        >
          <DeveloperFields view={view} words={words} wrongAt={wrongAt} />
        </Disclosure>
      </Section>
    </>
  );
}

function DeveloperFields({ view, words: { t }, wrongAt }: FieldsProps) {
  const { oidc } = view.values;
  return (
    <>
      <TextArea
        name="jwks"
        label={t('admin.jwks')}
        hint={t('admin.jwks-hint')}
        value={oidc.jwks}
        error={wrongAt('jwks')}
        rows={5}
      />
      <TextArea
        name="postLogoutRedirectUris"
        label={t('admin.post-logout')}
        hint={t('admin.post-logout-hint')}
        value={oidc.postLogoutRedirectUris}
        error={wrongAt('postLogoutRedirectUris')}
        rows={2}
        optional
      />
      <Field
        name="backchannelLogoutUri"
        label={t('admin.backchannel')}
        hint={t('admin.backchannel-hint')}
        value={oidc.backchannelLogoutUri}
        error={wrongAt('backchannelLogoutUri')}
        inputmode="url"
        autocomplete="off"
        optional
      />
      <TextArea
        name="resources"
        label={t('admin.resources')}
        hint={t('admin.resources-hint')}
        value={oidc.resources}
        error={wrongAt('resources')}
        rows={2}
        optional
      />
      <Select
        name="idTokenAlg"
        label={t('admin.alg')}
        value={oidc.idTokenAlg}
        options={[
          { value: 'ES256', label: t('admin.alg-es256') },
          { value: 'RS256', label: t('admin.alg-rs256') },
        ]}
      />
      <Select
        name="profile"
        label={t('admin.profile')}
        value={oidc.profile}
        error={wrongAt('profile')}
        options={[
          { value: 'standard', label: t('admin.profile-standard') },
          { value: 'fapi2', label: t('admin.profile-fapi2') },
        ]}
      />
      <CheckBox name="dpop" label={t('admin.dpop')} checked={oidc.dpop} />
    </>
  );
}
