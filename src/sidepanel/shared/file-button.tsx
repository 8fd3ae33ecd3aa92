import type { IconNode } from 'lucide';
import { useRef } from 'preact/hooks';
import { Icon } from '../../view/icon';

interface FileButtonProps {
  readonly label: string;
  readonly icon?: IconNode;
  /** What the browser's own dialogue offers first; everything if left out. */
  readonly accept?: string;
  readonly takes: 'file' | 'files' | 'folder';
  readonly onChoose: (files: readonly File[]) => void;
}

/** A button that opens the browser's own dialogue for files. */
export function FileButton({ label, icon, accept, takes, onChoose }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="button" onClick={() => input.current?.click()}>
        {icon && <Icon node={icon} />}
        {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={takes === 'files'}
        {...(accept === undefined ? {} : { accept })}
        {...(takes === 'folder' ? { webkitdirectory: true } : {})}
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // Choosing the same again is a choice too.
          event.currentTarget.value = '';
          if (files.length > 0) onChoose(files);
        }}
      />
    </>
  );
}
