import { useEffect, useState } from 'preact/hooks';
import type { PictureShown } from '../../core/conversation/conversation';
import type { PictureId } from '../../core/conversation/picture';
import { safeFileName } from '../../core/files/safe-file-name';
import { type Problem, problemOf } from '../../core/problem';
import { t } from '../../view/translate';
import { ProblemNotice } from '../shared/problem-notice';

interface PictureProps {
  readonly picture: PictureShown;
  readonly onRead: (pictureId: PictureId) => Promise<Blob>;
  readonly onSave: (name: string, picture: Blob) => void;
}

/** A picture of the conversation. What it was made of says, to those who hear the panel, what there is to see. */
export function Picture({ picture: { id, type, prompt }, onRead, onSave }: PictureProps) {
  const [blob, setBlob] = useState<Blob>();
  const [address, setAddress] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    let made: string | undefined;
    let isGone = false;
    onRead(id).then(
      (read) => {
        if (isGone) return;
        made = URL.createObjectURL(read);
        setBlob(read);
        setAddress(made);
      },
      (error: unknown) => setProblem(problemOf(error)),
    );
    return () => {
      isGone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [id, onRead]);
  if (problem) return <ProblemNotice problem={problem} />;
  if (!blob || !address) return null;
  return (
    <figure class="picture">
      <img src={address} alt={prompt} />
      <div class="actions">
        <button type="button" class="button" onClick={() => onSave(`${safeFileName(prompt)}.${type.slice('image/'.length)}`, blob)}>
          {t('save_picture')}
        </button>
      </div>
    </figure>
  );
}
