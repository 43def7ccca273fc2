import type { Fact } from '#ui/facts.tsx';
import type { Words } from '#words/index.ts';
import type { ApplicationView } from './application.page.tsx';

type View = Pick<ApplicationView, 'application' | 'audience'>;

/** What is set, in the words of the form. */
export function factsOf(view: View, words: Words): Fact[] {
  const { t, shortDate, wait } = words;
  const { application } = view;
  const { policy, settings, homeUrl } = application;
  const list = (names: readonly string[]) => new Intl.ListFormat(words.lang).format(names);
  const strength = t(`admin.strength-${policy.strength}`);
  const fresh = policy.freshWithinSeconds;
  return [
    { name: t('admin.f-home'), value: homeUrl || t('admin.f-none') },
    { name: t('admin.f-organisations'), value: list(view.audience) },
    { name: t('admin.f-groups'), value: policy.groups.length > 0 ? list(policy.groups) : t('admin.f-everybody') },
    {
      name: t('admin.f-strength'),
      value:
        policy.strengthFor.length > 0
          ? t('admin.f-strength-for', { strength, groups: list(policy.strengthFor) })
          : strength,
    },
    {
      name: t('admin.f-fresh'),
      value: fresh === null ? t('admin.f-any-age') : wait(Temporal.Duration.from({ seconds: fresh })),
    },
    ...('rules' in settings ? rulesOf(settings, words) : oidcOf(settings, words)),
    { name: t('admin.f-changed'), value: shortDate(application.changedAt) },
  ];
}

type Settings = View['application']['settings'];

function rulesOf({ rules }: Extract<Settings, { rules: unknown }>, { t }: Words): Fact[] {
  return rules.map(({ host, path, access, groups }, n) => ({
    name: t('admin.rule-n', { n: n + 1 }),
    value: `${host}${path}: ${[t(`admin.access-${access}`), ...groups].join(', ')}`,
  }));
}

function oidcOf(settings: Exclude<Settings, { rules: unknown }>, { t }: Words): Fact[] {
  return [
    { name: t('admin.redirects'), value: settings.redirectUris.join(' ') },
    { name: t('admin.auth'), value: t(`admin.auth-${settings.authMethod}`) },
    { name: t('admin.scopes'), value: settings.scopes.join(' ') },
    { name: t('admin.f-consent'), value: t(settings.consent === 'ask' ? 'admin.yes' : 'admin.no') },
    { name: t('admin.profile'), value: t(`admin.profile-${settings.profile}`) },
  ];
}
