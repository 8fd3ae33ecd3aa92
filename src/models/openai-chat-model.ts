import type { OpenAI } from 'openai';
import { ProblemError } from '../core/problem';
import type { ChatModel, ChatPart, ChatRequest, TokenUsage } from './chat-model';
import { modelProblem } from './model-problem';
import { defaultSilenceMs, openModelServer, type ServerAddress } from './model-server';

/** A model behind the chat completions endpoint of an OpenAI-compatible server. */
export function openAiChatModel(address: ServerAddress, name: string, silenceMs = defaultSilenceMs): ChatModel {
  return {
    name,
    stream: (request, signal) => streamCompletion(address, name, request, signal, silenceMs),
  };
}

function tokensOf(usage: OpenAI.CompletionUsage): TokenUsage {
  const cachedTokens = usage.prompt_tokens_details?.cached_tokens;
  const reasoningTokens = usage.completion_tokens_details?.reasoning_tokens;
  return {
    promptTokens: usage.prompt_tokens,
    ...(cachedTokens ? { cachedTokens } : {}),
    completionTokens: usage.completion_tokens,
    ...(reasoningTokens ? { reasoningTokens } : {}),
  };
}

async function* streamCompletion(
  address: ServerAddress,
  name: string,
  request: ChatRequest,
  signal: AbortSignal,
  silenceMs: number,
): AsyncGenerator<ChatPart> {
  const patience = new AbortController();
  let timer = setTimeout(() => patience.abort(), silenceMs);
  const stillThere = () => {
    clearTimeout(timer);
    timer = setTimeout(() => patience.abort(), silenceMs);
  };
  let finished = false;
  let answered = false;
  try {
    const stream = await openModelServer(address, silenceMs).chat.completions.create(
      { model: name, messages: [...request.messages], stream: true, stream_options: { include_usage: true } },
      { signal: AbortSignal.any([signal, patience.signal]) },
    );
    for await (const chunk of stream) {
      stillThere();
      answered ||= Array.isArray(chunk.choices);
      const choice = chunk.choices?.[0];
      if (choice?.delta?.content) yield { type: 'text-delta', text: choice.delta.content };
      if (choice?.finish_reason) finished = true;
      if (chunk.usage) {
        yield { type: 'usage', ...tokensOf(chunk.usage) };
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    if (patience.signal.aborted) throw new ProblemError({ code: 'model-silent' });
    throw modelProblem(error, address.apiKey);
  } finally {
    clearTimeout(timer);
  }
  // Aborting ends the loop without an error, and so does a connection that is closed early.
  if (signal.aborted) return;
  if (patience.signal.aborted) throw new ProblemError({ code: 'model-silent' });
  if (!answered) throw new ProblemError({ code: 'model-malformed' });
  if (!finished) throw new ProblemError({ code: 'model-dropped' });
}
