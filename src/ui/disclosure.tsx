import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

type DisclosureProps = {
  summary: string;
  open?: boolean;
  id?: string;
  children: ComponentChildren;
};

/** Something that most people need not read. The browser's own, so it works without scripts and is found by Ctrl+F. */
export function Disclosure({ summary, open, id, children }: DisclosureProps) {
  return (
    <details class="disclosure" open={open} id={id}>
      <summary>
        <Icon name="chevron" />
        {summary}
      </summary>
      <div class="disclosed">{children}</div>
    </details>
  );
}
