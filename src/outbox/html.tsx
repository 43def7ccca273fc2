import { renderToString } from 'preact-render-to-string';
import type { Block, Content } from './content.ts';

/**
 * The HTML part. Styles are inline because mail programs drop sheets; only the dark colours need one, and whoever drops
 * it gets the light ones. No pictures and nothing that is fetched: a mail about security must not report its reader.
 */
export function htmlOf(content: Content, about: { lang: string; organisation: string; linkInstead: string }): string {
  return `<!doctype html>\n${renderToString(<Document content={content} {...about} />)}`;
}

type About = { content: Content; lang: string; organisation: string; linkInstead: string };

function Document({ content, lang, organisation, linkInstead }: About) {
  return (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{content.subject}</title>
        <style>{DARK}</style>
      </head>
      <body class="page" style={PAGE}>
        <div class="door" style={DOOR}>
          <p class="brass" style={ORGANISATION}>
            {organisation}
          </p>
          <h1 class="ink" style={HEADING}>
            {content.subject}
          </h1>
          {content.blocks.map((block) => (
            <Part block={block} linkInstead={linkInstead} />
          ))}
        </div>
        <div class="quiet" style={FOOTER}>
          {content.footer.map((line) => (
            <p style="margin:0 0 6px">{line}</p>
          ))}
        </div>
      </body>
    </html>
  );
}

function Part({ block, linkInstead }: { block: Block; linkInstead: string }) {
  switch (block.block) {
    case 'paragraph':
      return <p style={PARAGRAPH}>{block.text}</p>;
    case 'facts':
      return (
        <div class="facts" style={FACTS}>
          {block.title && <p style="margin:0 0 6px;font-weight:bold">{block.title}</p>}
          {block.facts.map(([term, detail]) => (
            <p style="margin:0 0 2px">
              <span class="quiet" style="color:#545b66">
                {term}:{' '}
              </span>
              {detail}
            </p>
          ))}
        </div>
      );
    case 'code':
      return (
        <p class="facts" style={CODE}>
          {block.code}
        </p>
      );
    case 'button':
      return (
        <>
          <p style="margin:24px 0 12px">
            <a class="button" href={block.href} style={BUTTON}>
              {block.label}
            </a>
          </p>
          <p class="quiet" style={INSTEAD}>
            {linkInstead}
            <br />
            <span style="word-break:break-all">{block.href}</span>
          </p>
        </>
      );
  }
}

// The colours of `ui/styles/tokens.css`: paper, sheet, ink, soft, night and light, and their counterparts in the dark.
const FACE = "font-family:'Atkinson Hyperlegible',system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const PAGE = `margin:0;padding:24px 12px;background:#f6f1e7;color:#17202e;${FACE};font-size:16px;line-height:1.5`;
const DOOR =
  'max-width:520px;margin:0 auto;padding:28px;background:#fffdf8;border-top:4px solid #f0a93b;border-radius:4px';
const ORGANISATION = 'margin:0 0 4px;color:#744600;font-size:14px;font-weight:bold';
const HEADING = 'margin:0 0 20px;font-size:22px;line-height:1.3;color:#14233b';
const PARAGRAPH = 'margin:0 0 16px';
const FACTS = 'margin:0 0 16px;padding:12px 16px;background:#ece7da;border-radius:4px';
const CODE = `${FACTS};font-size:30px;letter-spacing:6px;font-weight:bold;text-align:center`;
const BUTTON =
  'display:inline-block;padding:12px 22px;background:#14233b;color:#fdf8ee;text-decoration:none;font-weight:bold;border-radius:4px';
const INSTEAD = 'margin:0 0 20px;font-size:13px;color:#545b66';
const FOOTER = 'max-width:520px;margin:16px auto 0;padding:0 28px;font-size:13px;color:#545b66';

const DARK = `@media (prefers-color-scheme: dark) {
.page { background: #0c1420 !important; color: #efe7d8 !important }
.door { background: #131e2f !important }
.ink { color: #f4ecdd !important }
.brass { color: #f0a93b !important }
.facts { background: #20365a !important }
.quiet { color: #aab2bf !important }
.button { background: #2c4b7c !important; color: #fff8ea !important }
}`;
