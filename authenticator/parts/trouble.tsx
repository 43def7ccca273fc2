import { Notice } from '#ui/notice.tsx';
import { useApp } from '../state/app.ts';
import type { Trouble } from '../state/state.ts';

/** Why something could not be used, and what to do instead. */
export function TroubleNotice({ trouble }: { trouble: Trouble | null }) {
  const { words } = useApp();
  if (!trouble) return null;
  return (
    <Notice kind="error" announce>
      <p>{words.unreadable[trouble]}</p>
    </Notice>
  );
}
