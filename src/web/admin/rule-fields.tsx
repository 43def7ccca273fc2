import { Field, FieldError } from '#ui/field.tsx';
import { Section } from '#ui/section.tsx';
import { Select } from '#ui/select.tsx';
import type { FieldsProps } from './application-form.tsx';
import { NO_RULE } from './form-values.ts';

const ACCESS = ['public', 'signed-in', 'two-steps'] as const;
/** Lines to fill in below those that are there. Who needs more saves, and gets more. */
const SPARE = 2;

/** Which pages a web server lets whom see: a few lines, each of them complete without a script. */
export function RuleFields({ view, words: { t }, wrongAt }: FieldsProps) {
  const rules = [...view.values.rules, ...Array.from({ length: SPARE }, () => NO_RULE)];
  return (
    <Section id="rules" heading={t('admin.rules')} intro={<p>{t('admin.rules-intro')}</p>}>
      <FieldError id="rules" error={wrongAt('rules')} />
      {rules.map((rule, n) => (
        // oxlint-disable-next-line react/no-array-index-key -- a rule is its place in the list
        <fieldset key={n} class="part">
          <legend>{t('admin.rule-n', { n: n + 1 })}</legend>
          <div class="rule">
            <Field
              name={`rules.${n}.host`}
              label={t('admin.rule-host')}
              value={rule.host}
              error={wrongAt(`rules.${n}.host`)}
              autocomplete="off"
              inputmode="url"
            />
            <Field
              name={`rules.${n}.path`}
              label={t('admin.rule-path')}
              value={rule.path}
              error={wrongAt(`rules.${n}.path`)}
              autocomplete="off"
            />
          </div>
          <div class="rule">
            <Select
              name={`rules.${n}.access`}
              label={t('admin.rule-access')}
              value={rule.access}
              options={ACCESS.map((value) => ({ value, label: t(`admin.access-${value}`) }))}
            />
            <Field
              name={`rules.${n}.groups`}
              label={t('admin.rule-groups')}
              value={rule.groups}
              error={wrongAt(`rules.${n}.groups`)}
              autocomplete="off"
              optional
            />
          </div>
        </fieldset>
      ))}
    </Section>
  );
}
