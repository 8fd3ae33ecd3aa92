import type { CallAccount } from '../../core/models/call-account';
import type { Cost, ModelUse } from '../../core/models/model-prices';

/** A call to a model that is about to be made. */
export interface ExpectedCall extends CallAccount {
  readonly baseUrl: string;
  readonly model: string;
  /** Counted before it is known what it will take. */
  readonly expected: ModelUse;
}

export interface OpenCall {
  /** Says what the call took, once. @returns what that costs */
  settle(used: ModelUse): Promise<Cost>;
}

/** Every call to a model goes through it. */
export interface Meter {
  open(call: ExpectedCall): Promise<OpenCall>;
}
