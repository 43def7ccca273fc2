/**
 * What is stored is a {@link PepperedHash} of this text. NFKC once, so that the same password typed on another
 * keyboard or another system is the same (NIST SP 800-63B-4 §3.1.1.2); nothing is trimmed, cut or case-folded.
 */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC');
}
