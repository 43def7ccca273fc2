/** What a locked screen may show: that somebody asks, and nothing of who, where or for what. */
export const NOTIFICATION = {
  en: { title: 'Is this you signing in?', body: 'Open the app to answer. Nobody gets in without your answer.' },
  nl: {
    title: 'Ben jij dit die inlogt?',
    body: 'Open de app om te antwoorden. Zonder je antwoord komt niemand binnen.',
  },
} as const;

export function notificationIn(...wishes: (string | undefined)[]) {
  const [lang = 'en'] = wishes.flatMap((one) => (one === 'en' || one === 'nl' ? [one] : []));
  return { lang, ...NOTIFICATION[lang] };
}
