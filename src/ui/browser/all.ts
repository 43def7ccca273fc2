/** Every element with the attribute, made visible: what needs a script is hidden until one runs. */
export function all(attribute: string, each: (element: HTMLElement) => void): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[${attribute}]`)) {
    element.hidden = false;
    each(element);
  }
}

/** Says something in the status beside the button: to screen readers, or to everybody where the eye has no other sign. */
export function say(beside: Element, words: string, aloud = false): void {
  const status = beside.parentElement?.querySelector('.said');
  if (!status) return;
  status.textContent = words;
  status.classList.toggle('aloud', aloud);
}
