/** Every element with the attribute, made visible: what needs a script is hidden until one runs. */
export function all<E extends HTMLElement>(attribute: string, each: (element: E) => void): void {
  for (const element of document.querySelectorAll<E>(`[${attribute}]`)) {
    element.hidden = false;
    each(element);
  }
}

/** Says something to a screen reader, in the status beside the button. */
export function say(beside: Element, words: string): void {
  const status = beside.parentElement?.querySelector('.said');
  if (status) status.textContent = words;
}
