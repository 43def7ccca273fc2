import { Notice } from '#ui/notice.tsx';
import type { Words } from '../words/index.ts';

/** Where there is no IndexedDB there is no app: an account that is gone tomorrow would be worse than none. */
export function CannotKeep({ words }: { words: Words }) {
  return (
    <main class="task">
      <h1>{words.name}</h1>
      <Notice kind="error" announce>
        <p>{words.cannotKeep}</p>
      </Notice>
    </main>
  );
}
