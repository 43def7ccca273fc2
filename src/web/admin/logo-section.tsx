import type { Application } from '#store/rows.ts';
import { Button, PostLink } from '#ui/button.tsx';
import { FieldError } from '#ui/field.tsx';
import { Logo } from '#ui/logo.tsx';
import { Section } from '#ui/section.tsx';
import type { Words } from '#words/index.ts';

/** The picture of an application; sent as a plain form does it. */
export function LogoSection(props: { application: Application; error: string | null; words: Words }) {
  const { application, error, words } = props;
  const { t } = words;
  const page = `/admin/applications/${application.id}`;
  return (
    <Section
      id="logo"
      heading={t('admin.logo')}
      intro={<p id="logo-about">{t('admin.logo-intro')}</p>}
      action={
        application.hasLogo && (
          <PostLink action={`${page}/logo/remove`} kind="quiet">
            {t('admin.logo-remove')}
          </PostLink>
        )
      }
    >
      <form method="post" action={`${page}/logo`} enctype="multipart/form-data" class="search" data-once>
        <Logo name={application.name} src={application.hasLogo ? `/applications/${application.id}/logo` : null} />
        <div class={error ? 'field bad' : 'field'}>
          <label for="picture">{t('admin.logo-file')}</label>
          <FieldError id="picture" error={error} />
          <input
            type="file"
            id="picture"
            name="picture"
            class="input"
            accept="image/png,image/jpeg,image/webp"
            aria-invalid={error ? 'true' : undefined}
            aria-describedby={error ? 'picture-error' : 'logo-about'}
          />
        </div>
        <Button kind="quiet">{t('admin.logo-save')}</Button>
      </form>
    </Section>
  );
}
