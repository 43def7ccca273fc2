import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '#ui/icon.tsx';

type FilePressProps = {
  id: string;
  accept: string;
  icon: IconName;
  onFile: (file: File) => unknown;
  children: ComponentChildren;
};

/** Chooses a file; looks like a button, and is the browser's own field beneath. */
export function FilePress({ id, accept, icon, onFile, children }: FilePressProps) {
  return (
    <div class="file-press">
      <input
        id={id}
        type="file"
        class="unseen"
        accept={accept}
        onChange={(event) => {
          const input = event.currentTarget;
          const [file] = input.files ?? [];
          if (file) void onFile(file);
          input.value = ''; // the same file may be chosen again
        }}
      />
      <label class="button quiet full" for={id}>
        <Icon name={icon} />
        {children}
      </label>
    </div>
  );
}
