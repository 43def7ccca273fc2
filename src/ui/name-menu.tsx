import { PostLink } from './button.tsx';
import type { Person } from './frame.ts';
import { Icon } from './icon.tsx';
import { useTexts } from './texts.ts';

/**
 * A button with the person's name that opens a short list. The browser's own `popover` does what scripts used to:
 * opening, Escape, a click outside, `aria-expanded`. Browsers that do not know it show the list as it is.
 */
export function NameMenu({ person }: { person: Person }) {
  const { myAccount, signOut } = useTexts();
  return (
    <div class="who">
      <button type="button" class="who-button" popovertarget="who-menu">
        <span class="who-name">{person.name}</span>
        <Icon name="chevron" />
      </button>
      <div class="who-menu" id="who-menu" popover="auto">
        {person.detail && <p class="who-detail">{person.detail}</p>}
        {person.account && <a href={person.account}>{myAccount}</a>}
        {person.places?.map(({ href, label }) => (
          <a key={href} href={href}>
            {label}
          </a>
        ))}
        <PostLink action={person.signOut}>{signOut}</PostLink>
      </div>
    </div>
  );
}
