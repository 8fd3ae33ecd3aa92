import type { Cost } from '../core/models/model-prices';
import type { JudgementId, JudgementPlan, JudgementRun, Vote } from '../core/tuning/judging/judgement';
import type { OutlinedPair, ShownPair } from '../core/tuning/judging/shown-pair';

/** What a comparison would come to, before anything is asked. */
export interface JudgementEstimate {
  /** That would be asked: fewer than were wished for where there are no more. */
  readonly questions: number;
  /** So many examples more were drawn, and are left out, because one of the two was trained on them. */
  readonly learned: number;
  /** One of the two was tuned, and on what is not known here: some of the questions may be among it. */
  readonly isTrainingUnknown: boolean;
  /** Of each side, in the order of the plan. */
  readonly costs: readonly [Cost, Cost];
  /** Present when the month's cap would not let all of it be. */
  readonly cap?: { readonly usd: number; readonly leftUsd: number };
}

/** A comparison as the panel may see it: which answer is whose comes with its pairs once it is revealed. */
export interface ShownJudgement {
  readonly run: JudgementRun;
  readonly pairs: readonly OutlinedPair[];
}

/** What may be asked of the worker about judging models. */
export interface JudgementRequests {
  /** Asks no server for anything. */
  'judgements/estimate': { data: { plan: JudgementPlan }; reply: JudgementEstimate };
  /** Draws and stores what is to be asked, and begins to ask it. */
  'judgements/start': { data: { plan: JudgementPlan }; reply: { readonly id: JudgementId } };
  /** The newest first. */
  'judgements/list': { data: null; reply: readonly JudgementRun[] };
  'judgements/read': { data: { id: JudgementId }; reply: ShownJudgement };
  'judgements/pair': { data: { id: JudgementId; number: number }; reply: ShownPair };
  /** @param vote absent: none */
  'judgements/vote': { data: { id: JudgementId; number: number; vote?: Vote }; reply: null };
  'judgements/stop': { data: { id: JudgementId }; reply: null };
  /** Asks what has no answers yet. */
  'judgements/go-on': { data: { id: JudgementId }; reply: null };
  /** From here on it is known which answer is whose, and votes stand. */
  'judgements/reveal': { data: { id: JudgementId }; reply: null };
  'judgements/delete': { data: { id: JudgementId }; reply: null };
}
