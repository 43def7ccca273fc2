import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '#ui/icon.tsx';

type PressProps = {
  kind?: 'primary' | 'quiet' | 'danger';
  icon?: IconName;
  wide?: boolean;
  /** Submits the form it stands in, instead of acting by itself. */
  submits?: boolean;
  onPress?: () => unknown;
  children: ComponentChildren;
};

/** A button. Never disabled: pressed too early, it says what is missing. */
export function Press({ kind = 'primary', icon, wide, submits, onPress, children }: PressProps) {
  return (
    <button
      type={submits ? 'submit' : 'button'}
      class={`button ${kind}${wide ? ' full' : ''}`}
      onClick={onPress && (() => void onPress())}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** An icon alone, in the bar and on cards; the words are its name. */
export function IconPress({ icon, name, onPress }: { icon: IconName; name: string; onPress: () => void }) {
  return (
    <button type="button" class="icon-press" aria-label={name} title={name} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
