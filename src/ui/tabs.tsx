/** The rooms of one house, as links that stay in sight on a phone too. */
export function Tabs(props: { label: string; items: readonly { href: string; label: string; current: boolean }[] }) {
  return (
    <nav class="tabs" aria-label={props.label}>
      {props.items.map(({ href, label, current }) => (
        <a key={href} href={href} aria-current={current ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}
