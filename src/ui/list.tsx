import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

/** Things of one kind, one `Row` each. */
export function List({ label, children }: { label?: string; children: ComponentChildren }) {
  return (
    <ul class="list" aria-label={label}>
      {children}
    </ul>
  );
}

type RowProps = {
  title: ComponentChildren;
  detail?: ComponentChildren;
  /** The quiet end of the row: when, where. */
  meta?: ComponentChildren;
  /** A word beside the title: "This device". */
  badge?: string;
  icon?: IconName;
  /** Instead of an icon: the thing's own. */
  picture?: ComponentChildren;
  /** Buttons for this one thing; their names must say which ("Remove Grace’s phone"), see `unseen`. */
  actions?: ComponentChildren;
};

export function Row({ title, detail, meta, badge, icon, picture, actions }: RowProps) {
  return (
    <li class="row">
      {icon && <Icon name={icon} />}
      {picture}
      <div class="row-body">
        <div class="row-text">
          <p class="row-title">
            {title}
            {badge && (
              <>
                {' '}
                <span class="badge">{badge}</span>
              </>
            )}
          </p>
          {detail && <p class="row-detail">{detail}</p>}
          {meta && <p class="row-meta">{meta}</p>}
        </div>
        {actions && <div class="row-actions">{actions}</div>}
      </div>
    </li>
  );
}

/** Words for a screen reader only, to finish a name that the eye finishes from its place. */
export function Unseen({ children }: { children: ComponentChildren }) {
  return <span class="unseen">{children}</span>;
}
