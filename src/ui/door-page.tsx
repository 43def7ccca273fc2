import type { ComponentChildren } from 'preact';
import { Bar } from './bar.tsx';
import { PostLink } from './button.tsx';
import { Foot } from './foot.tsx';
import type { Frame } from './frame.ts';
import { Icon } from './icon.tsx';
import { Leaf } from './leaf.tsx';
import { Progress } from './progress.tsx';

type DoorPageProps = {
  frame: Frame;
  /** The `h1`. */
  heading: string;
  lead?: ComponentChildren;
  progress?: { step: number; of: number };
  /** Whose account this is about: "Signing in as", the name, the address. Stops a wizard in somebody else's account. */
  account?: { label: string; name: string; detail?: string };
  back?: { label: string; href: string } | { label: string; action: string; hidden?: Record<string, string> };
  /** Quiet links below. */
  aside?: ComponentChildren;
  /** How often the key was turned: the bolts on the door. 1 asks for a password or a step, 2 is done. */
  turns?: 1 | 2;
  children: ComponentChildren;
};

/** A page with one thing to do, at the door. */
export function DoorPage({ frame, heading, lead, progress, account, back, aside, turns = 1, children }: DoorPageProps) {
  return (
    <div class="door">
      <Bar frame={frame} />
      <Leaf turns={turns} />
      <main id="main" class="task" tabindex={-1}>
        {(back || progress) && (
          <div class="task-top">
            {back && <Back {...back} />}
            {progress && <Progress {...progress} />}
          </div>
        )}
        <h1>{heading}</h1>
        {account && (
          <p class="account">
            {account.label} <strong>{account.name}</strong>
            {account.detail && <span class="account-detail">{account.detail}</span>}
          </p>
        )}
        {lead && <div class="lead">{lead}</div>}
        {children}
        {(aside || frame.helpWith) && (
          <div class="aside">
            {aside}
            {frame.helpWith && <a href={frame.helpWith.href}>{frame.helpWith.label}</a>}
          </div>
        )}
      </main>
      <Foot frame={frame} />
    </div>
  );
}

function Back(back: NonNullable<DoorPageProps['back']>) {
  const inside = (
    <>
      <Icon name="back" />
      {back.label}
    </>
  );
  if ('href' in back)
    return (
      <a class="back" href={back.href}>
        {inside}
      </a>
    );
  return (
    <div class="back">
      <PostLink action={back.action} hidden={back.hidden}>
        {inside}
      </PostLink>
    </div>
  );
}
