import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { meteredImageModel } from '../../../src/background/model-access/metered-image-model';
import type { ConversationId } from '../../../src/core/conversation/conversation';
import type { ModelUse } from '../../../src/core/models/model-prices';
import { openAiImageModel } from '../../../src/models/openai-image-model';

it.each([
  ['picture-elsewhere', { url: 'https://elsewhere.example/a.png' }],
  ['picture-unreadable', { b64_json: 'AAAA' }],
])('A picture that comes to %s is counted by what the server says was used, else as it was expected', async (code, image) => {
  const replies = [{ data: [image], usage: { input_tokens: 12, output_tokens: 272, total_tokens: 284 } }, { data: [image] }];
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(replies.shift()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const settled: ModelUse[] = [];
  const model = meteredImageModel(openAiImageModel({ baseUrl, apiKey: '' }, 'gpt-image-1'), baseUrl, {
    open: async () => ({
      async settle(used) {
        settled.push(used);
        return { kind: 'unknown' };
      },
    }),
  });
  const make = () => model.make({ prompt: 'A lamp', size: 'auto', quality: 'low' }, 'c' as ConversationId, new AbortController().signal);
  await expect(make()).rejects.toMatchObject({ problem: { code } });
  await expect(make()).rejects.toMatchObject({ problem: { code } });
  server.close();
  const kind = { quality: 'low', size: 'auto' };
  expect(settled).toEqual([
    { promptTokens: 12, completionTokens: 272, image: kind },
    { promptTokens: expect.any(Number), completionTokens: 0, image: kind },
  ]);
});
