import { type OwnLink, whereTo } from '#src/help/own-link.ts';
import { List, Row } from '#ui/list.tsx';

/** Links of an organisation, each with where it leads to below its title. */
export function LinkList({ label, links }: { label: string; links: readonly OwnLink[] }) {
  return (
    <List label={label}>
      {links.map((link, at) => (
        <Row
          key={at}
          title={
            <a href={link.address} rel="noreferrer">
              {link.title}
            </a>
          }
          detail={whereTo(link)}
        />
      ))}
    </List>
  );
}
