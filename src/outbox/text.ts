import type { Block, Content } from './content.ts';

/** The text part: everything the HTML says, for whoever reads or hears mail as text. */
export function textOf({ blocks, footer }: Content): string {
  return `${blocks.map(written).join('\n\n')}\n\n-- \n${footer.join('\n')}\n`;
}

function written(block: Block): string {
  switch (block.block) {
    case 'paragraph':
      return block.text;
    case 'facts': {
      const lines = block.facts.map(([term, detail]) => `  ${term}: ${detail}`);
      return [...(block.title ? [block.title] : []), ...lines].join('\n');
    }
    case 'code':
      return `    ${block.code}`;
    case 'button':
      return `${block.label}:\n${block.href}`;
  }
}
