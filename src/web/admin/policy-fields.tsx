import { Choices } from '#ui/choices.tsx';
import { Field } from '#ui/field.tsx';
import { TextArea } from '#ui/text-area.tsx';
import type { FieldsProps } from './application-form.tsx';

const STRENGTHS = ['organisation', 'two-steps', 'phishing-resistant'] as const;

/** Who of the organisations may use it, how strongly they have to prove themselves, and how freshly. */
export function PolicyFields({ view, words: { t, lang }, wrongAt }: FieldsProps) {
  const { values, groups } = view;
  const known = groups.length > 0 && t('admin.groups-known', { groups: new Intl.ListFormat(lang).format(groups) });
  return (
    <>
      <TextArea
        name="groups"
        label={t('admin.groups')}
        hint={[t('admin.groups-hint'), known].filter(Boolean).join(' ')}
        value={values.groups}
        error={wrongAt('groups')}
        optional
      />
      <Choices
        name="strength"
        legend={t('admin.how-strong')}
        value={values.strength}
        error={wrongAt('strength')}
        options={STRENGTHS.map((value) => ({
          value,
          title: t(`admin.strength-${value}`),
          cost: t(`admin.strength-${value}-cost`),
        }))}
      />
      <TextArea
        name="strengthFor"
        label={t('admin.strength-for')}
        hint={t('admin.strength-for-hint')}
        value={values.strengthFor}
        error={wrongAt('strengthFor')}
        rows={2}
        optional
      />
      <Field
        name="freshWithinSeconds"
        label={t('admin.fresh')}
        hint={t('admin.fresh-hint')}
        value={values.freshMinutes}
        error={wrongAt('freshWithinSeconds')}
        inputmode="decimal"
        autocomplete="off"
        short
        optional
      />
    </>
  );
}
