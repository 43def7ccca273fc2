import { FilePress } from '../parts/file-press.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { TroubleNotice } from '../parts/trouble.tsx';
import { useApp } from '../state/app.ts';
import { usePicture } from '../state/picture.ts';

/** Three ways in: the camera, a picture, the keyboard. */
export function AddScreen() {
  const { model, words } = useApp();
  const { looking, trouble, look } = usePicture();
  return (
    <Page heading={words.add} lead={<p>{words.addLead}</p>} back>
      <TroubleNotice trouble={trouble} />
      <div class="stack">
        <Press icon="camera" wide onPress={() => model.go({ at: 'scan' })}>
          {words.scan}
        </Press>
        <FilePress id="picture" accept="image/*" icon="picture" onFile={look}>
          {looking ? words.lookingAtPicture : words.choosePicture}
        </FilePress>
        <Press kind="quiet" icon="password" wide onPress={() => model.go({ at: 'type' })}>
          {words.typeIt}
        </Press>
      </div>
    </Page>
  );
}
