/** All that is wrong with a long form, each a link to its field. Takes the focus where scripts run. */
export function ErrorSummary(props: { heading: string; errors: readonly { field: string; sentence: string }[] }) {
  if (props.errors.length === 0) return null;
  return (
    <div class="notice error-summary" role="alert" tabindex={-1} data-focus aria-labelledby="errors-heading">
      <h2 id="errors-heading">{props.heading}</h2>
      <ul>
        {props.errors.map(({ field, sentence }) => (
          <li key={field}>
            <a href={`#${field}`}>{sentence}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
