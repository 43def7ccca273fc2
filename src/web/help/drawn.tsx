import type { ComponentChildren } from 'preact';
import { type Facts, fill } from '#src/help/fill.ts';
import { pictureOf } from '#src/help/library.ts';
import type { Block, Inline } from '#src/help/markdown.ts';
import { plain } from '#src/help/search.ts';
import { Notice } from '#ui/notice.tsx';
import { Steps } from '#ui/prose.tsx';
import type { Lang } from '#words/index.ts';

type DrawnProps = {
  blocks: readonly Block[];
  facts: Facts;
  lang: Lang;
  /** Where a link to another article leads: the same way of reading goes on. */
  onward(to: string): string;
};

/** An article as elements: what a writer wrote is text and nothing else, whatever it looks like. */
export function Drawn({ blocks, ...how }: DrawnProps) {
  return (
    <>
      {partsFor(blocks, how.facts).map((block, at) => (
        <One key={at} block={block} {...how} />
      ))}
    </>
  );
}

/** Without what is not true here, and without the parts about steps that this wizard has not got. */
export function partsFor(blocks: readonly Block[], facts: Facts): Block[] {
  let isHere = true;
  const parts: Block[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 2) isHere = hasStep(block.text, facts);
    if (!isHere) continue;
    if (block.kind !== 'when') parts.push(block);
    else if (facts.is[block.fact]) parts.push(...partsFor(block.blocks, facts));
  }
  return parts;
}

function hasStep(heading: readonly Inline[], facts: Facts): boolean {
  const [, step] = /^\{\{step ([\w-]+)\}\}$/.exec(plain(heading)) ?? [];
  return step === undefined || facts.step(step) !== null;
}

function One({ block, ...how }: Omit<DrawnProps, 'blocks'> & { block: Block }) {
  const { facts, lang } = how;
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? <h2>{text(block.text, how)}</h2> : <h3>{text(block.text, how)}</h3>;
    case 'text':
      return <p>{text(block.text, how)}</p>;
    case 'list': {
      const items = block.items.map((item) => text(item, how));
      if (block.ordered) return <Steps items={items} />;
      return (
        <ul>
          {items.map((item, at) => (
            <li key={at}>{item}</li>
          ))}
        </ul>
      );
    }
    case 'note':
      return (
        <Notice kind="info">
          <Drawn blocks={block.blocks} {...how} />
        </Notice>
      );
    case 'picture': {
      const picture = pictureOf(lang, block.name);
      if (!picture) return <p>{fill(block.alt, facts)}</p>;
      const { src, width, height } = picture;
      return (
        <p class="help-picture">
          <img src={src} alt={fill(block.alt, facts)} width={width} height={height} loading="lazy" />
        </p>
      );
    }
    case 'when':
      return <Drawn blocks={block.blocks} {...how} />;
  }
}

function text(parts: readonly Inline[], how: Pick<DrawnProps, 'facts' | 'onward'>): ComponentChildren {
  return parts.map((part, at) => {
    switch (part.kind) {
      case 'plain':
        return fill(part.text, how.facts);
      case 'bold':
        return <b key={at}>{text(part.text, how)}</b>;
      case 'slanted':
        return <i key={at}>{text(part.text, how)}</i>;
      case 'code':
        return (
          <code key={at} class="plain">
            {part.text}
          </code>
        );
      case 'link':
        return (
          <a key={at} href={how.onward(part.to)}>
            {text(part.text, how)}
          </a>
        );
    }
  });
}
