import { useEffect, useRef, useState } from 'preact/hooks';
import { FilePress } from '../parts/file-press.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { TroubleNotice } from '../parts/trouble.tsx';
import { type CameraTrouble, watch } from '../seeing/camera.ts';
import { useApp } from '../state/app.ts';
import { usePicture } from '../state/picture.ts';
import type { Trouble } from '../state/state.ts';

/** The camera. What is no account is said below it, and it goes on looking. */
export function ScanScreen() {
  const { model, words } = useApp();
  const video = useRef<HTMLVideoElement>(null);
  const [isOn, setOn] = useState(false);
  const [broken, setBroken] = useState<CameraTrouble | null>(null);
  const [seen, setSeen] = useState<Trouble | null>(null);
  const { looking, trouble, look } = usePicture();

  useEffect(() => {
    if (!video.current) return;
    const found = async (text: string) => setSeen(await model.take(text));
    const watching = watch(video.current, (text) => void found(text), setBroken);
    return watching.stop;
  }, []);

  return (
    <Page heading={words.scan} lead={broken ? undefined : <p>{words.scanLead}</p>} back>
      <div class="finder" hidden={broken !== null}>
        <video ref={video} muted playsInline aria-label={words.cameraPicture} onPlaying={() => setOn(true)} />
        {!isOn && <p>{words.cameraStarts}</p>}
      </div>
      <TroubleNotice trouble={trouble ?? seen ?? broken} />
      <div class="stack">
        <FilePress id="picture" accept="image/*" icon="picture" onFile={look}>
          {looking ? words.lookingAtPicture : words.choosePicture}
        </FilePress>
        <Press kind="quiet" icon="password" wide onPress={() => model.swap({ at: 'type' })}>
          {words.typeIt}
        </Press>
      </div>
    </Page>
  );
}
