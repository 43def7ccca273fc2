import { Unseen } from '#ui/list.tsx';

/** "Remove" to the eye, which sees the row it stands in; "Remove Work phone" to the ear, which does not. */
export function Named({ short, whole }: { short: string; whole: string }) {
  return (
    <>
      <span aria-hidden="true">{short}</span>
      <Unseen>{whole}</Unseen>
    </>
  );
}
