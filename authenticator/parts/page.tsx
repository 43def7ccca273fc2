import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '#ui/icon.tsx';
import { Leaf } from '#ui/leaf.tsx';
import { Mark } from '#ui/mark.tsx';
import { useApp } from '../state/app.ts';

type PageProps = {
  heading: string;
  /** The first screen and the lock have nowhere to go back to. */
  back?: boolean;
  lead?: ComponentChildren;
  /** At the right of the bar. */
  tools?: ComponentChildren;
  children: ComponentChildren;
};

/** Every screen: the bar, the door on wide windows, one heading. A new screen is read from its heading on. */
export function Page({ heading, back, lead, tools, children }: PageProps) {
  const { state, model, words } = useApp();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${heading} · ${words.name}`;
  }, [heading]);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <div class="door app">
      <header class="bar">
        <span class="brand">
          <Mark />
          <span>{words.name}</span>
        </span>
        {tools && <div class="app-tools">{tools}</div>}
      </header>
      <Leaf turns={state.lock ? 2 : 1} />
      <main class="task" id="main">
        {back && (
          <div class="task-top">
            <button type="button" class="link back" onClick={model.back}>
              <Icon name="back" />
              {words.back}
            </button>
          </div>
        )}
        <h1 ref={title} tabIndex={-1}>
          {heading}
        </h1>
        {lead && <div class="lead">{lead}</div>}
        {children}
      </main>
      <output class={`toast ${state.said?.kind ?? ''}`} aria-live="polite">
        {state.said?.text}
      </output>
    </div>
  );
}
