import OpenAI from 'openai';
import { ProblemError } from '../core/problem';
import { fetchBounded } from './fetch-bounded';
import type { ModelServerClient } from './model-server-client';

/** Where a model server is and how to be let in. */
export interface ServerAddress {
  readonly baseUrl: string;
  /** Empty when the server wants none. */
  readonly apiKey: string;
}

/** How long a server may say nothing before it is given up. Local servers load a model first. */
export const defaultSilenceMs = 90_000;

/** Headers by which the package describes the machine it runs on. Nobody asked for that to be told. */
const unasked = ['lang', 'package-version', 'os', 'arch', 'runtime', 'runtime-version', 'retry-count', 'timeout'];

/**
 * A client that sends to the configured origin only, follows no redirect, and tries once: whether and when to try again is
 * decided where it can outlive the worker.
 * @throws ProblemError `model-address-invalid`
 */
export function openModelServer({ baseUrl, apiKey }: ServerAddress, silenceMs = defaultSilenceMs): ModelServerClient {
  const headers: Record<string, null> = {};
  for (const name of unasked) headers[`X-Stainless-${name}`] = null;
  if (!apiKey) headers.Authorization = null;
  return new OpenAI({
    baseURL: serverUrl(baseUrl),
    apiKey: apiKey || 'none',
    dangerouslyAllowBrowser: true,
    maxRetries: 0,
    timeout: silenceMs,
    // Its log would repeat what people ask and what they read.
    logLevel: 'off',
    defaultHeaders: headers,
    fetch: fetchBounded,
    fetchOptions: { redirect: 'error', credentials: 'omit' },
  });
}

/** The address without what would only confuse: white space, a trailing slash, a query. @throws ProblemError `model-address-invalid` */
export function serverUrl(baseUrl: string): string {
  let url: URL;
  try {
    url = new URL(baseUrl.trim());
  } catch (cause) {
    throw new ProblemError({ code: 'model-address-invalid', detail: baseUrl }, { cause });
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new ProblemError({ code: 'model-address-invalid', detail: baseUrl });
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
