import { DoorPage } from '#ui/door-page.tsx';
import type { Page } from '../page.ts';

/** In the tab in which somebody proved once more that it is them. */
export const confirmedPage: Page<Record<string, never>> = {
  name: 'admin-confirmed',
  title: (_view, { t }) => t('admin.confirmed-heading'),
  body: ({ words: { t }, frame }) => (
    <DoorPage frame={frame} heading={t('admin.confirmed-heading')} lead={t('admin.confirmed-lead')} turns={2}>
      {null}
    </DoorPage>
  ),
  examples: { plain: {} },
  person: true,
};
