/** A request as a door before all pages sees it: what a reverse proxy of ours asks, at the hot path of the program. */
export type Knock = {
  method: string;
  /** Path and query as they came. */
  target: string;
  /** The address of the connection. */
  peer: string;
  /** By its name in lower case; null when it was not sent. */
  header(name: string): string | null;
};

export type DoorAnswer = {
  status: number;
  /** Names and values in turns, and `content-length` where there is no body: Node writes them as they are. */
  headers: string[];
  body?: string;
};

/** Answers what is addressed to it, without the framework that the pages need. */
export type Door = {
  /** Whether this address is this door's. */
  isFor(target: string): boolean;
  answer(knock: Knock): Promise<DoorAnswer>;
};

/** The same answer for whoever came by way of the pages. */
export function toResponse({ status, headers, body }: DoorAnswer): Response {
  const all = new Headers();
  for (let at = 0; at < headers.length; at += 2) all.append(headers[at] ?? '', headers[at + 1] ?? '');
  return new Response(body ?? null, { status, headers: all });
}

export function knockOf(request: Request, peer: string): Knock {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    target: pathname + search,
    peer,
    header: (name) => request.headers.get(name),
  };
}
