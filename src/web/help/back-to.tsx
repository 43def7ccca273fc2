import { Icon } from '#ui/icon.tsx';

export function BackTo({ href, label }: { href: string; label: string }) {
  return (
    <a class="back" href={href}>
      <Icon name="back" />
      {label}
    </a>
  );
}
