import type { ComponentChildren } from 'preact';
import { PostLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import type { Props } from '../page.ts';

/** What every page of the wizard shows: whose account, which step of how many, the way back, and the way out. */
export type WizardView = {
  name: string;
  address: string;
  progress: { step: number; of: number } | null;
  canGoBack: boolean;
  /** *Cancel* is there while nothing is bound yet and nobody demands it. */
  canLeave: boolean;
  error: string | null;
};

export function WizardPage(
  props: Pick<Props<WizardView>, 'view' | 'words' | 'frame'> & {
    heading: string;
    lead?: ComponentChildren;
    aside?: ComponentChildren;
    children: ComponentChildren;
  },
) {
  const { view, words, frame, heading, lead, aside, children } = props;
  const { t } = words;
  return (
    <DoorPage
      frame={frame}
      heading={heading}
      lead={lead}
      account={{ label: t('enrol.setting-up-for'), name: view.name, detail: view.address }}
      progress={view.progress ?? undefined}
      back={view.canGoBack ? { label: t('common.back'), action: '/enrol/back' } : undefined}
      aside={
        <>
          {aside}
          {view.canLeave && <PostLink action="/enrol/leave">{t('common.cancel')}</PostLink>}
        </>
      }
    >
      {children}
    </DoorPage>
  );
}

/** For the galleries of the wizard's pages. */
export function exampleOf(step: number, view: Partial<WizardView> = {}): WizardView {
  return {
    name: 'Grace de Boer',
    address: 'grace@bakkerij.example',
    progress: { step, of: 5 },
    canGoBack: step > 1 && step < 4,
    canLeave: step < 4,
    error: null,
    ...view,
  };
}
