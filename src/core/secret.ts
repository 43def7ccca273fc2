/**
 * Carries a value that must never be printed. Logging it, turning it into JSON or into text gives `[secret]`;
 * the only way in is {@link Secret.reveal}, which a reader can search for.
 */
export class Secret<T extends string | Uint8Array = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
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
