import { pixelsOf } from './picture.ts';
import { qrReader } from './qr.ts';

export type CameraTrouble = 'camera-denied' | 'camera-missing' | 'camera-busy';

const EVERY_MS = 120;
const LONGEST_SIDE = 720;

type Watching = { stop(): void };

/**
 * Shows the camera that looks away from the person in `video`, and calls `found` with the text of each QR code that is
 * seen, once until another one is. The picture goes nowhere.
 */
export function watch(
  video: HTMLVideoElement,
  found: (text: string) => void,
  trouble: (why: CameraTrouble) => void,
): Watching {
  const ended = new AbortController();
  const isOver = () => ended.signal.aborted;
  let stream: MediaStream | undefined;
  const stop = () => {
    ended.abort();
    for (const track of stream?.getTracks() ?? []) track.stop();
  };
  const run = async () => {
    // No camera without a secure origin, and none in some browsers inside other apps.
    if (!navigator.mediaDevices?.getUserMedia) return trouble('camera-missing');
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    if (isOver()) return stop();
    video.srcObject = stream;
    await video.play();
    const read = await qrReader();
    let last = '';
    while (!isOver()) {
      const { videoWidth: width, videoHeight: height } = video;
      const text = width > 0 ? await read(pixelsOf(video, width, height, LONGEST_SIDE)) : null;
      if (text && text !== last && !isOver()) found((last = text));
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  };
  run().catch((error: unknown) => {
    if (isOver()) return; // the screen was left while the camera was still starting
    stop();
    trouble(troubleOf(error));
  });
  return { stop };
}

function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'camera-denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'camera-missing';
  return 'camera-busy';
}
