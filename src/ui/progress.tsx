import { useTexts } from './texts.ts';

/** "Step 2 of 5", and the bolt that is that far out. Words for everybody; the drawing is only for the eye. */
export function Progress({ step, of }: { step: number; of: number }) {
  return (
    <div class="progress">
      <p>{useTexts().stepOf(step, of)}</p>
      <span class="throw" aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          <i key={index} class={index + 1 < step ? 'out' : index + 1 === step ? 'out now' : ''} />
        ))}
      </span>
    </div>
  );
}
