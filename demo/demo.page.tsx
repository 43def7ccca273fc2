import { ButtonLink } from '#ui/button.tsx';
import { Prose } from '#ui/prose.tsx';
import { Section } from '#ui/section.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import type { Page } from '#web/page.ts';
import { type ClockView, Clock } from './parts/clock.tsx';
import { Finder, type FinderView } from './parts/finder.tsx';
import { Mailbox, type MailboxView } from './parts/mailbox.tsx';
import { PersonCard, type PersonView } from './parts/person.tsx';
import { demoWords } from './words/index.ts';

export type DemoView = {
  people: number;
  /** Where the payroll portal is. */
  payroll: string | null;
  /** Empty while somebody is looked for. */
  first: readonly PersonView[];
  finder: FinderView;
  chapters: readonly { heading: string; people: readonly PersonView[] }[];
  clock: ClockView;
  mailbox: MailboxView;
};

/** Whom one can be, what time it is, and what was sent. */
export const demoPage: Page<DemoView> = {
  name: 'demo',
  title: (_view, { lang }) => demoWords(lang).title,
  hasError: ({ clock }) => clock.error !== null,
  body: ({ view, words: { lang }, frame }) => {
    const say = demoWords(lang);
    const sections = [
      ...(view.first.length > 0 ? [{ id: 'first', label: say.first }] : []),
      ...(view.payroll ? [{ id: 'payroll', label: say.payroll }] : []),
      { id: 'clock', label: say.clock },
      { id: 'messages', label: say.messages },
      { id: 'people', label: say.everybody },
      { id: 'scripts', label: say.forScripts },
    ];
    return (
      <>
        <link rel="stylesheet" href="/demo/demo.css" />
        <WidePage
          frame={frame}
          heading={say.heading}
          lead={<p>{say.lead(view.people)}</p>}
          nav={{ label: say.nav, items: sections }}
        >
          {view.first.length > 0 && (
            <Section id="first" heading={say.first} intro={<p>{say.firstIntro}</p>}>
              {view.first.map((person) => (
                <PersonCard key={person.id} person={person} say={say} place="first" />
              ))}
            </Section>
          )}
          {view.payroll && (
            <Section
              id="payroll"
              heading={say.payroll}
              intro={<p>{say.payrollIntro}</p>}
              action={
                <ButtonLink kind="quiet" href={view.payroll}>
                  {say.payrollOpen}
                </ButtonLink>
              }
            />
          )}
          <Clock view={view.clock} say={say} />
          <Mailbox view={view.mailbox} say={say} />
          <Section id="people" heading={say.everybody} intro={<p>{say.everybodyIntro}</p>}>
            <Finder view={view.finder} say={say} />
            {view.chapters.map(({ heading, people }) => (
              <div class="chapter" key={heading}>
                <h3>{heading}</h3>
                {people.map((person) => (
                  <PersonCard key={person.id} person={person} say={say} place="all" />
                ))}
              </div>
            ))}
          </Section>
          <Section
            id="scripts"
            heading={say.forScripts}
            intro={<p>{say.forScriptsIntro}</p>}
            action={
              <ButtonLink kind="quiet" href="/demo/people.json">
                people.json
              </ButtonLink>
            }
          >
            <Prose>
              <ul class="commands">
                <li>GET /demo/people.json</li>
                <li>GET /demo/messages.json?to=grace.okafor@quillwharf.example</li>
                <li>GET /demo/clock</li>
                <li>{`POST /demo/clock {"advance":"P3D"}`}</li>
                <li>{`POST /demo/clock {"at":"2027-01-01T09:00:00+01:00"}`}</li>
              </ul>
            </Prose>
          </Section>
        </WidePage>
      </>
    );
  },
  examples: {},
};
