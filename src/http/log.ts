/** What the program says to its operator: fields of an allow-list and a sentence, never a secret. A pino logger fits. */
export type Log = {
  info(fields: Record<string, unknown>, sentence: string): void;
  warn(fields: Record<string, unknown>, sentence: string): void;
  error(fields: Record<string, unknown>, sentence: string): void;
};
