import { useState } from 'preact/hooks';
import { readPicture } from '../seeing/picture.ts';
import { useApp } from './app.ts';
import type { Trouble } from './state.ts';

/** Looks for a QR code in a picture that was chosen, and takes what it says. */
export function usePicture() {
  const { model } = useApp();
  const [looking, setLooking] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const look = async (file: Blob) => {
    setTrouble(null);
    setLooking(true);
    const seen = await readPicture(file);
    setLooking(false);
    setTrouble('failed' in seen ? seen.failed : await model.take(seen.text));
  };
  return { looking, trouble, look };
}
