/**
 * Carries a value that must never be printed. Logging it, turning it into JSON or into text gives `[secret]`;
 * the only way in is {@link Secret.reveal}, which a reader can search for. Made with a function, it is opened when it is
 * first revealed: most sealed values that are read are never looked at.
 */
export class Secret<T extends string | Uint8Array = string> {
  #value: T | (() => T);

  constructor(value: T | (() => T)) {
    this.#value = value;
  }

  /** @throws whatever opening it throws */
  reveal(): T {
    if (typeof this.#value === 'function') this.#value = this.#value();
    return this.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  // Node prints objects by this method; the symbol is global so that the core needs no import for it.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
