/** A file that was chosen, or lies in a folder or an archive that was. */
export interface ImportFile {
  /** With the folders it lies in, with `/` between them. */
  readonly path: string;
  readonly bytes: Uint8Array;
}
