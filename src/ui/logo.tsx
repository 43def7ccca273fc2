/** The picture of an application, or the first letter of its name. Its name stands beside it, so it says nothing. */
export function Logo({ name, src }: { name: string; src: string | null }) {
  if (src) return <img class="logo" src={src} alt="" width={48} height={48} />;
  return (
    <span class="logo" aria-hidden="true">
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  );
}
