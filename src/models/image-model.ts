import type { PictureType } from '../core/conversation/picture';
import type { TokensUsed } from '../core/models/model-prices';

export interface ImageRequest {
  readonly prompt: string;
  /** As in `PictureChoices`. */
  readonly size: string;
  readonly quality: string;
}

export interface MadeImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: PictureType;
  /** Absent when the server does not say. */
  readonly used?: TokensUsed;
}

export interface ImageModel {
  readonly name: string;
  /**
   * @param onUsed is told what the server says was used, also when what it made cannot be had
   * @throws ProblemError any `model-…`; `picture-elsewhere`, `picture-unreadable`
   */
  make(request: ImageRequest, signal: AbortSignal, onUsed?: (used: TokensUsed) => void): Promise<MadeImage>;
}
