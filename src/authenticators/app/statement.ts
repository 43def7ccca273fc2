// What a phone signs, as both sides write it: the app in the browser and the server import this file.

/** That it holds the key, for this one pairing code. */
export function pairingStatement(code: string, publicKey: string): string {
  return ['nachtslot pairing 1', code, publicKey].join('\n');
}

export type Answer = {
  account: string;
  attempt: string;
  request: string;
  /** As it was typed; empty where it was denied. */
  number: string;
  decision: 'approve' | 'deny';
};

/** One answer to one request: for another account, attempt, request or number it is worth nothing. */
export function answerStatement({ account, attempt, request, number, decision }: Answer): string {
  return ['nachtslot approval 1', account, attempt, request, number, decision].join('\n');
}

/** Where it wants its notifications; with an empty address: nowhere. */
export function pushStatement(push: { device: string; endpoint: string; p256dh: string; auth: string }): string {
  return ['nachtslot push 1', push.device, push.endpoint, push.p256dh, push.auth].join('\n');
}

/** That it shows the notification of this request. */
export function arrivalStatement(device: string, request: string): string {
  return ['nachtslot notification 1', device, request].join('\n');
}
