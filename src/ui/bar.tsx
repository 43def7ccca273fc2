import type { Frame } from './frame.ts';
import { Mark } from './mark.tsx';
import { NameMenu } from './name-menu.tsx';
import { useTexts } from './texts.ts';

/** The top of every page: whose house it is, and who is in it. */
export function Bar({ frame }: { frame: Frame }) {
  const { site, person } = frame;
  return (
    <>
      <a class="skip" href="#main">
        {useTexts().skipToContent}
      </a>
      <header>
        <div class="bar">
          <a class="brand" href={site.home}>
            {site.logo ? <img src={site.logo} alt="" height={32} /> : <Mark />}
            <span>{site.name}</span>
          </a>
          {person && <NameMenu person={person} />}
        </div>
        {frame.banner}
      </header>
    </>
  );
}
