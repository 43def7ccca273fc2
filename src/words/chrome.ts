import type { Translate } from './translate.ts';

/** The words of the page parts themselves; has the shape of `UiTexts` in `#ui/texts.ts`. */
export function chrome({ t }: { t: Translate }) {
  return {
    skipToContent: t('common.skip-to-content'),
    errorPrefix: t('common.error-prefix'),
    optional: t('common.optional'),
    copy: t('common.copy'),
    copied: t('common.copied'),
    copyFailed: t('common.copy-failed'),
    download: t('common.download'),
    print: t('common.print'),
    show: t('common.show'),
    hide: t('common.hide'),
    showPassword: t('common.show-password'),
    hidePassword: t('common.hide-password'),
    language: t('common.language'),
    help: t('common.help'),
    myAccount: t('common.my-account'),
    signOut: t('common.sign-out'),
    poweredBy: t('common.powered-by'),
    stepOf: (step: number, of: number) => t('common.step-of', { step, of }),
  };
}
