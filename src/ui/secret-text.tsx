import { useTexts } from './texts.ts';

type SecretTextProps = {
  id: string;
  label: string;
  value: string;
  /** Characters per group; 0 shows the value as it is. */
  group?: number;
  separator?: 'space' | 'dash';
  copy?: boolean;
  /** What the copy button takes, where it is not the value without its groups. */
  copyValue?: string;
  /** Covered until *Show* is pressed, where scripts run. */
  masked?: boolean;
};

/** A labelled value that people type elsewhere: groups of four, one tap selects all of it. */
export function SecretText(props: SecretTextProps) {
  const { id, label, value, group = 4, separator = 'space', copy = true, copyValue = value, masked } = props;
  const { show, hide } = useTexts();
  return (
    <div class="secret">
      <span class="secret-label" id={`${id}-label`}>
        {label}
      </span>
      <div class="secret-line">
        <div
          class="secret-value"
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no tag groups one value under a name
          role="group"
          id={id}
          aria-labelledby={`${id}-label`}
        >
          <code class={group > 0 ? 'lines notranslate' : 'plain notranslate'} data-masked={masked ? '' : undefined}>
            {group > 0 ? lines(value, group, separator === 'dash' ? '-' : ' ') : value}
          </code>
        </div>
        {masked && (
          <button
            type="button"
            class="button quiet small"
            hidden
            data-reveal={id}
            data-hide={hide}
            aria-describedby={`${id}-label`}
          >
            {show}
          </button>
        )}
        {copy && <CopyButton value={copyValue} describedBy={`${id}-label`} small />}
      </div>
    </div>
  );
}

/** Appears only where scripts run. The result is said in the button and, for screen readers, beside it. */
export function CopyButton(props: { value: string; describedBy: string; small?: boolean }) {
  const { copy, copied, copyFailed } = useTexts();
  return (
    <>
      <button
        type="button"
        class={`button quiet${props.small ? ' small' : ''}`}
        hidden
        data-copy={props.value}
        data-copied={copied}
        data-failed={copyFailed}
        aria-describedby={props.describedBy}
      >
        {copy}
      </button>
      <output class="said" />
    </>
  );
}

const GROUPS_PER_LINE = 4;

/** Groups that break into lines of four where they must break: "which group was I at" has an answer. */
function lines(value: string, size: number, separator: string) {
  const groups = value.match(new RegExp(`.{1,${size}}`, 'gu')) ?? [];
  return groups.map((_, index) => {
    if (index % GROUPS_PER_LINE > 0) return null;
    const isLast = index + GROUPS_PER_LINE >= groups.length;
    const line = groups.slice(index, index + GROUPS_PER_LINE).join(separator);
    return [
      <span key={index}>{separator === '-' && !isLast ? `${line}-` : line}</span>,
      isLast || separator === '-' ? '' : ' ',
    ];
  });
}
