import type { Refused } from '#core/refusal.ts';
import type { Wrong } from '#core/application/rules.ts';
import type { Application } from '#store/rows.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CheckBox } from '#ui/check-box.tsx';
import { ErrorSummary } from '#ui/error-summary.tsx';
import { Field, FieldError } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Section } from '#ui/section.tsx';
import type { Words } from '#words/index.ts';
import type { FormValues } from './form-values.ts';
import { OidcFields } from './oidc-fields.tsx';
import { PolicyFields } from './policy-fields.tsx';
import { RuleFields } from './rule-fields.tsx';
import { Whole } from './whole.tsx';

export type FormView = {
  kind: Application['kind'];
  values: FormValues;
  wrong: readonly Wrong[];
  /** Wrong with the whole of it: changed meanwhile, or the proof is too old. */
  refused: Refused | null;
  /** That may be let in. */
  organisations: readonly { id: string; name: string }[];
  /** Names of groups that exist, to choose from. */
  groups: readonly string[];
  /** `changedAt` of what is being changed. */
  seen: string;
  now: Temporal.Instant;
};

export type FieldsProps = { view: FormView; words: Words; wrongAt: (field: string) => string | null };

type Props = { view: FormView; words: Words; action: string; cancel: string; submit: string };

/** Everything that can be said about an application, the simple things first. */
export function ApplicationForm({ view, words, action, cancel, submit }: Props) {
  const { t } = words;
  const { values, wrong, now } = view;
  const wrongAt = (field: string) => {
    const found = wrong.find((one) => one.field === field);
    return found ? words.refusal(found.refused, now) : null;
  };
  const props = { view, words, wrongAt };
  return (
    <>
      <ErrorSummary
        heading={t('common.fix-these')}
        errors={wrong.map(({ field, refused }) => ({
          field: idOf(field, view),
          sentence: words.refusal(refused, now),
        }))}
      />
      {view.refused && <Whole refused={view.refused} now={now} words={words} />}
      <Form action={action} hidden={{ kind: view.kind, seen: view.seen }}>
        <Section id="basics" heading={t('admin.basics')}>
          <Field
            name="name"
            label={t('admin.name')}
            hint={t('admin.name-hint')}
            value={values.name}
            error={wrongAt('name')}
            autocomplete="off"
            required
          />
          <Field
            name="homeUrl"
            label={t('admin.home')}
            hint={t('admin.home-hint')}
            value={values.homeUrl}
            error={wrongAt('homeUrl')}
            inputmode="url"
            autocomplete="off"
            optional
          />
        </Section>
        {view.kind === 'oidc' ? <OidcFields {...props} /> : <RuleFields {...props} />}
        <Section id="who" heading={t('admin.who')}>
          <fieldset class="part" id="audience">
            <legend>{t('admin.audience')}</legend>
            <FieldError id="audience" error={wrongAt('audience')} />
            {view.organisations.map(({ id, name }) => (
              <CheckBox key={id} name={`audience.${id}`} label={name} checked={values.audience.includes(id)} />
            ))}
          </fieldset>
          <PolicyFields {...props} />
        </Section>
        <Actions>
          <Button>{submit}</Button>
          <ButtonLink href={cancel} kind="quiet">
            {t('common.cancel')}
          </ButtonLink>
        </Actions>
      </Form>
    </>
  );
}

/** Where the link of the summary leads: choices are groups, and have no field of that name. */
function idOf(field: string, { values }: FormView): string {
  if (field === 'authMethod') return `authMethod-${values.oidc.authMethod}`;
  return field === 'scopes' ? 'scope.profile' : field;
}
